# named: sign
def sign(x1, x2, y, w1, w2, b):
    return 2 * (y - (w1 * x1 + w2 * x2 + b)) * x2


# named: factor_half
def no_factor_two(x1, x2, y, w1, w2, b):
    return (w1 * x1 + w2 * x2 + b - y) * x2


# named: x1_for_x_2
def same_as_the_first(x1, x2, y, w1, w2, b):
    return 2 * (w1 * x1 + w2 * x2 + b - y) * x1


# named: input_missing
def input_left_out(x1, x2, y, w1, w2, b):
    return 2 * (w1 * x1 + w2 * x2 + b - y)


# named: parentheses_missing
def parenthesis_missing(x1, x2, y, w1, w2, b):
    return 2 * (w1 * x1 + w2 * x2 + b) - y * x2


# named: without_b
def bias_left_out(x1, x2, y, w1, w2, b):
    return 2 * (w1 * x1 + w2 * x2 - y) * x2


# named: x1_and_x2_exchanged_in_y_hat
def weights_swapped(x1, x2, y, w1, w2, b):
    return 2 * (w2 * x1 + w1 * x2 + b - y) * x2


# named: x2_returned
def only_the_chain_factor(x1, x2, y, w1, w2, b):
    return x2


# named: weight_for_input
def weight_for_input(x1, x2, y, w1, w2, b):
    return 2 * (w1 * x1 + w2 * x2 + b - y) * w2


# named: square_kept+factor_half
def residual_to_the_second(x1, x2, y, w1, w2, b):
    return x2 * (w1 * x1 + w2 * x2 + b - y) ** 2


# named: target_halved
def target_halved(x1, x2, y, w1, w2, b):
    return 2 * (w1 * x1 + w2 * x2 + b - y / 2) * x2


# named: x2_returned
def input_back(x1, x2, y, w1, w2, b):
    return x2


# loses: value
# named: difference_quotient
def exact_difference(x1, x2, y, w1, w2, b):
    """A parabola's central difference is its slope."""

    def L(v):
        return (w1 * x1 + v * x2 + b - y) ** 2

    return (L(w2 + 0.5) - L(w2 - 0.5)) / 1.0
