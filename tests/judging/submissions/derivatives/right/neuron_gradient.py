import functools

import numpy as np


def _sigmoid(z):
    return 0.5 * (1 + np.tanh(np.asarray(z) / 2))


def chain(X, y, w, b):
    s = _sigmoid(X @ w + b)
    delta = (s - y) * s * (1 - s)
    return X.T @ delta / len(y), delta.mean()


def minus(X, y, w, b):
    s = 1 / (1 + np.exp(-(X @ w + b)))
    delta = -(y - s) * (s - s**2)
    return np.dot(delta, X) / X.shape[0], np.sum(delta) / X.shape[0]


def loops(X, y, w, b):
    n, d = X.shape
    dw, db = [0.0] * d, 0.0
    for i in range(n):
        z = sum(X[i, j] * w[j] for j in range(d)) + b
        s = 1 / (1 + np.exp(-z))
        delta = (s - y[i]) * s * (1 - s)
        for j in range(d):
            dw[j] += delta * X[i, j] / n
        db += delta / n
    return dw, db


def einsum(X, y, w, b):
    s = _sigmoid(np.einsum("ij,j->i", X, w) + b)
    return np.einsum("i,i,i,ij->j", s - y, s, 1 - s, X) / len(y), np.einsum("i,i,i->", s - y, s, 1 - s) / len(
        y
    )


def tanh(X, y, w, b):
    t = np.tanh((X @ w + b) / 2)
    delta = ((1 + t) / 2 - y) * (1 - t * t) / 4
    return (delta[:, None] * X).mean(axis=0), delta.mean()


def columns(X, y, w, b):
    z = X @ w[:, None] + b
    s = _sigmoid(z)
    delta = (s - y[:, None]) * s * (1 - s)
    return (X.T @ delta / len(y)).squeeze(axis=1), float(delta.mean())


def augmented(X, y, w, b):
    A = np.column_stack([X, np.ones(len(y))])
    s = _sigmoid(A @ np.append(w, b))
    *dw, db = A.T @ ((s - y) * s * (1 - s)) / len(y)
    return dw, db


def diagonal(X, y, w, b):
    s = _sigmoid(X @ w + b)
    D = np.diag(s * (1 - s))
    return X.T @ D @ (s - y) / len(y), np.ones(len(y)) @ D @ (s - y) / len(y)


def exponentials(X, y, w, b):
    e = np.exp(np.clip(-(X @ w + b), -300, 300))
    delta = (1 / (1 + e) - y) * e / (1 + e) ** 2
    return np.average(delta.reshape(-1, 1) * X, axis=0), np.average(delta)


def chained_functions(X, y, w, b):
    steps = [lambda A: A @ w + b, _sigmoid]
    s = functools.reduce(lambda value, f: f(value), steps, X)
    dL_ds, ds_dz = (s - y) / len(y), s * (1 - s)
    return X.T.dot(dL_ds * ds_dz), np.dot(dL_ds, ds_dz)


def rounded_inside(X, y, w, b):
    s = np.round(_sigmoid(X @ w + b), 10)
    delta = (s - y) * s * (1 - s)
    return X.T @ delta / len(y), delta.mean()
