import functools
import math
from numpy import *
from numpy.linalg import norm

import numpy as np


def plain(gradient):
    length = np.linalg.norm(gradient)
    if length == 0:
        return np.zeros_like(gradient, dtype=float)
    return gradient / length


def star(g):
    return g / norm(g) if any(g) else zeros(g.shape)


def hypotenuse(g):
    length = math.hypot(*g)
    return [x / length if length else 0.0 for x in g]


def einsum_(g):
    g = np.asarray(g, float)
    s = np.sqrt(np.einsum("i,i", g, g))
    return g / s if s > 0 else g * 0


def square_root_of_sum(g):
    total = 0.0
    for x in g:
        total += x**2
    if not total:
        return np.zeros(len(g))
    return np.array([x / total**0.5 for x in g])


def scaled_first(g):
    top = np.max(np.abs(g))
    if top == 0.0:
        return np.zeros(g.size)
    g = g / top
    return g / np.linalg.norm(g)


def largest_of_length_and_one_where_zero(g):
    length = np.sqrt(g @ g)
    return g / (length + (length == 0))


def divide_where(g):
    length = np.linalg.norm(g)
    return np.divide(g, length, out=np.zeros(g.shape), where=length != 0)


def quiet_nan(g):
    with np.errstate(invalid="ignore"):
        return np.nan_to_num(g / np.linalg.norm(g))


def smallest_float(g):
    """The smallest of all normal numbers only matters where the gradient is zero."""
    return g / np.maximum(np.linalg.norm(g), np.finfo(float).tiny)


def try_python(g):
    length = math.sqrt(sum(float(x) * float(x) for x in g.tolist())) if False else math.dist(g, [0] * len(g))
    try:
        return tuple(float(x) / length for x in g)
    except ZeroDivisionError:
        return (0.0,) * len(g)


def equal_to_zero(g):
    if np.array_equal(g, np.zeros_like(g)):
        return np.copy(g)
    return g * np.linalg.norm(g) ** -1


def column(g):
    g = g.reshape(-1, 1)
    length = np.linalg.norm(g, axis=0)
    return (g / np.where(length > 0, length, 1)).ravel()


def list_of_zero_d_arrays(g):
    length = np.linalg.norm(g)
    return [np.array(x / length if length else 0.0) for x in g]


class _Direction:
    def __init__(self, sign):
        self.sign = sign

    def __call__(self, g):
        length = np.linalg.norm(g)
        return self.sign * g / length if length > 0 else np.zeros(len(g))


instance = _Direction(+1)
partly = functools.partial(lambda sign, g: _Direction(sign)(g), 1.0)
