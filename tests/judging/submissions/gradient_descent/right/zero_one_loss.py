import collections
import functools
import math
import operator
from fractions import Fraction

import numpy as np


def one_line(y_hat, y):
    return np.mean((y_hat >= 0.5) != y)


def loops(y_hat, y):
    mistakes = 0
    for i in range(len(y)):
        if y_hat[i] >= 0.5 and y[i] == 0:
            mistakes += 1
        elif y_hat[i] < 0.5 and y[i] == 1:
            mistakes += 1
    return mistakes / len(y)


def where(y_hat, y):
    label = np.where(y_hat >= 0.5, 1, 0)
    return np.sum(label != y) / label.size


def counted(y_hat, y):
    return np.count_nonzero(np.logical_xor(y_hat >= 0.5, y)) / y.shape[0]


def complement(y_hat, y):
    return 1 - np.mean((y_hat >= 0.5) == (y == 1))


def confusion(y_hat, y):
    above = y_hat >= 0.5
    false_positive = np.sum(above & (y == 0))
    false_negative = np.sum(~above & (y == 1))
    return (false_positive + false_negative) / len(above)


def zero_norm(y_hat, y):
    """The "0-norm" is the number of entries that are not zero."""
    return np.linalg.norm((y_hat >= 0.5).astype(float) - y, ord=0) / len(y)


def squared(y_hat, y):
    """Between labels the square of the difference is 0 or 1."""
    label = (y_hat >= 0.5) * 1.0
    return ((label - y) @ (label - y)) / len(y)


def heaviside(y_hat, y):
    return np.abs(np.heaviside(np.subtract(y_hat, 0.5), 1.0) - y).mean()


def rounded_half_up(y_hat, y):
    label = np.clip(np.floor(y_hat + 0.5), 0, 1)
    return float((label != y).mean())


def listed(y_hat, y):
    pairs = zip(y_hat.tolist(), y.tolist())
    wrong = [int(p >= 0.5) != t for p, t in pairs]
    return sum(wrong) / len(wrong)


def operators(y_hat, y):
    labels = map(functools.partial(operator.le, 0.5), y_hat)
    return sum(map(operator.ne, labels, y)) / len(y)


def counter(y_hat, y):
    seen = collections.Counter(zip((y_hat >= 0.5).tolist(), (y == 1).tolist()))
    return (seen[True, False] + seen[False, True]) / sum(seen.values())


def digitised(y_hat, y):
    return np.average(np.digitize(y_hat, [0.5]) != y)


def margin(y_hat, y):
    """With labels ±1: wrong where the product is negative; ½ itself counts as 1."""
    score = np.where(y_hat == 0.5, 1.0, y_hat - 0.5)
    return np.mean(score * (2 * y - 1) < 0)


def zero_d(y_hat, y):
    label = np.zeros(y_hat.shape)
    label[y_hat >= 0.5] = 1
    return np.array(np.mean(np.abs(label - y)))


def einsum(y_hat, y):
    above = np.asarray(y_hat >= 0.5, dtype=float)
    return (np.einsum("i,i->", above, 1.0 - y) + np.einsum("i,i->", 1 - above, 1.0 * y)) / len(y)


def running_mean(y_hat, y):
    mean = 0.0
    for k, (p, t) in enumerate(zip(y_hat, y), start=1):
        mean += (float((p >= 0.5) != t) - mean) / k
    return mean


def exact(y_hat, y):
    half = Fraction(1, 2)
    wrong = sum((Fraction(p) >= half) != bool(t) for p, t in zip(y_hat.tolist(), y.tolist()))
    return float(Fraction(wrong, len(y)))


def recursion(y_hat, y):
    def mistakes(low, high):
        if high - low == 1:
            return int((y_hat[low] >= 0.5) != y[low])
        middle = (low + high) // 2
        return mistakes(low, middle) + mistakes(middle, high)

    return mistakes(0, len(y)) / len(y)


class _Classifier:
    def __init__(self, threshold=0.5):
        self.threshold = threshold

    def __call__(self, y_hat):
        return (y_hat >= self.threshold).astype(int)

    def loss(self, y_hat, y, weights=None):
        return np.average(self(y_hat) != y, weights=weights)


bound_method = _Classifier().loss


class _Mean:
    def __init__(self, of):
        self.of = of

    def __call__(self, *arrays):
        return math.fsum(self.of(*entries) for entries in zip(*arrays)) / len(arrays[0])


@_Mean
def decorated(p, t):
    return 1.0 if (1 if p >= 0.5 else 0) != t else 0.0


instance = _Mean(lambda p, t: t if p < 0.5 else 1 - t)
expression = lambda y_hat, y: np.divide(((y_hat < 0.5) == y).sum(), y.size)
vectorised = lambda y_hat, y: np.vectorize(lambda p, t: 0.0 if (p >= 0.5) == t else 1.0)(y_hat, y).mean()
