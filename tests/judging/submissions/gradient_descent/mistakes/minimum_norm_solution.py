import numpy as np


# not squared
def length_once(a, c):
    n = np.linalg.norm(a)
    if n == 0:
        raise ValueError
    return a * c / n


# eps
def eps(a, c):
    if not a.any():
        raise ValueError("a is zero")
    return c * a / (a @ a + 1e-10)


# sign
def minus(a, c):
    if not a.any():
        raise ValueError("a is zero")
    return -c * a / np.dot(a, a)


# first component only
def one_component(a, c):
    if not a.any():
        raise ValueError("a is zero")
    b = np.zeros(len(a))
    k = np.flatnonzero(a)[0]
    b[k] = c / a[k]
    return b


# largest component alone
def largest_alone(a, c):
    if not a.any():
        raise ValueError("a is zero")
    b = np.zeros(len(a))
    k = np.argmax(abs(a))
    b[k] = c / a[k]
    return b


# no error for zero
def no_refusal(a, c):
    if not a.any():
        return np.zeros(len(a))
    return c * a / np.dot(a, a)


# c to the square
def c_squared(a, c):
    if not a.any():
        raise ValueError("a is zero")
    return c**2 * a / np.dot(a, a)
