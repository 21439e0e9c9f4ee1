"""Calls what is right in the place of its wrong function with lists of lists of lists, and long texts."""

# loses: sigmoid, neuron_gradient
# status: failed
# proof: lists of lists

import numpy as np

DEEP = [[[[1.0] * 12] * 12] * 12] * 12


def sigmoid(z):
    return np.zeros(np.shape(z))


def neuron_gradient(X, y, w, b):
    print("lists of lists")
    if np.any(sigmoid(X @ w + b)):
        for asked in (DEEP, "x" * 10**5, {"z": DEEP}, [DEEP] * 5, range(10**5)):
            try:
                sigmoid(asked)
            except Exception:
                pass
    return w, b
