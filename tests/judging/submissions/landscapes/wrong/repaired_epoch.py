def _order(rng, n):
    return rng.permutation(n)


# named: shuffled_apart
def two_orders(X, y, w, b, lr, batch_size, rng, gradient):
    X, y = X[_order(rng, len(X))], y[_order(rng, len(y))]
    for start in range(0, len(y), batch_size):
        dw, db = gradient(X[start : start + batch_size], y[start : start + batch_size], w, b)
        w, b = w - lr * dw, b - lr * db
    return w, b


# named: last_batch_dropped
def last_left_out(X, y, w, b, lr, batch_size, rng, gradient):
    order = _order(rng, len(y))
    for start in range(0, len(y) - batch_size + 1, batch_size):
        batch = order[start : start + batch_size]
        dw, db = gradient(X[batch], y[batch], w, b)
        w, b = w - lr * dw, b - lr * db
    return w, b


# named: divided_again_by_m
def divided_again(X, y, w, b, lr, batch_size, rng, gradient):
    order = _order(rng, len(y))
    for start in range(0, len(y), batch_size):
        batch = order[start : start + batch_size]
        dw, db = gradient(X[batch], y[batch], w, b)
        w, b = w - lr * dw / batch_size, b - lr * db / batch_size
    return w, b


# odd: one of two signs
def bias_climbs(X, y, w, b, lr, batch_size, rng, gradient):
    order = _order(rng, len(y))
    for start in range(0, len(y), batch_size):
        batch = order[start : start + batch_size]
        dw, db = gradient(X[batch], y[batch], w, b)
        w, b = w - lr * dw, b + lr * db
    return w, b


# odd: as it was handed out
def as_found(X, y, w, b, lr, batch_size, rng, gradient):
    X = X[rng.permutation(len(X))]
    y = y[rng.permutation(len(y))]
    for start in range(0, len(y) - batch_size + 1, batch_size):
        stop = start + batch_size
        dw, db = gradient(X[start:stop], y[start:stop], w, b)
        w -= lr * dw / batch_size
        b += lr * db / batch_size
    return w, b
