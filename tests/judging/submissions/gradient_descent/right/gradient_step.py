import copy
import functools

import numpy as np


def plain(v, gradient, lr):
    return v - lr * gradient


def functions(v, g, lr):
    return np.subtract(v, np.multiply(lr, g))


def loops(v, g, lr):
    new = np.empty(len(v))
    for i in range(len(v)):
        new[i] = v[i] - lr * g[i]
    return new


def listed(v, g, lr):
    return [a - lr * s for a, s in zip(v, g)]


def tupled(v, g, lr):
    return tuple(map(lambda a, s: a - lr * s, v.tolist(), g.tolist()))


def copied(v, g, lr):
    new = v.astype(np.float64)
    new -= lr * g
    return new


def deep_copied(v, g, lr):
    new = copy.deepcopy(v)
    new = new + 0.0
    step = copy.deepcopy(g) * lr
    new -= step
    return new


def appended(v, g, lr):
    result = []
    for i, component in enumerate(v):
        result.append(float(component) + (-lr) * float(g[i]))
    return result


def einsum(v, g, lr):
    return np.einsum("k,ki->i", [1.0, -lr], np.stack([v, g]))


def block_matrix(v, g, lr):
    d = len(v)
    return np.hstack([np.eye(d), -lr * np.eye(d)]) @ np.concatenate([v, g])


def between(v, g, lr):
    """On the line from v to v − ∇L."""
    return (1 - lr) * v + lr * (v - g)


def proximal(v, g, lr):
    """Where gᵀu + ‖u − v‖²/(2η) is smallest, from its normal equations."""
    return np.linalg.solve(np.eye(len(v)), v - lr * np.asarray(g))


def direction_and_length(v, g, lr):
    length = np.linalg.norm(g)
    down = -g / length if length > 0 else np.zeros(len(g))
    return v + lr * length * down


def iterated(v, g, lr):
    return np.fromiter((a - lr * s for a, s in zip(v, g)), dtype=float, count=len(v))


def accumulated(v, g, lr):
    new = np.array(v, dtype=float)
    for i in range(new.size):
        new[i] += -lr * g[i]
    return new


def recursion(v, g, lr):
    return [] if len(v) == 0 else [v[0] - lr * g[0], *recursion(v[1:], g[1:], lr)]


class _Vector:
    def __init__(self, values):
        self.values = list(values)

    def __sub__(self, other):
        return _Vector(a - b for a, b in zip(self.values, other.values))

    def __rmul__(self, factor):
        return _Vector(factor * a for a in self.values)


def own_vectors(v, g, lr):
    return (_Vector(v) - lr * _Vector(g)).values


class _Optimiser:
    def __init__(self, momentum=0.0):
        self.momentum = momentum
        self.steps = 0

    def __call__(self, v, g, lr):
        self.steps += 1
        velocity = self.momentum * np.zeros(v.shape) + g
        return v - lr * velocity

    def step(self, v, g, lr, weight_decay=0.0):
        return (1 - lr * weight_decay) * v - lr * g


instance = _Optimiser()
bound_method = _Optimiser().step


def _walk(sign, v, g, lr):
    return v + sign * lr * g


partly = functools.partial(_walk, -1)


def _on_copies(function):
    @functools.wraps(function)
    def protected(v, g, lr):
        return function(np.array(v, float), np.array(g, float), lr)

    return protected


@_on_copies
def decorated(v, g, lr):
    g *= lr
    v -= g
    return v


expression = lambda v, g, lr: -(lr * g - v)
vectorised = np.vectorize(lambda a, s, lr: a - lr * s, otypes=[float])
