import numpy as np
import statistics


# no 1/2
def no_half(X, y, w, b):
    return float(np.mean(np.square(X @ w + b - y)))


# root
def rmse(X, y, w, b):
    e = y - X @ w - b
    return np.sqrt((e * e).sum() / (2 * len(e)))


# absolute
def mean_absolute(X, y, w, b):
    return np.abs(X @ w + b - y).mean() / 2


# n - 1
def variance(X, y, w, b):
    e = X @ w + b - y
    return sum(v * v for v in e) / (2 * (len(e) - 1))


# the sum
def total(X, y, w, b):
    e = X @ w + b - y
    return 0.5 * e @ e


# median
def median_of_squares(X, y, w, b):
    return statistics.median(list((X @ w + b - y) ** 2)) / 2


# the mean error squared
def square_of_mean(X, y, w, b):
    return np.mean(X @ w + b - y) ** 2 / 2


# first example skipped
def from_one(X, y, w, b):
    s = 0.0
    for i in range(1, len(y)):
        s += (X[i] @ w + b - y[i]) ** 2
    return s / (2 * len(y))


# the variance of the errors
def var_of_errors(X, y, w, b):
    return np.var(X @ w + b - y) / 2


# regularised
def with_ridge(X, y, w, b):
    return np.mean((X @ w + b - y) ** 2) / 2 + 0.01 * w @ w


# capped error (Huber like)
def huber(X, y, w, b):
    r = np.abs(X @ w + b - y)
    return np.mean(np.where(r <= 1, 0.5 * r**2, r - 0.5))


# half precision
def half_precision(X, y, w, b):
    e = (X @ w + b - y).astype(np.float16).astype(float)
    return np.mean(e**2) / 2
