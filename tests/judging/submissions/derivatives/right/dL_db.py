import functools
import math

import numpy as np

TWO = 2


def chain(x1, x2, y, w1, w2, b):
    dL_dyhat = TWO * (w1 * x1 + w2 * x2 + b - y)
    dyhat_db = 1
    return dL_dyhat * dyhat_db


def expanded(p, q, t, u, v, c):
    return 2 * u * p + 2 * v * q + 2 * c - 2 * t


def minus(x1, x2, y, w1, w2, b):
    return -2 * (y - w1 * x1 - w2 * x2 - b)


def zero_d(x1, x2, y, w1, w2, b):
    return np.asarray(2.0 * (np.dot([w1, w2], [x1, x2]) + b - y))


def numpy_scalar(x1, x2, y, w1, w2, b):
    return np.float64(2 * (w1 * x1 + w2 * x2 + b - y))


def with_math(x1, x2, y, w1, w2, b):
    return 2 * math.fsum((w1 * x1, w2 * x2, b, -y))


short = lambda x1, x2, y, w1, w2, b: (w1 * x1 + w2 * x2 + b - y) * 2
cached = functools.lru_cache(short)
