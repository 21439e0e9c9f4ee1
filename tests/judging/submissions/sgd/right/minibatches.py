import math
import random

import numpy as np


def slices(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError("batch_size must be positive")
    order = rng.permutation(n)
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]


def shuffled_index(n, batch_size, rng):
    if batch_size <= 0:
        raise ValueError
    idx = np.arange(n)
    rng.shuffle(idx)
    batches = []
    i = 0
    while i < n:
        batches.append(idx[i : i + batch_size].copy())
        i += batch_size
    return batches


def shuffled_list(n, m, rng):
    if m < 1:
        raise ValueError(m)
    idx = list(range(n))
    rng.shuffle(idx)
    return [np.array(idx[k * m : (k + 1) * m]) for k in range(math.ceil(n / m))]


def choice(n, m, rng):
    if not m >= 1:
        raise ValueError
    idx = rng.choice(n, n, replace=False)
    return np.split(idx, range(m, n, m))


def random_numbers(n, m, rng):
    if m < 1:
        raise ValueError
    return np.array_split(np.argsort(rng.random(n)), np.arange(m, n, m))


def pool(n, m, rng):
    if m < 1:
        raise ValueError("batch size")
    left = set(range(n))
    batches = []
    while left:
        batch = rng.choice(sorted(left), size=min(m, len(left)), replace=False)
        left -= set(batch.tolist())
        batches.append(batch)
    return batches


def permuted(n, m, rng):
    if m < 1:
        raise ValueError
    idx = rng.permuted(np.arange(n))
    return list(np.split(idx, np.arange(m, n, m)))


def lists_of_ints(n, m, rng):
    if m < 1:
        raise ValueError
    idx = rng.permutation(n).tolist()
    return [idx[i : i + m] for i in range(0, n, m)]


def tuple_of_tuples(n, m, rng):
    if m < 1:
        raise ValueError
    idx = rng.permutation(n)
    return tuple(tuple(idx[i : i + m]) for i in range(0, n, m))


def python_random(n, m, rng):
    if m < 1:
        raise ValueError
    source = random.Random(int(rng.integers(1 << 40)))
    idx = source.sample(range(n), n)
    return [np.array(idx[i : i + m], dtype=np.int32) for i in range(0, n, m)]


def fisher_yates(n, m, rng):
    if m < 1:
        raise ValueError
    idx = np.arange(n)
    for i in range(n - 1, 0, -1):
        j = rng.integers(0, i + 1)
        idx[i], idx[j] = idx[j], idx[i]
    return [idx[i : i + m] for i in range(0, n, m)]


def small_integers(n, m, rng):
    if m < 1:
        raise ValueError
    idx = rng.permutation(n).astype(np.uint16)
    return [idx[i : i + m] for i in range(0, n, m)]


def sorted_inside(n, m, rng):
    if m < 1:
        raise ValueError
    idx = rng.permutation(n)
    return [np.sort(idx[i : i + m]) for i in range(0, n, m)]


class _Kept:
    """An index array lives on between the epochs."""

    order = None

    def __call__(self, n, m, rng):
        if m < 1:
            raise ValueError
        if self.order is None or len(self.order) != n:
            self.order = np.arange(n)
        rng.shuffle(self.order)
        return [self.order[i : i + m].copy() for i in range(0, n, m)]


kept = _Kept()


def spawned(n, m, rng):
    if m < 1:
        raise ValueError
    (child,) = rng.spawn(1)
    idx = child.permutation(n)
    return [idx[i : i + m] for i in range(0, n, m)]


def generated_inside(n, m, rng):
    def cut():
        idx = rng.permutation(n)
        for i in range(0, n, m):
            yield idx[i : i + m]

    if m < 1:
        raise ValueError
    return list(cut())
