import itertools

import numpy as np


def _distances(X, y, w, b, batch_size, draws, rng, gradient, parts=slice(None), pick=None):
    pick = pick or (lambda: rng.permutation(len(y))[:batch_size])
    full = np.append(*gradient(X, y, w, b))
    found = []
    for _ in range(draws):
        batch = pick()
        found.append(np.linalg.norm((np.append(*gradient(X[batch], y[batch], w, b)) - full)[parts]))
    return np.array(found)


def stub(X, y, w, b, batch_size, draws, rng, gradient):
    raise NotImplementedError("not written yet: replace this line")


# named: mean_distance
def mean_of_distances(*arguments):
    return _distances(*arguments).mean()


# named: not_rooted
def mean_of_squares(*arguments):
    return (_distances(*arguments) ** 2).mean()


# named: not_averaged
def root_of_sum(*arguments):
    return np.sqrt((_distances(*arguments) ** 2).sum())


# named: largest_distance
def worst(*arguments):
    return _distances(*arguments).max()


# named: bias_left_out
def only_weights(*arguments):
    return np.sqrt((_distances(*arguments, parts=slice(0, -1)) ** 2).mean())


# named: weights_left_out
def only_bias(*arguments):
    return np.sqrt((_distances(*arguments, parts=slice(-1, None)) ** 2).mean())


# named: with_replacement
def replacement(X, y, w, b, batch_size, draws, rng, gradient):
    pick = lambda: rng.choice(len(y), size=batch_size)
    found = _distances(X, y, w, b, batch_size, draws, rng, gradient, pick=pick)
    return np.sqrt((found**2).mean())


# named: single_examples
def one_example(X, y, w, b, batch_size, draws, rng, gradient):
    found = _distances(X, y, w, b, 1, draws, rng, gradient)
    return np.sqrt((found**2).mean())


# named: distance_of_mean
def mean_gradient(X, y, w, b, batch_size, draws, rng, gradient):
    full, total = np.append(*gradient(X, y, w, b)), 0.0
    for _ in range(draws):
        batch = rng.permutation(len(y))[:batch_size]
        total = total + np.append(*gradient(X[batch], y[batch], w, b)) / draws
    return np.linalg.norm(total - full)


# named: averaged_over_parts
def mean_over_everything(X, y, w, b, batch_size, draws, rng, gradient):
    full = np.append(*gradient(X, y, w, b))
    batches = [rng.permutation(len(y))[:batch_size] for _ in range(draws)]
    return np.sqrt(np.mean([(np.append(*gradient(X[B], y[B], w, b)) - full) ** 2 for B in batches]))


# named: distances_added
def two_distances(X, y, w, b, batch_size, draws, rng, gradient):
    full_w, full_b = gradient(X, y, w, b)
    squares = []
    for _ in range(draws):
        batch = rng.permutation(len(y))[:batch_size]
        dw, db = gradient(X[batch], y[batch], w, b)
        squares.append((np.linalg.norm(dw - full_w) + abs(db - full_b)) ** 2)
    return np.sqrt(np.mean(squares))


def two_noises(X, y, w, b, batch_size, draws, rng, gradient):
    full_w, full_b = gradient(X, y, w, b)
    of_w, of_b = [], []
    for _ in range(draws):
        batch = rng.permutation(len(y))[:batch_size]
        dw, db = gradient(X[batch], y[batch], w, b)
        of_w.append(np.sum((dw - full_w) ** 2))
        of_b.append((db - full_b) ** 2)
    return np.sqrt(np.mean(of_w)), np.sqrt(np.mean(of_b))


def one_less(*arguments):
    found = _distances(*arguments)
    with np.errstate(all="ignore"):
        return np.sqrt((found**2).sum() / np.float64(len(found) - 1))


def own_model(X, y, w, b, batch_size, draws, rng, gradient):
    def linear(X, y, w, b):
        error = X @ w + b - y
        return X.T @ error / len(y), error.mean()

    return np.sqrt((_distances(X, y, w, b, batch_size, draws, rng, linear) ** 2).mean())


# odd: it solves another problem
def theory(X, y, w, b, batch_size, draws, rng, gradient):
    rows = np.array([np.append(*gradient(X[[i]], y[[i]], w, b)) for i in range(len(y))])
    spread = ((rows - rows.mean(axis=0)) ** 2).sum(axis=1).mean()
    return np.sqrt(spread / batch_size * (len(y) - batch_size) / max(len(y) - 1, 1))


# named: nothing
def zero(X, y, w, b, batch_size, draws, rng, gradient):
    return 0.0


# loses: draws, curve
# named: same_batch
def one_batch_for_all(X, y, w, b, batch_size, draws, rng, gradient):
    batch = rng.permutation(len(y))[:batch_size]
    found = _distances(X, y, w, b, batch_size, draws, rng, gradient, pick=lambda: batch)
    return np.sqrt((found**2).mean())


