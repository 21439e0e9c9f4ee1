import numpy as np


def shuffled_rows(X, y, w, b, lr, batch_size, rng, gradient):
    order = rng.permutation(len(X))
    X, y = X[order], y[order]
    for start in range(0, len(y), batch_size):
        dw, db = gradient(X[start : start + batch_size], y[start : start + batch_size], w, b)
        w = w - lr * dw
        b = b - lr * db
    return w, b


def copied_first(X, y, w, b, lr, batch_size, rng, gradient):
    index, w = np.arange(len(y)), np.array(w, float)
    rng.shuffle(index)
    while len(index):
        batch, index = index[:batch_size], index[batch_size:]
        dw, db = gradient(X[batch], y[batch], w.copy(), b)
        w -= lr * dw
        b = b - lr * db
    return w, b
