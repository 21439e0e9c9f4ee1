import cmath
import functools
import math

import numpy as np


def unit_vector(gradient, direction):
    length = np.linalg.norm(direction)
    if length == 0:
        raise ValueError("the zero vector has no direction")
    return gradient @ (direction / length)


def loops(g, r):
    product = squares = 0.0
    for i in range(len(r)):
        product += g[i] * r[i]
        squares += r[i] ** 2
    if squares == 0:
        raise ValueError("no direction")
    return product / squares**0.5


def hypotenuse(g, r):
    length = math.hypot(*r.tolist())
    if not length:
        raise ValueError("direction must not be zero")
    return math.fsum(a * b for a, b in zip(g.tolist(), r.tolist())) / length


def division_fails(g, r):
    squares = sum(x * x for x in r.tolist())
    try:
        factor = 1 / math.sqrt(squares)
    except ZeroDivisionError:
        raise ValueError("a zero direction") from None
    return sum(a * b * factor for a, b in zip(g.tolist(), r.tolist()))


def einsum(g, r):
    squares = np.einsum("i,i", r, r)
    if squares > 0:
        return np.einsum("i,i->", g, r) / np.sqrt(squares)
    raise ValueError


def angle(g, r):
    """The length of the gradient times the cosine."""
    if not r.any():
        raise ValueError("The direction is zero.")
    if not g.any():
        return 0.0
    steepest = np.linalg.norm(g)
    cosine = np.dot(g / steepest, r / np.linalg.norm(r))
    return steepest * cosine


def projection(g, r):
    """The signed length of the gradient's shadow on the direction."""
    if np.count_nonzero(r) == 0:
        raise ValueError("nothing to project on")
    multiple = np.linalg.lstsq(r[:, np.newaxis], g, rcond=None)[0][0]
    return multiple * np.sqrt(np.sum(np.square(r)))


def complex_step(g, r):
    h = 1e-30
    squares = np.vdot(r, r)
    if squares == 0:
        raise ValueError("zero direction")
    along = r / cmath.sqrt(complex(squares)).real
    return np.sum(g * (1j * h * along)).imag / h


def difference_quotient(gradient, direction):
    """Exact, as the linearised loss is a straight line."""
    if np.all(direction == 0):
        raise ValueError("direction")

    def loss(step):
        return gradient @ (step * direction / np.linalg.norm(direction))

    return loss(1.0) - loss(0.0)


class _Dual:
    def __init__(self, value, slope=0.0):
        self.value, self.slope = value, slope

    def __add__(self, other):
        return _Dual(self.value + other.value, self.slope + other.slope)

    def __mul__(self, factor):
        return _Dual(self.value * factor, self.slope * factor)


def dual_numbers(g, r):
    length = float(np.sqrt(r @ r))
    if length == 0.0:
        raise ValueError("zero direction")
    loss = _Dual(0.0)
    for slope, component in zip(g, r):
        loss = loss + _Dual(1.0, component / length) * slope
    return loss.slope


class _NoDirection(ValueError):
    pass


class _Directional:
    def __init__(self, order=2):
        self.order = order

    def __call__(self, g, r):
        length = np.linalg.norm(r, self.order)
        if length <= 0:
            raise _NoDirection
        return np.inner(g, r) / length


instance = _Directional()


def _nonzero(function):
    @functools.wraps(function)
    def checked(g, r):
        if not np.any(r):
            raise ValueError(f"{function.__name__}: zero")
        return function(g, r)

    return checked


@_nonzero
def decorated(g, r, p=2):
    return np.trace(np.outer(g, r)) / np.power(np.sum(np.abs(r).astype(float) ** p), 1 / p)


def float_error(g, r):
    with np.errstate(invalid="raise"):
        try:
            unit = r / np.linalg.norm(r)
        except FloatingPointError as error:
            raise ValueError("zero direction") from error
    return np.tensordot(g, unit, axes=1)


def zero_d(g, r):
    r = np.array(r, dtype=np.float64)
    largest = np.max(np.abs(r))
    if largest == 0:
        raise ValueError("zero direction")
    r /= largest
    r /= np.linalg.norm(r)
    return np.asarray((g * r).sum())


def _product(a, b):
    return float(a[0] * b[0]) + _product(a[1:], b[1:]) if len(a) else 0.0


def recursion(g, r):
    if (length := _product(r, r) ** 0.5) == 0:
        raise ValueError("zero direction")
    return _product(g, r) / length


def matrices(g, r):
    row, column = g.reshape(1, -1), r.reshape(-1, 1)
    length = np.sqrt((column.T @ column).item())
    if not length > 0:
        raise ValueError("zero direction")
    return (row @ column).item() / length


def _refuse():
    raise ValueError("zero direction")


expression = lambda g, r: g.dot(r) / np.linalg.norm(r) if r.any() else _refuse()
