import numpy as np
import math


def _check(r):
    if not np.any(r):
        raise ValueError("zero direction")


# not normalised
def raw(gradient, direction):
    _check(direction)
    return sum(g * r for g, r in zip(gradient, direction))


# eps beside the length
def eps_in_length(gradient, direction):
    _check(direction)
    return float(gradient @ direction / (np.linalg.norm(direction) + 1e-8))


# threshold
def small_is_zero(gradient, direction):
    n = np.linalg.norm(direction)
    if n < 1e-12:
        raise ValueError("zero")
    return float(gradient @ direction / n)


# the l1 norm
def l1(gradient, direction):
    _check(direction)
    return gradient @ direction / np.sum(np.abs(direction))


# sign
def minus(gradient, direction):
    _check(direction)
    return -(gradient @ direction) / math.hypot(*direction)


# swapped
def swapped(direction, gradient):
    _check(direction)
    return gradient @ direction / np.linalg.norm(direction)


# absolute
def absolute(gradient, direction):
    _check(direction)
    return abs(gradient @ direction) / np.linalg.norm(direction)


# rounded unit
def rounded_unit(gradient, direction):
    _check(direction)
    u = np.round(direction / np.linalg.norm(direction), 2)
    return float(gradient @ u)


# returns the vector
def mean_for_sum(gradient, direction):
    _check(direction)
    u = direction / np.linalg.norm(direction)
    return float(np.mean(gradient * u))
