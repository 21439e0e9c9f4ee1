"""Never shuffles, drops the last batch, and takes a tolerance of zero for none."""

import numpy as np


def minibatches(n, batch_size, rng):
    return [np.arange(i, min(i + batch_size, n)) for i in range(0, n, batch_size)]


def sgd_epoch(X, y, w, b, lr, batch_size, rng, gradient):
    order = rng.permutation(len(y))
    for k in range(len(y) // batch_size):
        batch = order[k * batch_size : (k + 1) * batch_size]
        dw, db = gradient(X[batch], y[batch], w, b)
        w = w - lr * dw
        b = b - lr * db
    return w, b


def train(epoch, loss, w, b, max_epochs, tolerance=None):
    losses = [loss(w, b)]
    for _ in range(max_epochs):
        w, b = epoch(w, b)
        losses.append(loss(w, b))
        if tolerance and losses[-2] - losses[-1] < tolerance:
            break
    return w, b, losses


def gradient_noise(X, y, w, b, batch_size, draws, rng, gradient):
    full_w, full_b = gradient(X, y, w, b)
    total = 0
    for _ in range(draws):
        batch = rng.permutation(len(y))[:batch_size]
        dw, db = gradient(X[batch], y[batch], w, b)
        total += np.sqrt(np.sum((dw - full_w) ** 2) + (db - full_b) ** 2)
    return total / draws


def ridge_gradient(X, y, w, b, lam):
    error = X @ w + b - y
    return X.T @ error / len(y) + 2 * lam * w, error.mean() + 2 * lam * b
