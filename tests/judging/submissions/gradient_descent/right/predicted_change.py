import functools
import math
import operator

import numpy as np


def product(gradient, lr):
    return -lr * (gradient @ gradient)


def norm(gradient, lr):
    return -lr * np.linalg.norm(gradient) ** 2


def gradient_times_step(gradient, lr):
    step = -lr * gradient
    return float(np.dot(gradient, step))


def loops(g, lr):
    change = 0.0
    for component in g:
        change -= lr * component * component
    return change


def exactly_summed(g, lr):
    return -math.fsum(lr * x**2 for x in g.tolist())


def hypotenuse(g, lr):
    return -lr * math.hypot(*g.tolist()) ** 2


def einsum(g, lr):
    return np.einsum("i,i,->", g, g, -float(lr))


def zero_d(g, lr):
    return np.array(-lr * np.square(g).sum())


def step_and_speed(g, lr):
    """The step has length η‖∇L‖, and along it the loss falls with slope ‖∇L‖."""
    speed = np.sqrt(np.sum(np.power(g, 2)))
    return -(lr * speed) * speed


def imaginary(g, lr):
    turned = 1j * g
    return (lr * turned @ turned).real


def trace(g, lr):
    return -np.trace(lr * np.outer(g, g))


def matrices(g, lr):
    column = g[:, np.newaxis]
    return -(lr * column.T @ column).item()


def tangent_plane(g, lr):
    """The plane L(v) = gᵀv before and after the step."""

    def plane(v):
        return sum(a * b for a, b in zip(g.tolist(), v.tolist()))

    here = np.zeros(len(g))
    return plane(here - lr * g) - plane(here)


def complex_step(g, lr):
    """The slope of η ↦ L(v − ηg) at 0, times η."""
    h = 1e-20
    return lr * (np.sum(g * (-1j * h * g)).imag / h)


class _Dual:
    def __init__(self, value, slope):
        self.value, self.slope = value, slope

    def __sub__(self, other):
        return _Dual(self.value - other.value, self.slope - other.slope)

    def __rmul__(self, factor):
        return _Dual(factor * self.value, factor * self.slope)


def dual_numbers(g, lr):
    eta = _Dual(0.0, 1.0)
    loss = _Dual(0.0, 0.0)
    for slope in g.tolist():
        loss = loss - slope * (slope * eta)
    return lr * loss.slope


class _FirstOrder:
    def __init__(self, sign):
        self.sign = sign

    def __call__(self, g, lr):
        return self.sign * lr * np.inner(g, g)

    def method(self, g, lr, power=2):
        return self.sign * np.sum(abs(g) ** power) * lr


instance = _FirstOrder(-1)
bound_method = _FirstOrder(-1.0).method


def _along(direction, g, lr):
    return lr * np.vdot(g, direction(g))


partly = functools.partial(_along, np.negative)


def reduced(g, lr):
    return functools.reduce(operator.sub, (lr * x * x for x in g), 0.0)


def recursion(g, lr):
    return 0.0 if len(g) == 0 else recursion(g[1:], lr) - lr * float(g[0]) ** 2


def copy_squared(g, lr):
    squares = np.array(g, dtype=float)
    squares *= squares
    squares *= lr
    return -squares.sum()


expression = lambda g, lr: -lr * sum(map(lambda x: x**2, g))
