import numpy as np


def _sigmoid(z):
    return (1 + np.tanh(z / 2)) / 2


# named: slope_of_the_squares
def of_the_squares(points, labels, weights, bias):
    p = _sigmoid(points @ weights + bias)
    slopes = (p - labels) * p * (1 - p)
    return points.T @ slopes / len(p), slopes.mean()


# named: sign
def upwards(points, labels, weights, bias):
    error = labels - _sigmoid(points @ weights + bias)
    return points.T @ error / len(error), error.mean()


# named: summed
def sums(points, labels, weights, bias):
    error = _sigmoid(points @ weights + bias) - labels
    return points.T @ error, error.sum()


# loses: dbias, edges, form, curve
# named: summed
def sum_of_one(points, labels, weights, bias):
    error = _sigmoid(points @ weights + bias) - labels
    return points.T @ error / len(error), error.sum()


# loses: form
def in_a_list(points, labels, weights, bias):
    error = _sigmoid(points @ weights + bias) - labels
    return points.T @ error[:, None] / len(error), error.mean()
