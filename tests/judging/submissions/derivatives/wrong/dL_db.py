# named: sign
def sign(x1, x2, y, w1, w2, b):
    return 2 * (y - (w1 * x1 + w2 * x2 + b))


# named: factor_half
def no_factor_two(x1, x2, y, w1, w2, b):
    return w1 * x1 + w2 * x2 + b - y


# named: times_b
def times_bias(x1, x2, y, w1, w2, b):
    return 2 * (w1 * x1 + w2 * x2 + b - y) * b


# named: times_x1
def times_input(x1, x2, y, w1, w2, b):
    return 2 * (w1 * x1 + w2 * x2 + b - y) * x1


# named: without_b
def bias_left_out(x1, x2, y, w1, w2, b):
    return 2 * (w1 * x1 + w2 * x2 - y)


# named: constant
def one(x1, x2, y, w1, w2, b):
    return 1


# named: always_zero
def zero(x1, x2, y, w1, w2, b):
    return 0


# named: loss_returned
def squared(x1, x2, y, w1, w2, b):
    return (w1 * x1 + w2 * x2 + b - y) ** 2


# named: factor_quarter
def half_of_a_half(x1, x2, y, w1, w2, b):
    return 0.5 * (w1 * x1 + w2 * x2 + b - y)


def printed(x1, x2, y, w1, w2, b):
    print(2 * (w1 * x1 + w2 * x2 + b - y))


# named: sign_of_error
def sign_of_the_residual(x1, x2, y, w1, w2, b):
    r = w1 * x1 + w2 * x2 + b - y
    return 2 if r > 0 else -2


# named: target_missing
def target_missing(x1, x2, y, w1, w2, b):
    return 2 * (w1 * x1 + w2 * x2 + b)