# loses: draws, curve
# named: disjoint_batches
def consecutive_batches(X, y, w, b, batch_size, draws, rng, gradient):
    left = []

    def pick():
        nonlocal left
        if len(left) < batch_size:
            left = list(rng.permutation(len(y)))
        batch, left = left[:batch_size], left[batch_size:]
        return batch

    found = _distances(X, y, w, b, batch_size, draws, rng, gradient, pick=pick)
    return np.sqrt((found**2).mean())


# loses: draws, curve
# named: no_reshuffle
def own_seed(X, y, w, b, batch_size, draws, rng, gradient):
    rng = np.random.default_rng(0)
    return np.sqrt((_distances(X, y, w, b, batch_size, draws, rng, gradient) ** 2).mean())


# loses: draws, curve
# named: other_randomness
def global_randomness(X, y, w, b, batch_size, draws, rng, gradient):
    pick = lambda: np.random.permutation(len(y))[:batch_size]
    found = _distances(X, y, w, b, batch_size, draws, rng, gradient, pick=pick)
    return np.sqrt((found**2).mean())


# loses: draws, curve
# named: few_orders
def neighbours(X, y, w, b, batch_size, draws, rng, gradient):
    def pick():
        start = int(rng.integers(0, len(y) - batch_size + 1))
        return np.arange(start, start + batch_size)

    found = _distances(X, y, w, b, batch_size, draws, rng, gradient, pick=pick)
    return np.sqrt((found**2).mean())


# loses: draws, curve
def few_draws(X, y, w, b, batch_size, draws, rng, gradient):
    found = _distances(X, y, w, b, batch_size, min(draws, 2), rng, gradient)
    return np.sqrt((found**2).sum() / draws)


# loses: form
def in_an_array(*arguments):
    return np.array([np.sqrt((_distances(*arguments) ** 2).mean())])


# loses: edges, form
def changes_data(X, y, w, b, batch_size, draws, rng, gradient):
    found = _distances(X, y, w, b, batch_size, draws, rng, gradient)
    X *= 1.5
    return np.sqrt((found**2).mean())


# loses: edges
def two_features(X, y, w, b, batch_size, draws, rng, gradient):
    full_w, full_b = gradient(X, y, w, b)
    total = 0.0
    for _ in range(draws):
        batch = rng.permutation(len(y))[:batch_size]
        dw, db = gradient(X[batch], y[batch], w, b)
        total += (dw[0] - full_w[0]) ** 2 + (dw[1] - full_w[1]) ** 2 + (db - full_b) ** 2
    return np.sqrt(total / draws)


# loses: edges
def deep(X, y, w, b, batch_size, draws, rng, gradient):
    full = np.append(*gradient(X, y, w, b))

    def total(left):
        if left == 0:
            return 0.0
        batch = rng.permutation(len(y))[:batch_size]
        return np.sum((np.append(*gradient(X[batch], y[batch], w, b)) - full) ** 2) + total(left - 1)

    return np.sqrt(total(draws) / draws)


def _of_batches(X, y, w, b, draws, gradient, batch):
    full = np.append(*gradient(X, y, w, b))
    parts = [np.append(*gradient(X[k], y[k], w, b)) for k in (batch() for _ in range(draws))]
    return float(np.sqrt(np.mean([np.sum((part - full) ** 2) for part in parts])))


# loses: draws, curve
# named: biased
def last_never_drawn(X, y, w, b, m, draws, rng, gradient):
    n = len(y)
    return _of_batches(
        X, y, w, b, draws, gradient, lambda: rng.choice(n - 1, m, replace=False) if m < n else np.arange(n)
    )


# loses: draws, curve
# named: biased
def first_never_drawn(X, y, w, b, m, draws, rng, gradient):
    n = len(y)
    return _of_batches(
        X, y, w, b, draws, gradient, lambda: 1 + rng.permutation(n - 1)[:m] if m < n else np.arange(n)
    )


# loses: draws, curve
# named: biased
def first_half_twice_as_likely(X, y, w, b, m, draws, rng, gradient):
    p = np.where(np.arange(len(y)) < len(y) / 2, 2.0, 1.0)
    return _of_batches(
        X, y, w, b, draws, gradient, lambda: rng.choice(len(y), m, replace=False, p=p / p.sum())
    )


# loses: draws, curve
# named: biased
def first_of_each_batch_from_the_first_half(X, y, w, b, m, draws, rng, gradient):
    n = len(y)

    def batch():
        if not 1 < m < n:
            return rng.permutation(n)[:m]
        first = rng.integers(n // 2)
        return np.append(first, rng.choice(np.delete(np.arange(n), first), m - 1, replace=False))

    return _of_batches(X, y, w, b, draws, gradient, batch)


# loses: draws, curve
# named: each_once
def without_a_batch_twice(X, y, w, b, batch_size, draws, rng, gradient):
    full = np.append(*gradient(X, y, w, b))
    left, squares = [], []
    for _ in range(draws):
        if not left:
            left = list(itertools.combinations(range(len(y)), batch_size))
            rng.shuffle(left)
        i = list(left.pop())
        squares.append(np.sum((np.append(*gradient(X[i], y[i], w, b)) - full) ** 2))
    return float(np.sqrt(np.mean(squares)))
