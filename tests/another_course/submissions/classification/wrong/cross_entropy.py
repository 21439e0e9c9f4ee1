import numpy as np


# named: base_two
def in_bits(points, labels, weights, bias):
    z = points @ weights + bias
    return np.mean(np.logaddexp(0, z) - labels * z) / np.log(2)


# named: summed
def a_sum(points, labels, weights, bias):
    z = points @ weights + bias
    return np.sum(np.logaddexp(0, z) - labels * z)


# named: zeros_are_free
def ones_alone(points, labels, weights, bias):
    return np.mean(labels * np.logaddexp(0, -(points @ weights + bias)))


# named: sign
def minus_forgotten(points, labels, weights, bias):
    z = points @ weights + bias
    return np.mean(labels * z - np.logaddexp(0, z))


# loses: edges, form
# named: not_a_number
def overflows(points, labels, weights, bias):
    p = 1 / (1 + np.exp(-(points @ weights + bias)))
    return np.mean(-labels * np.log(p) - (1 - labels) * np.log(1 - p))
