import math

import numpy as np
from numpy import exp, where


def two_branches(z):
    z = np.asarray(z, dtype=float)
    out = np.empty_like(z)
    up = z >= 0
    out[up] = 1 / (1 + np.exp(-z[up]))
    e = np.exp(z[~up])
    out[~up] = e / (1 + e)
    return out


def tanh(z):
    return 0.5 * (1 + np.tanh(0.5 * np.asarray(z)))


def logaddexp(z):
    return np.exp(-np.logaddexp(0, -np.asarray(z)))


def negative_absolute(z):
    e = exp(-np.abs(z))
    return where(np.asarray(z) >= 0, 1 / (1 + e), e / (1 + e))


def clipped(z):
    return 1.0 / (1.0 + np.exp(-np.clip(z, -500, 500)))


def where_with_clipping(z):
    z = np.asarray(z)
    return np.where(
        z >= 0,
        1 / (1 + np.exp(-np.clip(z, 0, None))),
        np.exp(np.clip(z, None, 0)) / (1 + np.exp(np.clip(z, None, 0))),
    )


def local_errstate(z):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-np.asarray(z, float)))


@np.errstate(all="ignore")
def decorated(z):
    return 1 / (1 + np.exp(-np.asarray(z)))


def maximum(z):
    z = np.asarray(z, float)
    top = np.maximum(0, z)
    return np.exp(z - top) / (np.exp(-top) + np.exp(z - top))


def _one(z):
    if z >= 0:
        return 1 / (1 + math.exp(-z))
    return math.exp(z) / (1 + math.exp(z))


one_by_one = np.vectorize(_one, otypes=[float])


def comprehension(z):
    if np.ndim(z) == 0:
        return _one(float(z))
    return np.array([_one(v) for v in np.ravel(z)]).reshape(np.shape(z))


def recursion_over_rows(z):
    if isinstance(z, np.ndarray) and z.ndim:
        return [recursion_over_rows(row) for row in z]
    return _one(z)


def minimum(z):
    return 1 / (1 + np.exp(np.minimum(-np.asarray(z), 700)))


def longdouble_free_scalar(z):
    out = np.atleast_1d(np.array(z, float))
    out = 0.5 * np.tanh(out / 2) + 0.5
    return out.reshape(np.shape(z))[()]


def fixed_point_of_masks(z):
    z = np.array(z, ndmin=1, dtype=float)
    s = np.zeros(z.shape)
    s[z > 0] = 1 / (1 + np.exp(-z[z > 0]))
    s[z <= 0] = 1 - 1 / (1 + np.exp(z[z <= 0]))
    return s if s.size > 1 else s[0]
