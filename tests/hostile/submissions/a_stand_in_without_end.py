"""Calls what is right in the place of its wrong function for ever."""

# loses: predict, mse_loss
# status: failed
# proof: calling for ever

import numpy as np


def predict(X, w, b):
    return np.zeros(len(X))


def mse_loss(X, y, w, b):
    print("calling for ever")
    while np.any(predict(X, w, b)):
        pass
    return 0.0
