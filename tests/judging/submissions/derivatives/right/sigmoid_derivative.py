import math

import numpy as np


def _sigma(z):
    return 0.5 * (1 + np.tanh(np.asarray(z) / 2))


def product(z):
    s = _sigma(z)
    return s * (1 - s)


def symmetric(z):
    return _sigma(z) * _sigma(-np.asarray(z))


def tanh(z):
    return (1 - np.tanh(np.asarray(z) / 2) ** 2) / 4


def exponential(z):
    e = np.exp(-np.abs(z))
    return e / (1 + e) ** 2


def cosh(z):
    return 1 / (4 * np.cosh(np.clip(np.asarray(z, float), -600, 600) / 2) ** 2)


def squared_difference(z):
    s = _sigma(z)
    return s - s**2


def clipped(z):
    s = 1 / (1 + np.exp(-np.clip(z, -60, 60)))
    return np.multiply(s, np.subtract(1, s))


def logs(z):
    z = np.asarray(z, float)
    return np.exp(-np.logaddexp(0, z) - np.logaddexp(0, -z))


def errstate(z):
    with np.errstate(all="ignore"):
        s = 1 / (1 + np.exp(-np.asarray(z, float)))
    return s * (1 - s)


def _one(z):
    e = math.exp(-abs(z))
    return e / (1 + e) ** 2


def one_by_one(z):
    return _one(z) if np.ndim(z) == 0 else np.array([one_by_one(row) for row in z])


def quarter_of_sech(z):
    a = np.asarray(z) / 2.0
    return 0.25 * (1.0 - np.tanh(a)) * (1.0 + np.tanh(a))


def rounded_inside(z):
    s = np.round(0.5 * (1 + np.tanh(np.asarray(z, float) / 2)), 12)
    return s * (1 - s)
