import numpy as np


# named: factor_2
def no_half(X, y, w, b):
    return np.mean((X @ w + b - y) ** 2)


# named: summed
def sum_of_halves(X, y, w, b):
    return np.sum((X @ w + b - y) ** 2) / 2


# named: summed_factor_2
def sum_without_half(X, y, w, b):
    return np.sum((X @ w + b - y) ** 2)


# named: factor_half
def a_quarter(X, y, w, b):
    return np.mean((X @ w + b - y) ** 2) / 4


# named: sign
def negative(X, y, w, b):
    return -np.mean((X @ w + b - y) ** 2) / 2


# named: square_of_y_missing
def not_squared(X, y, w, b):
    return np.mean(X @ w + b - y) / 2


# named: absolute_y
def absolute(X, y, w, b):
    return np.mean(np.abs(X @ w + b - y)) / 2


# named: square_of_mean
def square_of_the_mean(X, y, w, b):
    return np.mean(X @ w + b - y) ** 2 / 2


# named: root_of_double_taken
def root(X, y, w, b):
    return np.sqrt(np.mean((X @ w + b - y) ** 2))


# named: without_b_in_y_hat
def bias_left_out(X, y, w, b):
    return np.mean((X @ w - y) ** 2) / 2


# named: without_y
def target_left_out(X, y, w, b):
    return np.mean((X @ w + b) ** 2) / 2


# named: over_features
def divided_by_features(X, y, w, b):
    return np.sum((X @ w + b - y) ** 2) / (2 * X.shape[1])


# named: n_minus_1
def divided_by_one_less(X, y, w, b):
    return np.sum((X @ w + b - y) ** 2) / (2 * (len(y) - 1))


# named: broadcast_averaged
def broadcast(X, y, w, b):
    return np.mean((X @ w.reshape(-1, 1) + b - y) ** 2) / 2


# named: median
def median(X, y, w, b):
    return np.median((X @ w + b - y) ** 2) / 2


# named: variance
def variance(X, y, w, b):
    return np.var(X @ w + b - y) / 2


# named: first_example
def first_example(X, y, w, b):
    return (X[0] @ w + b - y[0]) ** 2 / 2


# named: multiplied_by_n
def precedence(X, y, w, b):
    return 1 / 2 * len(y) * np.sum((X @ w + b - y) ** 2)


# named: fixed_size
def seven(X, y, w, b):
    return np.sum((X @ w + b - y) ** 2) / 14


def each_example(X, y, w, b):
    return (X @ w + b - y) ** 2 / 2


# named: penalised
def regularised(X, y, w, b):
    return np.mean((X @ w + b - y) ** 2) / 2 + 0.01 * w @ w


TOTAL = [0.0]


# odd: it keeps a state from call to call
def total_lives_on(X, y, w, b):
    for x, t in zip(X, y):
        TOTAL[0] += (x @ w + b - t) ** 2
    return TOTAL[0] / (2 * len(y)) + (0 if len(y) == 7 else 0)


# loses: form
def matrix_of_one(X, y, w, b):
    r = (X @ w + b - y).reshape(-1, 1)
    return r.T @ r / (2 * len(y))


# loses: form
def target_changed(X, y, w, b):
    y += 1
    return np.mean((X @ w + b - y + 1) ** 2) / 2


_KNOWN = {}


# loses: form
def kept_by_shapes(X, y, w, b):
    key = (X.shape, tuple(y), tuple(w), b)
    if key not in _KNOWN:
        _KNOWN[key] = np.mean((X @ w + b - y) ** 2) / 2
    return _KNOWN[key]
