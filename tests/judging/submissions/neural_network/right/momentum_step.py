import functools
import operator
from collections import namedtuple

import numpy as np


def two_lines(v, velocity, gradient, lr, momentum):
    velocity = momentum * velocity + gradient
    return v - lr * velocity, velocity


def new_names(v, velocity, gradient, lr, momentum):
    new_velocity = gradient + momentum * velocity
    new_v = v - lr * new_velocity
    return new_v, new_velocity


def list_of_two(v, u, g, lr, rho):
    u = np.add(np.multiply(rho, u), g)
    return [np.subtract(v, np.multiply(lr, u)), u]


def loops(v, velocity, gradient, lr, momentum):
    new_v, new_velocity = np.zeros(len(v)), np.zeros(len(v))
    for i in range(len(v)):
        new_velocity[i] = momentum * velocity[i] + gradient[i]
        new_v[i] = v[i] - lr * new_velocity[i]
    return new_v, new_velocity


def comprehensions(v, velocity, gradient, lr, momentum):
    velocity = [momentum * u + g for u, g in zip(velocity.tolist(), gradient.tolist())]
    return [p - lr * u for p, u in zip(v.tolist(), velocity)], velocity


def tuples_of_numpy_scalars(v, velocity, gradient, lr, momentum):
    pairs = [(p - lr * (momentum * u + g), momentum * u + g) for p, u, g in zip(v, velocity, gradient)]
    return tuple(zip(*pairs))


def zero_d(v, velocity, gradient, lr, momentum):
    pairs = [(p - lr * (momentum * u + g), momentum * u + g) for p, u, g in zip(v, velocity, gradient)]
    return [np.array(p) for p, _ in pairs], [np.array(u) for _, u in pairs]


def copied_first(v, velocity, gradient, lr, momentum):
    v, velocity = v.astype(float), velocity.astype(float)
    velocity *= momentum
    velocity += gradient
    v -= lr * velocity
    return v, velocity


def three_terms(v, u, g, lr, rho):
    """Without the new velocity in between."""
    return v - lr * rho * u - lr * g, rho * u + g


def from_the_difference(v, u, g, lr, rho):
    new = rho * u + g
    return v + -lr * new, new + 0.0


def matrix(v, u, g, lr, rho):
    """One step is linear in what goes in."""
    M = np.array([[1.0, -lr * rho, -lr], [0.0, rho, 1.0]])
    v, u = M @ np.stack([v, u, g])
    return v, u


def rows_of_one_array(v, u, g, lr, rho):
    return tuple(np.array([[1, -lr * rho, -lr], [0, rho, 1]]) @ np.vstack((v, u, g)))


def einsum(v, u, g, lr, rho):
    u = np.einsum("k,kd->d", [rho, 1.0], np.array([u, g]))
    return np.einsum("k,kd->d", [1.0, -lr], np.array([v, u])), u


def linear_system(v, u, g, lr, rho):
    """u′ − ρu = g and v′ + ηu′ = v as equations in (v′, u′)."""
    solution = np.linalg.solve([[1.0, lr], [0.0, 1.0]], np.stack([v, rho * u + g]))
    return solution[0], solution[1]


class _Optimiser:
    def __init__(self, lr, momentum):
        self.lr, self.momentum = lr, momentum

    def step(self, v, velocity, gradient):
        velocity = self.momentum * velocity + gradient
        return v - self.lr * velocity, velocity


def optimiser(v, velocity, gradient, lr, momentum):
    return _Optimiser(lr, momentum).step(v, velocity, gradient)


class _Momentum:
    State = namedtuple("State", "v velocity")

    def __call__(self, v, velocity, gradient, lr, momentum=0.9):
        self.velocity = momentum * velocity + gradient
        return self.State(v=v - lr * self.velocity, velocity=self.velocity.copy())


called_instance = _Momentum()
bound_method = _Momentum().__call__

one_line = lambda v, u, g, lr, rho: (v - lr * (rho * u + g), rho * u + g)


def walrus(v, u, g, lr, rho):
    return v - lr * (new := rho * u + g), new


def history(v, u, g, lr, rho):
    """The velocity as what has gathered so far, one gradient at a time."""
    new = functools.reduce(lambda total, gradient: rho * total + gradient, [g], u)
    return functools.reduce(operator.sub, [lr * new], v), new


def recursion(v, u, g, lr, rho):
    if len(v) == 0:
        return [], []
    head = rho * u[0] + g[0]
    vs, us = recursion(v[1:], u[1:], g[1:], lr, rho)
    return [v[0] - lr * head, *vs], [head, *us]


def columns(v, u, g, lr, rho):
    u = rho * u.reshape(-1, 1) + g.reshape(-1, 1)
    return (v.reshape(-1, 1) - lr * u).ravel(), u.ravel()


def where(v, u, g, lr, rho):
    u = np.where(u != 0, rho * u + g, g)
    return v - lr * u, u


def plain_descent_apart(v, u, g, lr, rho):
    if rho == 0:
        return v - lr * g, g.copy()
    u = rho * u + g
    return v - lr * u, u


def filled_buffers(v, u, g, lr, rho):
    out = np.empty((2, v.size))
    np.multiply(u, rho, out=out[1])
    np.add(out[1], g, out=out[1])
    np.multiply(out[1], -lr, out=out[0])
    np.add(out[0], v, out=out[0])
    return out[0].copy(), out[1].copy()


vectorised = np.vectorize(
    lambda v, u, g, lr, rho: (v - lr * (rho * u + g), rho * u + g), otypes=[float, float]
)
