import math

import numpy as np


# named: sigma_mirrored
def positive_exponent(z):
    return 1 / (1 + np.exp(z))


# named: tanh
def tanh(z):
    return np.tanh(z)


# named: with_twice_z
def no_half_inside(z):
    return 0.5 * (1 + np.tanh(z))


# named: factor_2
def no_half(z):
    return 1 + np.tanh(np.asarray(z) / 2)


# named: slope_for_sigma
def derivative(z):
    s = 0.5 * (1 + np.tanh(np.asarray(z) / 2))
    return s * (1 - s)


# named: sigma_with_minus
def minus(z):
    return 1 / (1 - np.exp(-np.asarray(z)))


# named: sigma_mirrored
def exponential(z):
    return np.exp(-np.logaddexp(0, z))


# named: step
def step(z):
    return (np.asarray(z) > 0) * 1.0


# named: straight_line
def linear(z):
    return np.clip(0.5 + np.asarray(z) / 4, 0, 1)


# named: z_returned
def argument(z):
    return z


# named: constant
def constant(z):
    return np.full(np.shape(z), 0.5)


def nothing(z):
    1 / (1 + np.exp(-z))


def softmax(z):
    e = np.exp(z - np.max(z))
    return e / e.sum()


def one_number_only(z):
    return 1 / (1 + math.exp(-z))


# named: power_of_ten
def ten_to_the(z):
    return 1 / (1 + 10.0 ** (-np.asarray(z)))


# named: argument_cut_off
def clipped_too_tightly(z):
    return 1 / (1 + np.exp(-np.clip(z, -2, 2)))


# loses: edges
# named: argument_cut_off
def clipped_at_ten(z):
    return 1 / (1 + np.exp(-np.clip(z, -10, 10)))


# loses: form
def overflows(z):
    return 1 / (1 + np.exp(-np.asarray(z)))


# loses: form
def where_evaluates_both(z):
    z = np.asarray(z, float)
    with np.errstate(invalid="ignore"):
        return np.nan_to_num(
            np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(np.minimum(z, 0)) / (1 + np.exp(np.minimum(z, 0))))
        )


# loses: edges, form, curve
# named: not_a_number
def overflow_to_nan(z):
    z = np.asarray(z, float)
    if z.size > 12:
        return np.exp(z * 0 + np.nan)
    return np.exp(z) / (1 + np.exp(z))


# loses: edges, form
# named: not_a_number
def not_a_number_at_a_thousand(z):
    z = np.asarray(z, float)
    return np.exp(z) / (1 + np.exp(z))


# loses: edges
# named: whole_numbers_kept
def filled_like_whole_numbers(z):
    z = np.asarray(z)
    out = np.zeros_like(z)
    out[...] = 0.5 * (1 + np.tanh(z / 2))
    return out


# loses: form
def silences_numpy(z):
    np.seterr(all="ignore")
    return 1 / (1 + np.exp(-np.asarray(z)))


# loses: form
def changes_its_argument(z):
    if isinstance(z, np.ndarray):
        z *= 1 if z.dtype.kind == "i" else 0.5
        z = z if z.dtype.kind == "i" else 2 * z
    return 0.5 * (1 + np.tanh(np.asarray(z) / 2))


# loses: form
def always_a_vector(z):
    return 0.5 * (1 + np.tanh(np.atleast_1d(z) / 2))


# loses: edges
# named: argument_cut_off
def cut_off_in_the_end(z):
    return np.clip(0.5 * (1 + np.tanh(np.asarray(z) / 2)), 4.5397868702434395e-05, 1 - 4.5397868702434395e-05)
