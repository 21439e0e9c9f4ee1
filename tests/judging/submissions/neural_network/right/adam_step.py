import math
from collections import namedtuple
from dataclasses import astuple, dataclass
from functools import partial, reduce

import numpy as np


def as_in_the_paper(theta, m, v, g, t, alpha, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return theta - alpha * m_hat / (np.sqrt(v_hat) + eps), m, v


def new_names(v, m, s, gradient, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    new_m = beta1 * m + (1.0 - beta1) * gradient
    new_s = beta2 * s + (1.0 - beta2) * np.square(gradient)
    step = (new_m / (1 - np.power(beta1, t))) / (eps + (new_s / (1 - np.power(beta2, t))) ** 0.5)
    new_v = v - lr * step
    return new_v, new_m, new_s


def moved_towards_the_gradient(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    """A running mean goes a share of the way to the new value."""
    m = m + (1 - beta1) * (g - m)
    s = s + (1 - beta2) * (g**2 - s)
    return v - lr * (m / (1 - beta1**t)) / (np.sqrt(s / (1 - beta2**t)) + eps), m, s


def loops(v, m, s, gradient, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    d = len(v)
    new_v, new_m, new_s = np.zeros(d), np.zeros(d), np.zeros(d)
    for i in range(d):
        new_m[i] = beta1 * m[i] + (1 - beta1) * gradient[i]
        new_s[i] = beta2 * s[i] + (1 - beta2) * gradient[i] ** 2
        m_hat = new_m[i] / (1 - beta1**t)
        s_hat = new_s[i] / (1 - beta2**t)
        new_v[i] = v[i] - lr * m_hat / (math.sqrt(s_hat) + eps)
    return new_v, new_m, new_s


def _one(v, m, s, g, t, lr, beta1, beta2, eps):
    m, s = beta1 * m + (1 - beta1) * g, beta2 * s + (1 - beta2) * g * g
    return v - lr * m / (1 - beta1**t) / (math.sqrt(s / (1 - beta2**t)) + eps), m, s


def zipped_lists(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    each = zip(v.tolist(), m.tolist(), s.tolist(), g.tolist())
    triples = [_one(*numbers, t, lr, beta1, beta2, eps) for numbers in each]
    return [list(part) for part in zip(*triples)]


def tuples_of_numpy_scalars(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    triples = (_one(*numbers, t, lr, beta1, beta2, eps) for numbers in zip(v, m, s, g))
    return tuple(zip(*triples))


def vectorised(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    one = partial(_one, t=t, lr=lr, beta1=beta1, beta2=beta2, eps=eps)
    return np.vectorize(one, otypes=[float] * 3)(v, m, s, g)


def zero_d(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    triples = [_one(*numbers, t, lr, beta1, beta2, eps) for numbers in zip(v, m, s, g)]
    return [[np.array(triple[k]) for triple in triples] for k in range(3)]


def rate_corrected(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    """Both corrections in the learning rate, and ε stretched to match."""
    m = beta1 * m + (1 - beta1) * g
    s = beta2 * s + (1 - beta2) * g**2
    root = math.sqrt(1 - beta2**t)
    return v - lr * root / (1 - beta1**t) * m / (np.sqrt(s) + eps * root), m, s


def copied_first(v, m, s, gradient, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    v, m, s = (np.array(each, dtype=float) for each in (v, m, s))
    m *= beta1
    m += (1 - beta1) * gradient
    s *= beta2
    s += (1 - beta2) * gradient**2
    v -= lr * (m / (1 - beta1**t)) / (np.sqrt(s / (1 - beta2**t)) + eps)
    return v, m, s


def both_means_at_once(v, m, s, g, t, lr, *more):
    beta1, beta2, eps = (*more, *(0.9, 0.999, 1e-8)[len(more) :])
    beta = np.array([[beta1], [beta2]])
    means = beta * np.array([m, s]) + (1 - beta) * np.array([g, g**2])
    m_hat, s_hat = means / (1 - beta**t)
    return v - lr * m_hat / (np.sqrt(s_hat) + eps), means[0], means[1]


def einsum(v, m, s, g, t, lr, b1=0.9, b2=0.999, eps=1e-8):
    m = np.einsum("k,kd->d", [b1, 1 - b1], np.stack([m, g]))
    s = np.einsum("k,kd->d", [b2, 1 - b2], np.stack([s, np.einsum("d,d->d", g, g)]))
    return v - lr * np.divide(m / (1 - b1**t), np.sqrt(s / (1 - b2**t)) + eps), m, s


def by_keyword(v, m, s, gradient, t, lr, *more):
    options = dict(zip(("beta1", "beta2", "eps"), more))
    return as_in_the_paper(theta=v, m=m, v=s, g=gradient, t=t, alpha=lr, **options)


def any_arguments(*given):
    v, m, s, g, t, lr, beta1, beta2, eps = (*given, 0.9, 0.999, 1e-8) if len(given) == 6 else given
    return _Adam(lr, (beta1, beta2), eps).step(v, m, s, g, t)


class _Adam:
    def __init__(self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps = lr, betas, eps

    @staticmethod
    def average(old, new, beta):
        return beta * old + (1 - beta) * new

    def step(self, v, m, s, g, t):
        m = self.average(m, g, self.betas[0])
        s = self.average(s, g * g, self.betas[1])
        m_hat, s_hat = (mean / (1 - beta**t) for mean, beta in zip((m, s), self.betas))
        return v - self.lr * m_hat / (s_hat**0.5 + self.eps), m, s


def optimiser(v, m, s, gradient, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _Adam(lr, (beta1, beta2), eps).step(v, m, s, gradient, t)


@dataclass
class _State:
    v: np.ndarray
    m: np.ndarray
    s: np.ndarray

    def __iter__(self):
        return iter((self.v, self.m, self.s))

    def updated(self, g, t, lr, beta1, beta2, eps):
        m = np.average([self.m, g], axis=0, weights=[beta1, 1 - beta1])
        s = np.average([self.s, g**2], axis=0, weights=[beta2, 1 - beta2])
        return _State(self.v - lr * (m / (1 - beta1**t)) / (np.sqrt(s / (1 - beta2**t)) + eps), m, s)


def dataclass_inside(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return tuple(_State(v, m, s).updated(g, t, lr, beta1, beta2, eps))


def dataclass_as_tuple(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return astuple(_State(v, m, s).updated(g, t, lr, beta1, beta2, eps))


_Step = namedtuple("Step", "v m s")


class _Callable:
    beta1, beta2, eps = 0.9, 0.999, 1e-8

    def __call__(self, v, m, s, g, t, lr, beta1=None, beta2=None, eps=None):
        beta1 = self.beta1 if beta1 is None else beta1
        beta2 = self.beta2 if beta2 is None else beta2
        eps = self.eps if eps is None else eps
        m, s = beta1 * m + (1 - beta1) * g, beta2 * s + (1 - beta2) * g**2
        return _Step(v - lr * (m / (1 - beta1**t)) / (np.sqrt(s / (1 - beta2**t)) + eps), m, s)


called_instance = _Callable()
bound_method = _Callable().__call__


def power_as_a_loop(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    left1 = left2 = 1.0
    for _ in range(t):
        left1, left2 = left1 * beta1, left2 * beta2
    m = beta1 * m + (1 - beta1) * g
    s = beta2 * s + (1 - beta2) * g**2
    return v - lr * (m / (1 - left1)) / (np.sqrt(s / (1 - left2)) + eps), m, s


def power_from_the_logarithm(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    correct = lambda mean, beta: mean / (-math.expm1(t * math.log(beta)) if beta else 1.0)
    m, s = np.add(beta1 * m, (1 - beta1) * g), np.add(beta2 * s, (1 - beta2) * g**2)
    return v - lr * correct(m, beta1) / (np.sqrt(correct(s, beta2)) + eps), m, s


def weights_of_all_gradients(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    """1 − βᵗ is what the weights (1 − β)βᵏ of t gradients add up to."""
    m = beta1 * m + (1 - beta1) * g
    s = beta2 * s + (1 - beta2) * g**2
    age = np.arange(t)
    m_hat = m / np.sum((1 - beta1) * beta1**age)
    s_hat = s / np.sum((1 - beta2) * beta2**age)
    return v - lr * m_hat / (np.sqrt(s_hat) + eps), m, s


def powers_in_a_table(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    *_, left1 = np.cumprod(np.full(t, beta1))
    left2 = reduce(lambda product, _: product * beta2, range(t), 1.0)
    m, s = beta1 * m + (1 - beta1) * g, beta2 * s + (1 - beta2) * g**2
    return v - lr * (m / (1 - left1)) / (np.sqrt(s / (1 - left2)) + eps), m, s


def columns(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    v, m, s, g = (each[:, np.newaxis] for each in (v, m, s, g))
    m, s = beta1 * m + (1 - beta1) * g, beta2 * s + (1 - beta2) * g**2
    v = v - lr * (m / (1 - beta1**t)) / (np.sqrt(s / (1 - beta2**t)) + eps)
    return v.ravel(), m.ravel(), s.ravel()


@np.errstate(divide="ignore", invalid="ignore")
def nothing_where_nothing_moves(v, m, s, g, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, s = beta1 * m + (1 - beta1) * g, beta2 * s + (1 - beta2) * g**2
    ratio = (m / (1 - beta1**t)) / (np.sqrt(s / (1 - beta2**t)) + eps)
    return v - lr * np.where(m == 0, 0.0, ratio), m, s
