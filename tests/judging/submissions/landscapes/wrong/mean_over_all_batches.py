from itertools import combinations, combinations_with_replacement, product

import numpy as np


def _mean(batches, X, y, w, b, gradient):
    slopes = [gradient(X[list(k)], y[list(k)], w, b) for k in batches]
    return np.mean([dw for dw, _ in slopes], axis=0), float(np.mean([db for _, db in slopes]))


# named: full_gradient
def all_at_once(X, y, w, b, batch_size, gradient):
    return gradient(X, y, w, b)


# named: one_epoch
def one_epoch(X, y, w, b, batch_size, gradient):
    n = len(y)
    pieces = [range(s, min(s + batch_size, n)) for s in range(0, n, batch_size)]
    return _mean(pieces, X, y, w, b, gradient)


# named: neighbors
def neighbors(X, y, w, b, batch_size, gradient):
    windows = [range(s, s + batch_size) for s in range(len(y) - batch_size + 1)]
    return _mean(windows, X, y, w, b, gradient)


# named: with_replacement
def drawn_twice(X, y, w, b, batch_size, gradient):
    return _mean(product(range(len(y)), repeat=batch_size), X, y, w, b, gradient)


# named: repeated
def repeated(X, y, w, b, batch_size, gradient):
    return _mean(combinations_with_replacement(range(len(y)), batch_size), X, y, w, b, gradient)


# named: single_examples
def singles(X, y, w, b, batch_size, gradient):
    return _mean([[i] for i in range(len(y))], X, y, w, b, gradient)


# named: summed
def added(X, y, w, b, batch_size, gradient):
    count = len(list(combinations(range(len(y)), batch_size)))
    dw, db = _mean(combinations(range(len(y)), batch_size), X, y, w, b, gradient)
    return dw * count, db * count


# named: divided_again
def once_more(X, y, w, b, batch_size, gradient):
    dw, db = _mean(combinations(range(len(y)), batch_size), X, y, w, b, gradient)
    return dw / batch_size, db / batch_size


# odd: drawn at random
def at_random(X, y, w, b, batch_size, gradient):
    rng = np.random.default_rng(0)
    drawn = [rng.choice(len(y), batch_size, replace=False) for _ in range(50)]
    return _mean(drawn, X, y, w, b, gradient)


# loses: form
# odd: one vector
def one_vector(X, y, w, b, batch_size, gradient):
    return np.append(*_mean(combinations(range(len(y)), batch_size), X, y, w, b, gradient))


# loses: edges
def added_up_in_the_type_of_w(X, y, w, b, batch_size, gradient):
    batches = list(combinations(range(len(y)), batch_size))
    dw, db = np.zeros_like(w), 0.0
    for k in batches:
        g = gradient(X[list(k)], y[list(k)], w, b)
        dw, db = (dw + g[0]).astype(dw.dtype), db + g[1]
    return dw / len(batches), db / len(batches)


# loses: edges
def without_what_is_there_twice(X, y, w, b, batch_size, gradient):
    rows = sorted(zip(map(tuple, X.tolist()), y.tolist()))
    batches = sorted(set(combinations(rows, batch_size)))
    slopes = [gradient(np.array([x for x, _ in one]), np.array([t for _, t in one]), w, b) for one in batches]
    return np.mean([dw for dw, _ in slopes], axis=0), float(np.mean([db for _, db in slopes]))
