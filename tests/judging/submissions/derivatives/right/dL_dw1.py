import functools
import math

import numpy as np


def chain(x1, x2, y, w1, w2, b):
    y_hat = w1 * x1 + w2 * x2 + b
    return 2 * (y_hat - y) * x1


def other_sign(x1, x2, y, w1, w2, b):
    return -2 * x1 * (y - (w1 * x1 + w2 * x2 + b))


def expanded(x1, x2, y, w1, w2, b):
    return 2 * w1 * x1**2 + 2 * w2 * x1 * x2 + 2 * b * x1 - 2 * x1 * y


def dotted(x1, x2, y, w1, w2, b):
    x, w = np.array([x1, x2]), np.array([w1, w2])
    return (2 * (w @ x + b - y) * x)[0]


def zero_d(x1, x2, y, w1, w2, b):
    return np.array(2.0 * (w1 * x1 + w2 * x2 + b - y) * x1)


def with_math(x1, x2, y, w1, w2, b):
    return 2 * math.fsum([w1 * x1, w2 * x2, b, -y]) * x1


def floats(x1, x2, y, w1, w2, b):
    x1, x2, y, w1, w2, b = map(float, (x1, x2, y, w1, w2, b))
    return float(2 * (w1 * x1 + w2 * x2 + b - y) * x1)


def power(x1, x2, y, w1, w2, b):
    return 2 * pow(w1 * x1 + w2 * x2 + b - y, 1) * x1


def _partial(k, *arguments):
    x1, x2, y, w1, w2, b = arguments
    return 2 * (w1 * x1 + w2 * x2 + b - y) * (x1, x2, 1)[k]


partly = functools.partial(_partial, 0)
short = lambda *a: 2 * (a[3] * a[0] + a[4] * a[1] + a[5] - a[2]) * a[0]
