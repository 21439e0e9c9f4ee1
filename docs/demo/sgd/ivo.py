"""Ignores the gradient it is given, and the random numbers too."""

import numpy as np

np.random.seed(0)


def minibatches(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError("batch_size")
    order = np.random.permutation(n)
    return [order[i : i + batch_size] for i in range(0, n, batch_size)]


def sgd_epoch(X, y, w, b, lr, batch_size, rng, gradient):
    for batch in minibatches(len(y), batch_size, rng):
        error = X[batch] @ w + b - y[batch]
        w = w - lr * X[batch].T @ error / len(batch)
        b = b - lr * error.mean()
    return w, b


def train(epoch, loss, w, b, max_epochs, tolerance=None):
    w = np.array(w)
    losses = []
    for _ in range(max_epochs):
        losses.append(loss(w, b))
        w, b = epoch(w, b)
    losses.append(loss(w, b))
    return w, b, losses
