import numpy as np


def as_two_terms(num, den, dnum, dden):
    return dnum / den - num * dden / den**2


def by_numpy(num, den, dnum, dden):
    num, den, dnum, dden = map(np.asarray, (num, den, dnum, dden))
    return np.divide(np.subtract(np.multiply(den, dnum), np.multiply(num, dden)), np.square(den))


def with_the_quotient(num, den, dnum, dden):
    q = num / den
    return (dnum - q * dden) / den


logarithmic = lambda num, den, dnum, dden: (dnum * den - dden * num) * den**-2.0  # noqa: E731
