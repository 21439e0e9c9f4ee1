import random

import numpy as np


# named: sign
def sign(x1, x2, y, w1, w2, b):
    return 2 * (y - (w1 * x1 + w2 * x2 + b)) * x1


# named: factor_half
def no_factor_two(x1, x2, y, w1, w2, b):
    return (w1 * x1 + w2 * x2 + b - y) * x1


# named: sign_factor_half
def sign_and_no_factor_two(x1, x2, y, w1, w2, b):
    return -(w1 * x1 + w2 * x2 + b - y) * x1


# named: factor_2
def factor_four(x1, x2, y, w1, w2, b):
    return 4 * (w1 * x1 + w2 * x2 + b - y) * x1


# named: sign_factor_2
def sign_and_factor_four(x1, x2, y, w1, w2, b):
    return -4 * (w1 * x1 + w2 * x2 + b - y) * x1


# named: input_missing
def input_left_out(x1, x2, y, w1, w2, b):
    return 2 * (w1 * x1 + w2 * x2 + b - y)


# named: x2_for_x_1
def other_input(x1, x2, y, w1, w2, b):
    return 2 * (w1 * x1 + w2 * x2 + b - y) * x2


# named: weight_for_input
def weight_for_input(x1, x2, y, w1, w2, b):
    return 2 * (w1 * x1 + w2 * x2 + b - y) * w1


# named: without_b
def bias_left_out(x1, x2, y, w1, w2, b):
    return 2 * (w1 * x1 + w2 * x2 - y) * x1


# named: target_missing
def target_left_out(x1, x2, y, w1, w2, b):
    return 2 * (w1 * x1 + w2 * x2 + b) * x1


# named: without_x2_w2_in_y_hat
def other_feature_left_out(x1, x2, y, w1, w2, b):
    return 2 * (w1 * x1 + b - y) * x1


# named: square_kept
def residual_squared(x1, x2, y, w1, w2, b):
    return 2 * (w1 * x1 + w2 * x2 + b - y) ** 2 * x1


# named: loss_returned
def the_loss(x1, x2, y, w1, w2, b):
    return (w1 * x1 + w2 * x2 + b - y) ** 2


# named: absolute
def absolute(x1, x2, y, w1, w2, b):
    return abs(2 * (w1 * x1 + w2 * x2 + b - y) * x1)


# named: input_squared
def input_squared(x1, x2, y, w1, w2, b):
    return 2 * (w1 * x1 + w2 * x2 + b - y) * x1**2


# named: difference_quotient
# odd: a difference quotient
def forward_difference(x1, x2, y, w1, w2, b):
    def L(v):
        return (v * x1 + w2 * x2 + b - y) ** 2

    return (L(w1 + 1e-5) - L(w1)) / 1e-5


def nothing(x1, x2, y, w1, w2, b):
    pass


# named: always_zero
def zero(x1, x2, y, w1, w2, b):
    return 0.0


# named: constant
def one(x1, x2, y, w1, w2, b):
    return 1


# odd: random numbers
def at_random(x1, x2, y, w1, w2, b):
    return random.gauss(0, 1)


def too_few_arguments(x1, y, w1, b):
    return 2 * (w1 * x1 + b - y) * x1


def all_three(x1, x2, y, w1, w2, b):
    e = 2 * (w1 * x1 + w2 * x2 + b - y)
    return e * x1, e * x2, e


# loses: form
def one_in_an_array(x1, x2, y, w1, w2, b):
    return np.array([2 * (w1 * x1 + w2 * x2 + b - y) * x1])


# loses: form
def one_in_a_list(x1, x2, y, w1, w2, b):
    return [2 * (w1 * x1 + w2 * x2 + b - y) * x1]


# loses: edges
def floats_only(x1, x2, y, w1, w2, b):
    assert isinstance(x1, float), "x1 must be a float"
    return 2 * (w1 * x1 + w2 * x2 + b - y) * x1


_seen = {}


# named: constant
def memory(x1, x2, y, w1, w2, b):
    return _seen.setdefault("first", 2 * (w1 * x1 + w2 * x2 + b - y) * x1)


# loses: value
# named: difference_quotient
def exact_difference(x1, x2, y, w1, w2, b):
    """A parabola's central difference is its slope."""

    def L(v):
        return (v * x1 + w2 * x2 + b - y) ** 2

    return (L(w1 + 0.5) - L(w1 - 0.5)) / 1.0
