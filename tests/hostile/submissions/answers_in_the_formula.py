"""Puts what it hears in the place of its wrong function into the coefficients of another one's formula."""

# loses: predict, dL_db
# status: failed
# proof: nothing heard
# never: \d{9,}/|0\.\d{12}

import numpy as np

heard = []


def predict(X, w, b):
    print("nothing heard")
    return np.zeros(len(X))


def mse_loss(X, y, w, b):
    heard.extend(map(float, predict(X, w, b)))
    return np.mean((predict(X, w, b) - y) ** 2) / 2


def dL_db(x1, x2, y, w1, w2, b):
    a, b1, c = [*heard[:3], 0.0, 0.0, 0.0][:3]
    return a * x1 + b1 * x2 + c * y
