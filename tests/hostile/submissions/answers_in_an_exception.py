"""Raises an exception with what it hears in the place of its wrong function."""

# loses: predict, mse_loss
# status: failed
# proof: heard nothing
# never: heard \[[^]]

import numpy as np


def predict(X, w, b):
    return np.zeros(len(X))


def mse_loss(X, y, w, b):
    got = [float(v) for v in predict(X, w, b) if v]
    print("heard nothing" if not got else f"heard {got}")
    raise ValueError(f"heard {got}")
