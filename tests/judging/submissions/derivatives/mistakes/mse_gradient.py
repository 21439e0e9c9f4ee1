import numpy as np


# measured slopes
def measured(X, y, w, b):
    def L(w, b):
        return ((X @ w + b - y) ** 2).mean() / 2

    h = 1e-6
    dw = np.zeros(len(w))
    for j in range(len(w)):
        step = np.zeros(len(w))
        step[j] = h
        dw[j] = (L(w + step, b) - L(w - step, b)) / (2 * h)
    return dw, (L(w, b + h) - L(w, b - h)) / (2 * h)


# divided by the number of features
def over_features(X, y, w, b):
    n, d = X.shape
    r = X @ w + b - y
    return X.T @ r / d, r.sum() / n


# clipped to 1
def clipped(X, y, w, b):
    r = X @ w + b - y
    g = X.T @ r / len(r)
    return np.clip(g, -1, 1), r.mean()


# normalised
def unit_length(X, y, w, b):
    r = X @ w + b - y
    g = X.T @ r / len(r)
    return g / np.linalg.norm(g), r.mean()


# doubled, einsum
def twice(X, y, w, b):
    r = np.einsum("ij,j->i", X, w) + b - y
    return 2 * np.einsum("ij,i->j", X, r) / r.size, 2 * r.sum() / r.size


# last example twice-off: batch of first n-1
def skips_last(X, y, w, b):
    dw, db = np.zeros_like(w), 0.0
    for i in range(len(y) - 1):
        e = X[i] @ w + b - y[i]
        dw = dw + e * X[i]
        db += e
    return dw / len(y), db / len(y)


# db from dw
def db_is_mean_of_dw(X, y, w, b):
    r = X @ w + b - y
    dw = X.T @ r / len(r)
    return dw, dw.mean()


# order exchanged
def exchanged(X, y, w, b):
    r = X @ w + b - y
    return r.mean(), r @ X / len(r)


# the intercept is not in the prediction
def no_b(X, y, w, b):
    r = X @ w - y
    return r @ X / len(r), np.mean(r)


# signature with w, b first
def parameters_first(w, b, X, y):
    r = X @ w + b - y
    return r @ X / len(r), r.mean()


# the error rounded
def rounded_error(X, y, w, b):
    r = np.round(X @ w + b - y, 3)
    return r @ X / len(r), r.mean()


# weight decay
def decay(X, y, w, b):
    r = X @ w + b - y
    return r @ X / len(r) + 0.1 * w, r.mean()


# a constant n
def constant_n(X, y, w, b):
    r = X @ w + b - y
    return r @ X / 7, r.sum() / 7


# NaN out of a wrong normalisation
def nan_from_log(X, y, w, b):
    r = X @ w + b - y
    return r @ X / len(r) + 0 * np.log(-np.abs(w)), r.mean()


# in place and wrong sign
def in_place_and_wrong(X, y, w, b):
    y -= X @ w + b
    return X.T @ y / len(y), y.mean()
