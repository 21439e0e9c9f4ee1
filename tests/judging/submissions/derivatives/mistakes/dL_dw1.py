import math


# no factor 2
def power_rule_forgotten(x1, x2, y, w1, w2, b):
    guess = sum([w1 * x1, w2 * x2, b])
    return (guess - y) * x1


# central difference
def measured(x1, x2, y, w1, w2, b):
    L = lambda u: (u * x1 + w2 * x2 + b - y) ** 2
    h = 1e-6
    return (L(w1 + h) - L(w1 - h)) / (2 * h)


# forward difference
def measured_forward(x1, x2, y, w1, w2, b):
    def loss(a):
        return (a * x1 + w2 * x2 + b - y) ** 2

    eps = 1e-8
    return (loss(w1 + eps) - loss(w1)) / eps


# central difference, h scaled
def measured_scaled(x1, x2, y, w1, w2, b):
    h = 1e-5 * (1 + abs(w1))
    up = math.pow(x1 * (w1 + h) + x2 * w2 + b - y, 2)
    down = math.pow(x1 * (w1 - h) + x2 * w2 + b - y, 2)
    return (up - down) / h / 2


# the other feature
def other_input(x1, x2, y, w1, w2, b):
    e = w1 * x1 + w2 * x2 + b - y
    return 2 * e * x2


# rounded to 4
def rounded(x1, x2, y, w1, w2, b):
    return round(2 * x1 * (w1 * x1 + w2 * x2 + b - y), 4)


# absolute value for negative errors
def error_never_negative(x1, x2, y, w1, w2, b):
    e = w1 * x1 + w2 * x2 + b - y
    if e < 0:
        e = -e
    return 2 * x1 * e


# gradient clipped at 1
def clipped_at_one(x1, x2, y, w1, w2, b):
    g = 2 * x1 * (w1 * x1 + w2 * x2 + b - y)
    return max(-1.0, min(1.0, g))


# clipped at 5, and the sign
def opposite(x1, x2, y, w1, w2, b):
    return 2 * x1 * (y - (w1 * x1 + w2 * x2 + b))


# w2 x2 is left out
def one_feature_model(x1, x2, y, w1, w2, b):
    return 2 * (w1 * x1 + b - y) * x1


# b is left out
def no_bias(x1, x2, y, w1, w2, b):
    return 2 * ((w1 * x1 + w2 * x2) - y) * x1


# the weights are crossed
def weights_crossed(x1, x2, y, w1, w2, b):
    pred = w2 * x1 + w1 * x2 + b
    return 2 * (pred - y) * x1


# arguments in another order
def other_order(w1, w2, b, x1, x2, y):
    return 2 * (w1 * x1 + w2 * x2 + b - y) * x1
