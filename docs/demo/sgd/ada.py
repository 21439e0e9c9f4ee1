"""Short and right."""

import numpy as np


def minibatches(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError(f"batch_size is {batch_size}, it must be at least 1")
    order = rng.permutation(n)
    return [order[i : i + batch_size] for i in range(0, n, batch_size)]


def sgd_epoch(X, y, w, b, lr, batch_size, rng, gradient):
    for batch in minibatches(len(y), batch_size, rng):
        dw, db = gradient(X[batch], y[batch], w, b)
        w, b = w - lr * dw, b - lr * db
    return w, b


def train(epoch, loss, w, b, max_epochs, tolerance=None):
    losses = [loss(w, b)]
    for _ in range(max_epochs):
        w, b = epoch(w, b)
        losses.append(loss(w, b))
        if tolerance is not None and losses[-2] - losses[-1] < tolerance:
            break
    return w, b, losses


def gradient_noise(X, y, w, b, batch_size, draws, rng, gradient):
    full_w, full_b = gradient(X, y, w, b)
    squares = []
    for _ in range(draws):
        batch = rng.choice(len(y), size=batch_size, replace=False)
        dw, db = gradient(X[batch], y[batch], w, b)
        squares.append(np.sum((dw - full_w) ** 2) + (db - full_b) ** 2)
    return np.sqrt(np.mean(squares))


def ridge_gradient(X, y, w, b, lam):
    error = X @ w + b - y
    return X.T @ error / len(y) + 2 * lam * w, error.mean()
