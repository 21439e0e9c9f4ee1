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
