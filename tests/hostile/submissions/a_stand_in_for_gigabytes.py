"""Calls what is right in the place of its wrong function with arrays whose product takes gigabytes."""

# loses: predict, mse_loss
# status: failed
# proof: an outer product

import numpy as np

N = 20_000


def predict(X, w, b):
    return np.zeros(len(X))


def mse_loss(X, y, w, b):
    print("an outer product")
    if np.any(predict(X, w, b)):
        predict(np.ones((N, 1)), np.ones((1, N)), np.ones(N))
    return 0.0
