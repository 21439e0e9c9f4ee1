import numpy as np


def _checked(m):
    if m < 1:
        raise ValueError("batch_size must be at least 1")


def _cut(idx, m):
    return [idx[i : i + m] for i in range(0, len(idx), m)]


# named: with_replacement
def with_replacement(n, m, rng):
    _checked(m)
    return _cut(rng.integers(0, n, size=n), m)


# named: with_replacement
def choice_with_replacement(n, m, rng):
    _checked(m)
    return _cut(rng.choice(n, n), m)


# named: with_replacement
def independent_batches(n, m, rng):
    _checked(m)
    return [rng.choice(n, size=min(m, n - i), replace=False) for i in range(0, n, m)]


# named: last_batch_dropped
def last_dropped(n, m, rng):
    _checked(m)
    idx = rng.permutation(n)
    return [idx[k * m : (k + 1) * m] for k in range(n // m)]


# named: last_batch_dropped
def range_too_short(n, m, rng):
    _checked(m)
    idx = rng.permutation(n)
    return [idx[i : i + m] for i in range(0, n - m, m)]


# named: even_split
def even_split(n, m, rng):
    _checked(m)
    return np.array_split(rng.permutation(n), -(-n // m))


# named: even_split
def number_of_batches(n, m, rng):
    _checked(m)
    return np.array_split(rng.permutation(n), m)


# named: one_batch
def one_batch(n, m, rng):
    _checked(m)
    return [rng.permutation(n)[:m]]


# named: single_examples
def single_examples(n, m, rng):
    _checked(m)
    return _cut(rng.permutation(n), 1)


# named: full_batch
def full_batch(n, m, rng):
    _checked(m)
    return [rng.permutation(n)]


# named: counted_from_one
def from_one_to_n(n, m, rng):
    _checked(m)
    return _cut(rng.permutation(n) + 1, m)


def generator(n, m, rng):
    _checked(m)
    idx = rng.permutation(n)
    for i in range(0, n, m):
        yield idx[i : i + m]


def flat(n, m, rng):
    _checked(m)
    return rng.permutation(n)


def nothing(n, m, rng):
    _checked(m)
    _cut(rng.permutation(n), m)


# named: small_batch_first
def small_batch_first(n, m, rng):
    _checked(m)
    return _cut(rng.permutation(n), m)[::-1]


def empty_batch_at_the_end(n, m, rng):
    _checked(m)
    return [*_cut(rng.permutation(n), m), np.array([], int)]


def sets(n, m, rng):
    _checked(m)
    return [set(b.tolist()) for b in _cut(rng.permutation(n), m)]


def masks(n, m, rng):
    _checked(m)
    return [np.isin(np.arange(n), b) for b in _cut(rng.permutation(n), m)]


def padded(n, m, rng):
    _checked(m)
    idx = rng.permutation(n)
    return _cut(np.concatenate([idx, idx[: -n % m]]), m)


def shuffled_in_place_and_lost(n, m, rng):
    _checked(m)
    return rng.shuffle(np.arange(n))


# loses: order
# named: no_shuffle
def file_order(n, m, rng):
    _checked(m)
    return _cut(np.arange(n), m)


# loses: order
# named: no_reshuffle
def one_order(n, m, rng):
    _checked(m)
    return _cut(np.random.default_rng(0).permutation(n), m)


# loses: order
# named: no_reshuffle
def backwards(n, m, rng):
    _checked(m)
    return _cut(np.arange(n)[::-1], m)


# loses: order
# named: no_shuffle
def shuffled_inside_the_batches(n, m, rng):
    _checked(m)
    return [rng.permutation(batch) for batch in _cut(np.arange(n), m)]


# loses: order
# named: few_orders
def rotated(n, m, rng):
    _checked(m)
    return _cut(np.roll(np.arange(n), rng.integers(n)), m)


# loses: order
# named: few_orders
def sometimes_backwards(n, m, rng):
    _checked(m)
    return _cut(np.arange(n)[:: 1 if rng.random() < 0.5 else -1], m)


# loses: order
# named: few_orders
def two_swapped(n, m, rng):
    _checked(m)
    idx = np.arange(n)
    i, j = rng.integers(n, size=2)
    idx[i], idx[j] = idx[j], idx[i]
    return _cut(idx, m)


# loses: order
# named: few_orders
# sometimes: biased
def halves(n, m, rng):
    _checked(m)
    half = n // 2
    return _cut(np.concatenate([rng.permutation(half), half + rng.permutation(n - half)]), m)


# loses: order
# named: biased
def first_stays_first(n, m, rng):
    _checked(m)
    return _cut(np.append(0, 1 + rng.permutation(n - 1)), m)


# loses: order
# named: biased
def last_stays_last(n, m, rng):
    _checked(m)
    return _cut(np.append(rng.permutation(n - 1), n - 1), m)


# loses: order
# named: few_orders
def half_sorted(n, m, rng):
    _checked(m)
    return _cut(np.argsort(np.arange(n) / n + 0.5 * rng.random(n)), m)


# loses: order
# named: other_randomness
def numpy_global(n, m, rng):
    _checked(m)
    return _cut(np.random.permutation(n), m)


# loses: order
# named: other_randomness
def python_global(n, m, rng):
    import random

    _checked(m)
    idx = list(range(n))
    random.shuffle(idx)
    return [np.array(batch) for batch in _cut(idx, m)]


# loses: order
# named: other_randomness
def new_generator(n, m, rng):
    _checked(m)
    return _cut(np.random.default_rng().permutation(n), m)


_own = np.random.default_rng(42)


# loses: order
# named: rng_unused
def own_generator(n, m, rng):
    _checked(m)
    return _cut(_own.permutation(n), m)


_count = [0]


# loses: order
# named: rng_unused
def counts_calls(n, m, rng):
    _checked(m)
    _count[0] += 1
    return _cut(np.random.default_rng(_count[0]).permutation(n), m)


# loses: order
# named: no_reshuffle
def shuffled_once(n, m, rng, kept={}):
    _checked(m)
    if n not in kept:
        kept[n] = rng.permutation(n)
    return _cut(kept[n].copy(), m)


# loses: edges
def anything_goes(n, m, rng):
    idx = rng.permutation(n)
    return [idx[i : i + m] for i in range(0, n, m or 1)]


# loses: edges
def assertion(n, m, rng):
    assert m >= 1
    return _cut(rng.permutation(n), m)


# loses: edges
def negative_alone(n, m, rng):
    if m < 0:
        raise ValueError
    return _cut(rng.permutation(n), m or n)


# loses: edges
def too_large_refused(n, m, rng):
    if m < 1 or m > n:
        raise ValueError
    return _cut(rng.permutation(n), m)


# loses: edges
def recursive(n, m, rng):
    _checked(m)

    def cut(idx):
        return [idx[:m], *cut(idx[m:])] if len(idx) else []

    return cut(rng.permutation(n))


# loses: form
def floats(n, m, rng):
    _checked(m)
    return _cut(rng.permutation(n).astype(float), m)


# loses: form
def columns(n, m, rng):
    _checked(m)
    return _cut(rng.permutation(n)[:, None], m)


_kept = {}


# loses: form
def views_of_one_order(n, m, rng):
    _checked(m)
    idx = _kept.setdefault(n, np.arange(n))
    rng.shuffle(idx)
    return _cut(idx, m)


# loses: edges
def integers_of_python_alone(n, batch_size, rng):
    if not isinstance(batch_size, int) or batch_size < 1:
        raise ValueError("batch_size")
    order = rng.permutation(n)
    return [order[i : i + batch_size] for i in range(0, n, batch_size)]
