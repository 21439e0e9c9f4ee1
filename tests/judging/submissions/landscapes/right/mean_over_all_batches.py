from itertools import combinations, permutations

import numpy as np


def added_up(X, y, w, b, batch_size, gradient):
    total_w, total_b, count = np.zeros(len(w)), 0.0, 0
    for batch in combinations(range(len(y)), batch_size):
        dw, db = gradient(X[list(batch)], y[list(batch)], w, b)
        total_w, total_b, count = total_w + dw, total_b + db, count + 1
    return total_w / count, total_b / count


def by_bits(X, y, w, b, batch_size, gradient):
    n, found = len(y), []
    for code in range(2**n):
        chosen = np.array([bool(code >> i & 1) for i in range(n)])
        if chosen.sum() == batch_size:
            found.append(np.append(*gradient(X[chosen], y[chosen], w, b)))
    mean = np.mean(found, axis=0)
    return mean[:-1], float(mean[-1])


def in_every_order(X, y, w, b, batch_size, gradient):
    found = {}
    for batch in (
        permutations(range(len(y)), min(batch_size, 3))
        if batch_size < 4
        else combinations(range(len(y)), batch_size)
    ):
        found.setdefault(batch, gradient(X[list(batch)], y[list(batch)], w, b))
    return np.mean([dw for dw, _ in found.values()], axis=0), np.mean([db for _, db in found.values()])


def recursive(X, y, w, b, batch_size, gradient):
    def choose(start, left):
        if not left:
            yield []
            return
        for i in range(start, len(y) - left + 1):
            for rest in choose(i + 1, left - 1):
                yield [i, *rest]

    slopes = [gradient(X[k], y[k], w, b) for k in choose(0, batch_size)]
    return sum(dw for dw, _ in slopes) / len(slopes), sum(db for _, db in slopes) / len(slopes)


def counted_masks(X, y, w, b, batch_size, gradient):
    masks = np.array(np.meshgrid(*[[False, True]] * len(y), indexing="ij")).reshape(len(y), -1).T
    masks = masks[masks.sum(axis=1) == batch_size]
    dws, dbs = zip(*(gradient(X[mask], y[mask], w, b) for mask in masks), strict=True)
    return np.add.reduce(dws) / len(dws), sum(dbs) / len(dbs)


def running_mean(X, y, w, b, batch_size, gradient):
    dw, db = np.zeros_like(w, dtype=float), 0.0
    for k, batch in enumerate(map(np.array, combinations(np.arange(len(y)), batch_size)), 1):
        more_w, more_b = gradient(X[batch], y[batch], w, b)
        dw = dw + (more_w - dw) / k
        db += (more_b - db) / k
    return dw, db


def names_of_a_batch(X, y, w, b, batch_size, gradient):
    slopes = [
        gradient(X_batch=X[list(k)], y_batch=y[list(k)], w=w, b=b)
        for k in combinations(range(len(y)), batch_size)
    ]
    return np.mean([dw for dw, _ in slopes], axis=0), np.mean([db for _, db in slopes])


def short_names(X, y, w, b, batch_size, gradient):
    slopes = [
        np.append(*gradient(X=X[list(k)], y=y[list(k)], w=w, b=b))
        for k in combinations(range(len(y)), batch_size)
    ]
    return np.mean(slopes, axis=0)[:-1], np.mean(slopes, axis=0)[-1]


def added_to_the_first_gradient(X, y, w, b, batch_size, gradient):
    batches = list(combinations(range(len(y)), batch_size))
    total, db = None, 0.0
    for k in batches:
        g = gradient(X[list(k)], y[list(k)], w, b)
        if total is None:
            total = np.asarray(g[0], float)
        else:
            total += g[0]
        db += g[1]
    return total / len(batches), db / len(batches)
