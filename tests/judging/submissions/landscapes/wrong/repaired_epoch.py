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


# named: some_climb
def bias_climbs(X, y, w, b, lr, batch_size, rng, gradient):
    order = _order(rng, len(y))
    for start in range(0, len(y), batch_size):
        batch = order[start : start + batch_size]
        dw, db = gradient(X[batch], y[batch], w, b)
        w, b = w - lr * dw, b + lr * db
    return w, b


# sometimes: rates_differ
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


# loses: order
# named: no_shuffle
def no_shuffle(X, y, w, b, lr, batch_size, rng, gradient):
    rng.random()
    for start in range(0, len(y), batch_size):
        dw, db = gradient(X[start : start + batch_size], y[start : start + batch_size], w, b)
        w, b = w - lr * dw, b - lr * db
    return w, b


# named: with_replacement
def some_twice(X, y, w, b, lr, batch_size, rng, gradient):
    order = rng.integers(0, len(y), len(y))
    for start in range(0, len(y), batch_size):
        batch = order[start : start + batch_size]
        dw, db = gradient(X[batch], y[batch], w, b)
        w, b = w - lr * dw, b - lr * db
    return w, b


# loses: edges, form
# odd: the weights are changed where they are
def in_place(X, y, w, b, lr, batch_size, rng, gradient):
    order = _order(rng, len(y))
    for start in range(0, len(y), batch_size):
        batch = order[start : start + batch_size]
        dw, db = gradient(X[batch], y[batch], w, b)
        w -= lr * dw
        b -= lr * db
    return w, b


# named: stale
def at_the_start(X, y, w, b, lr, batch_size, rng, gradient):
    order, v, c = _order(rng, len(y)), w, b
    for start in range(0, len(y), batch_size):
        batch = order[start : start + batch_size]
        dw, db = gradient(X[batch], y[batch], w, b)
        v, c = v - lr * dw, c - lr * db
    return v, c


# named: ascent
def both_climb(X, y, w, b, lr, batch_size, rng, gradient):
    order = _order(rng, len(y))
    for start in range(0, len(y), batch_size):
        batch = order[start : start + batch_size]
        dw, db = gradient(X[batch], y[batch], w, b)
        w, b = w + lr * dw, b + lr * db
    return w, b
