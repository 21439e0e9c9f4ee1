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


def in_two_steps(num, den, dnum, dden):
    below = den * den
    above = dnum * den
    above = above - dden * num
    return above / below


def one_at_a_time(num, den, dnum, dden):
    def one(u, v, du, dv):
        return (v * du - u * dv) / (v * v)

    return np.frompyfunc(one, 4, 1)(num, den, dnum, dden) * 1.0
