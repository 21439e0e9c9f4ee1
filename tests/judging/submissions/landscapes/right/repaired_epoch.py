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


def by_sort_keys(X, y, w, b, lr, batch_size, rng, gradient):
    order = np.argsort(rng.random(len(y)))
    for batch in np.split(order, range(batch_size, len(y), batch_size)):
        dw, db = gradient(X[batch], y[batch], w, b)
        w, b = w - lr * np.array(dw), b - lr * db
    return w, b


def without_replacement(X, y, w, b, lr, batch_size, rng, gradient):
    data = list(zip(X, y, strict=True))
    picked = rng.choice(len(data), size=len(data), replace=False)
    for k in range(-(-len(data) // batch_size)):
        rows, targets = zip(*(data[i] for i in picked[k * batch_size : (k + 1) * batch_size]), strict=True)
        dw, db = gradient(np.array(rows), np.array(targets), w, b)
        w = w - np.multiply(lr, dw)
        b = b - lr * db
    return w, b


def shuffled_together(X, y, w, b, lr, batch_size, rng, gradient):
    table = np.column_stack([X, y]).astype(float)
    rng.shuffle(table)
    start = 0
    while start < len(table):
        batch = table[start : start + batch_size]
        dw, db = gradient(batch[:, :-1], batch[:, -1], w, b)
        w, b, start = w - lr * dw, b - lr * db, start + batch_size
    return w, b


def one_unknown_vector(X, y, w, b, lr, batch_size, rng, gradient):
    v = np.append(np.asarray(w, float), b)
    left = rng.permuted(np.arange(len(y))).tolist()
    while left:
        batch = [left.pop() for _ in range(min(batch_size, len(left)))]
        dw, db = gradient(X[batch], y[batch], v[:-1].copy(), v[-1])
        v = v - lr * np.append(dw, db)
    return v[:-1], v[-1]


def names_of_a_batch(X, y, w, b, lr, batch_size, rng, gradient):
    order = rng.permutation(len(y))
    for start in range(0, len(y), batch_size):
        batch = order[start : start + batch_size]
        dw, db = gradient(X_batch=X[batch], y_batch=y[batch], w=w, b=b)
        w, b = w - lr * dw, b - lr * db
    return w, b
