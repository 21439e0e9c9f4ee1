import numpy as np


# last dropped
def drops(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError
    p = rng.permutation(n)
    k = n // batch_size
    return [p[i * batch_size : (i + 1) * batch_size] for i in range(k)] or [p]


# array_split
def even(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError
    return np.array_split(rng.permutation(n), -(-n // batch_size))


# replacement
def replacement(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError
    out, left = [], n
    while left > 0:
        out.append(rng.integers(0, n, min(batch_size, left)))
        left -= batch_size
    return out


# shuffled batches, not examples
def blocks(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError
    B = [np.arange(i, min(i + batch_size, n)) for i in range(0, n, batch_size)]
    return [B[k] for k in rng.permutation(len(B))]


# sorted inside
def seed_zero(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError
    p = np.random.default_rng(0).permutation(n)
    return [p[i : i + batch_size] for i in range(0, n, batch_size)]


# from one
def from_one(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError
    p = rng.permutation(n) + 1
    return [p[i : i + batch_size] for i in range(0, n, batch_size)]


# overlapping
def overlapping(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError
    p = rng.permutation(n)
    return [p[i : i + batch_size + 1] for i in range(0, n, batch_size)]


# floats
def floats(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError
    p = rng.permutation(n).astype(float)
    return [p[i : i + batch_size] for i in range(0, n, batch_size)]
