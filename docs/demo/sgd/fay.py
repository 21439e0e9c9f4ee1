"""An epoch that never ends; training is right."""

import numpy as np


def minibatches(n, batch_size, rng):
    left = list(range(n))
    batches = []
    while left:
        batch = rng.choice(left, size=min(batch_size, len(left)), replace=False)
        left = [i for i in left if i not in batch]
        batches.append(batch)
    return batches


def sgd_epoch(X, y, w, b, lr, batch_size, rng, gradient):
    start = 0
    while start < len(y):
        dw, db = gradient(X[start : start + batch_size], y[start : start + batch_size], w, b)
        w, b = w - lr * dw, b - lr * db
    return w, b


def train(epoch, loss, w, b, max_epochs, tolerance=None):
    before = loss(w, b)
    losses, count = [before], 0
    while count < max_epochs:
        w, b = epoch(w, b)
        after = loss(w, b)
        losses.append(after)
        count += 1
        if tolerance is not None and before - after < tolerance:
            return w, b, losses
        before = after
    return w, b, losses


def ridge_gradient(X, y, w, b, lam):
    dw, db = 2 * lam * np.asarray(w, float), 0.0
    for row, target in zip(X, y):
        error = row @ w + b - target
        dw = dw + error * row / len(y)
        db = db + error / len(y)
    return dw, db
