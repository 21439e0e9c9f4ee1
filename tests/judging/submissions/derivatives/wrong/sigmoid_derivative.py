import numpy as np


def _sigma(z):
    return 0.5 * (1 + np.tanh(np.asarray(z) / 2))


# named: sigma_for_slope
def sigma_itself(z):
    return _sigma(z)


# named: slope_at_sigma
def of_sigma(z):
    s = _sigma(_sigma(z))
    return s * (1 - s)


# named: without_sigma
def argument_is_sigma(z):
    return z * (1 - z)


# named: sign
def sign(z):
    s = _sigma(z)
    return s * (s - 1)


# named: plus_for_minus
def plus(z):
    s = _sigma(z)
    return s * (1 + s)


# named: one_minus_sigma
def one_minus(z):
    return 1 - _sigma(z)


# named: one_minus_sigma_twice
def squared_factor(z):
    s = _sigma(z)
    return s * (1 - s) ** 2


# named: slope_of_tanh
def one_minus_square(z):
    return 1 - _sigma(z) ** 2


# named: tanh_for_sigma
def tanh_derivative(z):
    return 1 - np.tanh(z) ** 2


# named: factor_half
def halved(z):
    s = _sigma(z)
    return s * (1 - s) / 2


# named: factor_2
def doubled(z):
    return (1 - np.tanh(np.asarray(z) / 2) ** 2) / 2


# named: factor_4
def one_at_zero(z):
    s = _sigma(z)
    return 4 * s * (1 - s)


# named: sigma_squared
def numerator_lost(z):
    return 1 / (1 + np.exp(-np.asarray(z))) ** 2


# named: always_zero
def zeros(z):
    return np.zeros(np.shape(z))


# named: constant
def quarter(z):
    return np.full(np.shape(z), 0.25)


def nothing(z):
    s = _sigma(z)
    s * (1 - s)


# odd: a difference quotient
def gradient_of_numpy(z):
    return np.gradient(_sigma(np.atleast_1d(z)), 0.1) if np.size(z) > 1 else _sigma(z)


# loses: edges, form
# named: not_a_number
def overflow(z):
    e = np.exp(-np.asarray(z, float))
    return e / (1 + e) ** 2


# loses: form
def warns(z):
    s = 1 / (1 + np.exp(-np.asarray(z, float)))
    return s * (1 - s)


# loses: edges
def floats_only(z):
    if isinstance(z, int):
        raise TypeError("float expected")
    s = _sigma(z)
    return s * (1 - s)


# loses: form
def column(z):
    s = _sigma(z)
    return (s * (1 - s)).reshape(-1, 1) if np.ndim(z) == 1 else s * (1 - s)


# loses: value
# named: difference_quotient
def central_difference(z):
    h = 1e-5
    return (_sigma(np.asarray(z) + h) - _sigma(np.asarray(z) - h)) / (2 * h)
