import math

import numpy as np


def one_choice_a_draw(X, y, w, b, batch_size, draws, rng, gradient):
    full_w, full_b = gradient(X, y, w, b)
    squares = []
    for _ in range(draws):
        batch = rng.choice(len(y), size=batch_size, replace=False)
        dw, db = gradient(X[batch], y[batch], w, b)
        squares.append(np.sum((dw - full_w) ** 2) + (db - full_b) ** 2)
    return np.sqrt(np.mean(squares))


def shuffled_list(X, y, w, b, batch_size, draws, rng, gradient):
    total = 0.0
    for _ in range(draws):
        order = list(range(len(y)))
        rng.shuffle(order)
        batch = order[:batch_size]
        dw, db = gradient(X[batch], y[batch], w, b)
        full_w, full_b = gradient(X, y, w, b)
        total += np.linalg.norm(np.append(dw - full_w, db - full_b)) ** 2
    return float(math.sqrt(total / draws))


def all_orders_at_once(X, y, w, b, batch_size, draws, rng, gradient):
    n = len(y)
    full = np.hstack(gradient(X, y, w, b))
    batches = rng.permuted(np.tile(np.arange(n), (draws, 1)), axis=1)[:, :batch_size]
    gradients = np.array([np.hstack(gradient(X[B], y[B], w, b)) for B in batches])
    return np.sqrt(((gradients - full) ** 2).sum(axis=1).mean())


def sorted_random_numbers(X, y, w, b, batch_size, draws, rng, gradient):
    keys = rng.random((draws, len(y)))
    distances = []
    here = gradient(X, y, w, b)
    for row in keys:
        batch = np.argsort(row)[-batch_size:]
        there = gradient(X[batch], y[batch], w, b)
        distances.append(math.hypot(*(np.asarray(there[0]) - here[0]), there[1] - here[1]))
    return np.array(np.linalg.norm(distances) / math.sqrt(draws))


def example_by_example(X, y, w, b, batch_size, draws, rng, gradient):
    """The gradient of every example once; batches are means of them."""
    rows = [gradient(X[i : i + 1], y[i : i + 1], w, b) for i in range(len(y))]
    G = np.array([np.append(dw, db) for dw, db in rows])
    noise = 0.0
    for _ in range(draws):
        chosen = rng.permutation(len(y))[:batch_size]
        noise = noise + np.sum((G[chosen].mean(axis=0) - G.mean(axis=0)) ** 2)
    return (noise / draws) ** 0.5


def masks(X, y, w, b, batch_size, draws, rng, gradient):
    full_w, full_b = gradient(X, y, w, b)
    mask = np.zeros(len(y), dtype=bool)
    mask[:batch_size] = True
    sum_w, sum_b = 0, 0
    for _ in range(draws):
        rng.shuffle(mask)
        dw, db = gradient(X[mask], y[mask], w, b)
        sum_w += (dw - full_w) @ (dw - full_w)
        sum_b += (db - full_b) ** 2
    return math.sqrt((sum_w + sum_b) / draws)


class Noise:
    def __init__(self):
        self.pool = {}

    def __call__(self, X, y, w, b, batch_size, draws, rng, gradient):
        pool = self.pool.setdefault(len(y), list(range(len(y))))
        full = gradient(X, y, w, b)
        return np.sqrt(
            sum(self.square(pool, X, y, w, b, batch_size, rng, gradient, full) for _ in range(draws)) / draws
        )

    def square(self, pool, X, y, w, b, batch_size, rng, gradient, full):
        for k in range(batch_size):  # the first steps of Fisher and Yates
            other = int(rng.integers(k, len(pool)))
            pool[k], pool[other] = pool[other], pool[k]
        dw, db = gradient(X[pool[:batch_size]].tolist(), y[pool[:batch_size]].tolist(), list(w), b)
        return np.sum((dw - full[0]) ** 2) + (db - full[1]) ** 2


persistent_pool = Noise()


def running_mean(X, y, w, b, batch_size, draws, rng, gradient):
    full_w, full_b = gradient(X, y, w, b)
    mean = 0.0
    for k in range(1, draws + 1):
        B = rng.choice(np.arange(len(y)), batch_size, False, shuffle=False)
        dw, db = gradient(X[B], y[B], w, b)
        mean += (np.dot(dw - full_w, dw - full_w) + (db - full_b) ** 2 - mean) / k
    return mean**0.5


def generator_of_squares(X, y, w, b, batch_size, draws, rng, gradient):
    full = np.concatenate([np.ravel(part) for part in gradient(X, y, w, b)])

    def square():
        batch = rng.permutation(len(y))[:batch_size]
        part = np.concatenate([np.ravel(p) for p in gradient(X[batch], y[batch], w, b)])
        return float(((part - full) ** 2).sum())

    return math.sqrt(math.fsum(square() for _ in range(draws)) / draws)


def names_of_a_batch(X, y, w, b, batch_size, draws, rng, gradient):
    full, squares = np.append(*gradient(X_batch=X, y_batch=y, w=w, b=b)), []
    for _ in range(draws):
        k = rng.permutation(len(y))[:batch_size]
        part = np.append(*gradient(b=b, w=w, X=X[k], y=y[k]))
        squares.append(np.sum((part - full) ** 2))
    return np.sqrt(np.mean(squares))
