"""Climbs, and sums the batch."""

import numpy as np


def minibatches(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError("a batch needs an example")
    order = rng.permutation(n).tolist()
    batches = []
    while order:
        batches.append(order[:batch_size])
        order = order[batch_size:]
    return batches


def sgd_epoch(X, y, w, b, lr, batch_size, rng, gradient):
    for batch in minibatches(len(y), batch_size, rng):
        dw, db = gradient(X[batch], y[batch], w, b)
        w = w + lr * dw
        b = b + lr * db
    return w, b


def train(epoch, loss, w, b, max_epochs, tolerance=None):
    losses = [loss(w, b)]
    for _ in range(max_epochs):
        losses.append(loss(w, b))
        w, b = epoch(w, b)
    return w, b, losses


def gradient_noise(X, y, w, b, batch_size, draws, rng, gradient):
    full_w, full_b = gradient(X, y, w, b)
    squares = []
    for _ in range(draws):
        batch = rng.integers(0, len(y), size=batch_size)
        dw, db = gradient(X[batch], y[batch], w, b)
        squares.append(np.sum((dw - full_w) ** 2) + (db - full_b) ** 2)
    return float(np.sqrt(np.mean(squares)))


def ridge_gradient(X, y, w, b, lam):
    error = X @ w + b - y
    return X.T @ error / len(y) + lam * w, error.mean()
