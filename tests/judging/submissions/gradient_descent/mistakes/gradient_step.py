import numpy as np


# uphill
def plus(v, gradient, lr):
    return np.add(v, np.multiply(lr, gradient))


# normalised
def unit(v, gradient, lr):
    n = np.linalg.norm(gradient)
    return v - lr * gradient / n if n else v.copy()


# in place and uphill
def in_place_uphill(v, gradient, lr):
    v += lr * gradient
    return v


# swapped
def swapped(gradient, v, lr):
    return v - lr * gradient


# clipping of the gradient
def clipped(v, gradient, lr):
    return v - lr * np.clip(gradient, -1.0, 1.0)


# fixed rate
def fixed_rate(v, gradient, lr=0.1):
    return v - 0.1 * gradient


# gradient alone
def no_rate(v, gradient, lr):
    return v - gradient


# rounding
def rounded(v, gradient, lr):
    return np.round(v - lr * gradient, 5)


# first component only
def only_first(v, gradient, lr):
    out = np.array(v, float)
    out[0] -= lr * gradient[0]
    return out


# rate halved
def half_rate(v, gradient, lr):
    return v - lr / 2 * gradient
