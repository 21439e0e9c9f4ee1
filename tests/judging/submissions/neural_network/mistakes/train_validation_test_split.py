import numpy as np


# no shuffle
def in_order(n, validation, test, rng):
    a, c = round(validation * n), round(test * n)
    c = min(c, n - a)
    i = np.arange(n)
    return i[a + c :], i[:a], i[a : a + c]


# floor
def floored(n, validation, test, rng):
    p = rng.permutation(n)
    a, c = int(validation * n), int(test * n)
    return p[a + c :], p[:a], p[a : a + c]


# test, validation exchanged
def exchanged(n, validation, test, rng):
    p = rng.permutation(n)
    a = round(validation * n)
    c = min(round(test * n), n - a)
    return p[a + c :], p[a : a + c], p[:a]


# overlap
def overlap(n, validation, test, rng):
    a = round(validation * n)
    c = min(round(test * n), n - a)
    v = rng.choice(n, a, replace=False)
    t = rng.choice(n, c, replace=False)
    rest = np.setdiff1d(np.arange(n), np.concatenate([v, t]))
    return rest, v, t


# own generator
def own_rng(n, validation, test, rng):
    p = np.random.permutation(n)
    a = round(validation * n)
    c = min(round(test * n), n - a)
    return p[a + c :], p[:a], p[a : a + c]


# test share of the rest
def share_of_rest(n, validation, test, rng):
    p = rng.permutation(n)
    a = round(validation * n)
    c = min(round(test * (n - a)), n - a)
    return p[a + c :], p[:a], p[a : a + c]


# train first in tuple order
def order_of_tuple(n, validation, test, rng):
    p = rng.permutation(n)
    a = round(validation * n)
    c = min(round(test * n), n - a)
    return p[:a], p[a : a + c], p[a + c :]


# ceil
def ceil(n, validation, test, rng):
    p = rng.permutation(n)
    a = int(np.ceil(validation * n))
    c = min(int(np.ceil(test * n)), n - a)
    return p[a + c :], p[:a], p[a : a + c]
