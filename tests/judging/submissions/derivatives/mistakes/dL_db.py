# multiplied with b
def times_b(x1, x2, y, w1, w2, b):
    return 2 * (w1 * x1 + w2 * x2 + b - y) * b


# the two is missing
def no_two(x1, x2, y, w1, w2, b):
    return -(y - w1 * x1 - w2 * x2 - b)


# minus two
def minus_two(x1, x2, y, w1, w2, b):
    r = w1 * x1 + w2 * x2 + b - y
    return -2 * r


# only the sign
def sign_of_error(x1, x2, y, w1, w2, b):
    e = w1 * x1 + w2 * x2 + b - y
    return 2.0 if e > 0 else -2.0


# integer
def whole(x1, x2, y, w1, w2, b):
    return int(2 * (w1 * x1 + w2 * x2 + b - y))


# the squared error itself
def loss_itself(x1, x2, y, w1, w2, b):
    return (w1 * x1 + w2 * x2 + b - y) ** 2


# inputs
def times_x1(x1, x2, y, w1, w2, b):
    return 2 * x1 * (w1 * x1 + w2 * x2 + b - y)
