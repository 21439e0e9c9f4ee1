import math

import numpy as np

EPS = 0.0


def _steepest_ascent_direction(gradient):
    length = np.linalg.norm(gradient)
    return gradient / length if length > EPS else np.zeros(len(gradient))


def minus_up(gradient):
    return -_steepest_ascent_direction(gradient)


def plain(gradient):
    length = np.linalg.norm(gradient)
    if length == 0:
        return np.zeros(gradient.shape)
    return -gradient / length


def hypotenuse(g):
    length = math.hypot(*g.tolist())
    return [-x / length if length else 0.0 for x in g.tolist()]


def negative_zeros(g):
    length = np.linalg.norm(g)
    return -1.0 * (g / length) if length else -np.zeros(g.shape)


def in_a_copy(g):
    r = g.astype(float)
    length = np.sqrt(np.sum(r**2))
    if length != 0:
        r /= -length
    return r


def divide_where(g):
    return np.divide(-g, np.linalg.norm(g), out=np.zeros(len(g)), where=g.any())


def dot(g):
    squared = np.dot(g, g)
    return -g * (1 / math.sqrt(squared)) if squared > 0 else 0.0 * g


def loops(g):
    total = 0
    for x in g:
        total += x * x
    result = np.zeros(len(g))
    for i in range(len(g)):
        if total > 0:
            result[i] = -g[i] / math.sqrt(total)
    return result


smallest = lambda g: -g / max(float(np.linalg.norm(g)), 5e-324)
