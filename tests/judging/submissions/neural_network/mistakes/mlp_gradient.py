import numpy as np


def _s(z):
    return 0.5 * (1 + np.tanh(z / 2))


def _grad(X, y, W1, b1, w2, b2, slope=True, two=1.0, mean=True, sign=1.0):
    n = len(y)
    a = _s(X @ W1 + b1)
    e = sign * two * (a @ w2 + b2 - y) / (n if mean else 1)
    back = np.outer(e, w2)
    d = back * (a * (1 - a)) if slope else back
    return X.T @ d, d.sum(0), a.T @ e, e.sum()


# slope missing
def no_slope(X, y, W1, b1, w2, b2):
    return _grad(X, y, W1, b1, w2, b2, slope=False)


# doubled
def doubled(X, y, W1, b1, w2, b2):
    return _grad(X, y, W1, b1, w2, b2, two=2.0)


# summed
def summed(X, y, W1, b1, w2, b2):
    return _grad(X, y, W1, b1, w2, b2, mean=False)


# opposite
def opposite(X, y, W1, b1, w2, b2):
    return _grad(X, y, W1, b1, w2, b2, sign=-1.0)


# w2 dropped
def no_w2(X, y, W1, b1, w2, b2):
    n = len(y)
    a = _s(X @ W1 + b1)
    e = (a @ w2 + b2 - y) / n
    d = e[:, None] * a * (1 - a)
    return X.T @ d, d.sum(0), a.T @ e, e.sum()


# db1 averaged over n again
def db1_mean(X, y, W1, b1, w2, b2):
    n = len(y)
    a = _s(X @ W1 + b1)
    e = (a @ w2 + b2 - y) / n
    d = np.outer(e, w2) * a * (1 - a)
    return X.T @ d, d.mean(axis=0), a.T @ e, e.sum()


# weights after a step
def stepped_w2(X, y, W1, b1, w2, b2):
    n = len(y)
    a = _s(X @ W1 + b1)
    e = (a @ w2 + b2 - y) / n
    dw2 = a.T @ e
    d = np.outer(e, w2 - dw2) * a * (1 - a)
    return X.T @ d, d.sum(0), dw2, e.sum()


# measured
# gradient clipped
def clipped(X, y, W1, b1, w2, b2):
    return tuple(np.clip(g, -0.1, 0.1) for g in _grad(X, y, W1, b1, w2, b2))


# slope z
def slope_of_z(X, y, W1, b1, w2, b2):
    n = len(y)
    z = X @ W1 + b1
    a = _s(z)
    e = (a @ w2 + b2 - y) / n
    d = np.outer(e, w2) * z * (1 - z)
    return X.T @ d, d.sum(0), a.T @ e, e.sum()
