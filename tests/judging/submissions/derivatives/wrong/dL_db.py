# named: sign
def sign(x1, x2, y, w1, w2, b):
    return 2 * (y - (w1 * x1 + w2 * x2 + b))


# named: factor_half
def no_factor_two(x1, x2, y, w1, w2, b):
    return w1 * x1 + w2 * x2 + b - y


def times_bias(x1, x2, y, w1, w2, b):
    return 2 * (w1 * x1 + w2 * x2 + b - y) * b


def times_input(x1, x2, y, w1, w2, b):
    return 2 * (w1 * x1 + w2 * x2 + b - y) * x1


def bias_left_out(x1, x2, y, w1, w2, b):
    return 2 * (w1 * x1 + w2 * x2 - y)


def one(x1, x2, y, w1, w2, b):
    return 1


def zero(x1, x2, y, w1, w2, b):
    return 0


def squared(x1, x2, y, w1, w2, b):
    return (w1 * x1 + w2 * x2 + b - y) ** 2


def half_of_a_half(x1, x2, y, w1, w2, b):
    return 0.5 * (w1 * x1 + w2 * x2 + b - y)


def printed(x1, x2, y, w1, w2, b):
    print(2 * (w1 * x1 + w2 * x2 + b - y))


def sign_of_the_residual(x1, x2, y, w1, w2, b):
    r = w1 * x1 + w2 * x2 + b - y
    return 2 if r > 0 else -2


def target_missing(x1, x2, y, w1, w2, b):
    return 2 * (w1 * x1 + w2 * x2 + b)
