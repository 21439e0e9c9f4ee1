import numpy as np
from functools import reduce


def mean(X, y, w, b):
    return np.mean((X @ w + b - y) ** 2) / 2


def half_mean(X, y, w, b):
    return 0.5 * np.average(np.square(y - X.dot(w) - b))


def summed(X, y, w, b):
    return 1 / (2 * len(y)) * np.sum((X @ w + b - y) ** 2)


def python_sum(X, y, w, b):
    return sum((float(x @ w) + b - t) ** 2 for x, t in zip(X, y)) / (2 * y.shape[0])


def loops(X, y, w, b):
    n, d = X.shape
    total = 0
    for i in range(n):
        y_hat = b
        for j in range(d):
            y_hat = y_hat + w[j] * X[i, j]
        total = total + (y_hat - y[i]) ** 2
    return total / n / 2


def inner_product(X, y, w, b):
    r = X @ w + b - y
    return r @ r / (2 * r.size)


def norm(X, y, w, b):
    return np.linalg.norm(X @ w + b - y) ** 2 / (2 * X.shape[0])


def einsum(X, y, w, b):
    r = np.einsum("ij,j", X, w) + b - y
    return np.einsum("i,i", r, r) / 2 / len(r)


def variance_and_bias(X, y, w, b):
    r = X @ w + b - y
    return 0.5 * (np.var(r) + np.mean(r) ** 2)


def expanded(X, y, w, b):
    p = X @ w + b
    return (np.sum(p * p) - 2 * np.sum(p * y) + np.sum(y * y)) / (2 * len(y))


def columns(X, y, w, b):
    r = X @ w.reshape(-1, 1) + b - y.reshape(-1, 1)
    return (r.T @ r).item() / (2 * len(y))


def zero_d(X, y, w, b):
    return np.array(np.mean((X @ w + b - y) ** 2) / 2)


def reduced(X, y, w, b):
    return reduce(lambda total, r: total + r * r, X @ w + b - y, 0.0) / (2 * len(X))
