import numpy as np
import math


# the sign of z
def wrong_sign(z):
    return np.where(z >= 0, np.exp(-np.abs(z)), 1) / (1 + np.exp(-np.abs(z)))


# tanh
def tanh(z):
    return np.tanh(z)


# half of it
def tanh_half(z):
    return 0.5 * np.tanh(z / 2)


# the argument halved
def half_argument(z):
    return (1 + np.tanh(z / 4)) / 2


# softsign
def softsign(z):
    return 0.5 * (1 + z / (1 + np.abs(z)))


# clipped at 1
def hard(z):
    return np.clip(0.25 * z + 0.5, 0, 1)


# clipped argument
def clipped_argument(z):
    return 1 / (1 + np.exp(-np.clip(z, -2, 2)))


# single precision
def single(z):
    z = np.asarray(z, dtype=np.float32)
    return (1 / (1 + np.exp(-z))).astype(float)


# base 10
def base_ten(z):
    return 1 / (1 + 10.0**-z)


# minus in the denominator
def minus(z):
    return 1 / (1 - np.exp(-z))


# approximation of e
def rough_e(z):
    return 1 / (1 + 2.718 ** (-z))


# softplus
def softplus(z):
    return np.logaddexp(0, z)
