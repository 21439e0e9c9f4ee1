import functools
import math
from fractions import Fraction

import numpy as np


def one_line(a, c):
    if not np.any(a):
        raise ValueError("no b solves 0ᵀb = c")
    return c * a / (a @ a)


def along_the_unit_vector(a, c):
    length = np.linalg.norm(a)
    if length == 0:
        raise ValueError("a must not be zero")
    return (c / length) * (a / length)


def loops(a, c):
    squares = 0
    for x in a:
        squares = squares + x**2
    if squares == 0:
        raise ValueError("a is zero")
    b = np.empty(len(a))
    for i in range(len(a)):
        b[i] = c * a[i] / squares
    return b


def listed(a, c):
    squares = math.fsum(x * x for x in a.tolist())
    if squares == 0.0:
        raise ValueError("a is zero")
    return [c * x / squares for x in a.tolist()]


def tupled(a, c):
    try:
        multiplier = float(c) / float(np.dot(a, a))
    except ZeroDivisionError as error:
        raise ValueError("a is zero") from error
    return tuple(multiplier * x for x in a)


def pseudo_inverse(a, c):
    if (a == 0).all():
        raise ValueError("a is zero")
    return np.linalg.pinv(a.reshape(1, -1)) @ np.array([c])


def least_squares(a, c):
    """Of all solutions of an underdetermined system lstsq gives the shortest."""
    b, _, rank, _ = np.linalg.lstsq(a[np.newaxis], [c], rcond=None)
    if rank == 0:
        raise ValueError("a is zero")
    return b


def lagrange_conditions(a, c):
    """2b = μa and aᵀb = c as one linear system."""
    if not a.any():
        raise ValueError("a is zero")
    d = len(a)
    system = np.zeros((d + 1, d + 1))
    system[:d, :d] = 2 * np.eye(d)
    system[:d, d] = -a
    system[d, :d] = a
    return np.linalg.solve(system, np.r_[np.zeros(d), c])[:d]


def multiplier_from_a_system(a, c):
    """NumPy's LinAlgError is a ValueError."""
    return np.linalg.solve([[float(a @ a)]], [float(c)])[0] * a


def orthogonal_triangular(a, c):
    q, r = np.linalg.qr(a[:, None].astype(float))
    if r[0, 0] == 0:
        raise ValueError("a is zero")
    return q[:, 0] * c / r[0, 0]


def singular_values(a, c):
    u, s, vt = np.linalg.svd(a.reshape(1, len(a)), full_matrices=False)
    if s[0] == 0:
        raise ValueError("a is zero")
    return vt[0] * (u[0, 0] * c / s[0])


def any_solution_projected(a, c):
    """One unknown takes all; what is not along a is taken away."""
    k = np.argmax(np.abs(a))
    if a[k] == 0:
        raise ValueError("a is zero")
    b = np.zeros(len(a))
    b[k] = c / a[k]
    unit = a / np.linalg.norm(a)
    return unit * (unit @ b)


def exact(a, c):
    a, c = [Fraction(x) for x in a.tolist()], Fraction(c)
    squares = sum(x * x for x in a)
    if squares == 0:
        raise ValueError("a is zero")
    return np.array([float(c * x / squares) for x in a])


def einsum(a, c):
    squares = np.einsum("i,i->", a, a)
    if squares > 0:
        return np.einsum(",i->i", float(c), a) / squares
    raise ValueError("a is zero")


def float_error(a, c):
    with np.errstate(all="raise", under="ignore"):
        try:
            return c * (a / np.sum(np.square(a)))
        except FloatingPointError:
            raise ValueError("a is zero") from None


def scaled(a, c):
    largest = abs(a).max()
    if largest == 0:
        raise ValueError("a is zero")
    s = a / largest
    s *= c / largest / s.dot(s)
    return s


class _Hyperplane:
    def __init__(self, a, c):
        if not np.count_nonzero(a):
            raise ValueError("a is zero")
        self.normal = a
        self.offset = c

    def __call__(self, point):
        gap = self.offset - self.normal @ point
        return point + gap * self.normal / np.linalg.norm(self.normal) ** 2


def nearest_point_to_the_origin(a, c):
    return _Hyperplane(a, c)(np.zeros(len(a)))


class _Solver:
    def __init__(self, power):
        self.power = power

    def solve(self, a, c):
        lengths = np.sqrt(np.sum(np.abs(a) ** 2.0))
        if lengths == 0:
            raise ValueError("a is zero")
        return np.multiply(a, c) / lengths**self.power


bound_method = _Solver(2).solve


def _nonzero(function):
    @functools.wraps(function)
    def checked(a, c, *rest):
        if max(map(abs, a)) == 0:
            raise ValueError("a is zero")
        return function(a, c, *rest)

    return checked


@_nonzero
def decorated(a, c, order=2):
    return np.divide(c * a, math.hypot(*a.tolist()) ** order)
