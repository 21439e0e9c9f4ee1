import numpy as np


def _s(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


# sigma itself
def sigma_itself(z):
    return _s(z)


# treats z as sigma
def of_output(z):
    return z * (1 - z)


# squared
def squared(z):
    s = _s(z)
    return (s * (1 - s)) ** 2


# measured
def measured(z):
    h = 1e-5
    return (_s(z + h) - _s(z - h)) / (2 * h)


# plus
def plus(z):
    return _s(z) * (1 + _s(z))


# tanh's
def tanhs(z):
    return 1 - np.tanh(z) ** 2


# sign lost / negative
def negative(z):
    s = _s(z)
    return s * (s - 1)


# 1 - s^2
def one_minus_square(z):
    return 1 - _s(z) ** 2


# e^-z over once
def not_squared(z):
    e = np.exp(-np.abs(z))
    return e / (1 + e)


# floor of tiny values
def floor(z):
    s = _s(z)
    return np.maximum(s * (1 - s), 0.1)


# measured with a coarse step
def coarse(z):
    h = 1e-2
    return (_s(z + h) - _s(z - h)) / (2 * h)
