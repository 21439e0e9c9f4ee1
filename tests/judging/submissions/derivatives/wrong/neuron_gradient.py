import numpy as np


def _sigma(z):
    return 0.5 * (1 + np.tanh(np.asarray(z) / 2))


def _g(X, delta):
    return X.T @ delta / len(X), delta.mean()


# named: slope_missing
def cross_entropy(X, y, w, b):
    return _g(X, _sigma(X @ w + b) - y)


# named: without_sigma+slope_missing
def linear_model(X, y, w, b):
    return _g(X, X @ w + b - y)


# named: sign
def sign(X, y, w, b):
    s = _sigma(X @ w + b)
    return _g(X, (y - s) * s * (1 - s))


# named: factor_2
def doubled(X, y, w, b):
    s = _sigma(X @ w + b)
    return _g(X, 2 * (s - y) * s * (1 - s))


# named: summed
def summed(X, y, w, b):
    s = _sigma(X @ w + b)
    delta = (s - y) * s * (1 - s)
    return X.T @ delta, delta.sum()


# named: averaged_twice
def averaged_twice(X, y, w, b):
    s = _sigma(X @ w + b)
    delta = (s - y) * s * (1 - s) / len(y)
    return _g(X, delta)


# named: slope_at_sigma
def derivative_at_sigma(X, y, w, b):
    s = _sigma(X @ w + b)
    t = _sigma(s)
    return _g(X, (s - y) * t * (1 - t))


# named: sigma_for_slope
def one_minus_lost(X, y, w, b):
    s = _sigma(X @ w + b)
    return _g(X, (s - y) * s)


# named: one_minus_sigma
def sigma_lost(X, y, w, b):
    s = _sigma(X @ w + b)
    return _g(X, (s - y) * (1 - s))


# named: sum_for_output
def residual_without_sigma(X, y, w, b):
    z = X @ w + b
    s = _sigma(z)
    return _g(X, (z - y) * s * (1 - s))


# named: without_b
def bias_left_out(X, y, w, b):
    s = _sigma(X @ w)
    return _g(X, (s - y) * s * (1 - s))


# named: target_missing
def targets_left_out(X, y, w, b):
    s = _sigma(X @ w + b)
    return _g(X, s * s * (1 - s))


# loses: db, edges, form, curve
# named: slope_missing
def bias_of_the_linear_model(X, y, w, b):
    s = _sigma(X @ w + b)
    return _g(X, (s - y) * s * (1 - s))[0], (s - y).mean()


# loses: dw, edges, form, curve
# named: slope_missing
def weights_of_cross_entropy(X, y, w, b):
    s = _sigma(X @ w + b)
    return X.T @ (s - y) / len(y), ((s - y) * s * (1 - s)).mean()


# named: with_two_signs_for_y
def labels_of_minus_one(X, y, w, b):
    s = _sigma(X @ w + b)
    return _g(X, (s - (2 * y - 1)) * s * (1 - s))


def hinge(X, y, w, b):
    s = (X @ w + b > 0) * 1.0
    return _g(X, s - y)


# named: always_zero
def zeros(X, y, w, b):
    return np.zeros(len(w)), 0.0


# named: slope_averaged
def mean_slope(X, y, w, b):
    s = _sigma(X @ w + b)
    return _g(X, (s - y) * np.mean(s * (1 - s)))


# loses: form
def column(X, y, w, b):
    s = _sigma(X @ w + b)
    dw, db = _g(X, (s - y) * s * (1 - s))
    return dw.reshape(-1, 1), db


# loses: form
def weights_changed(X, y, w, b):
    s = _sigma(X @ w + b)
    w += 1
    return _g(X, (s - y) * s * (1 - s))
