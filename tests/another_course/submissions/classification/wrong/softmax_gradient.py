import numpy as np


def _softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


# named: right_class_alone
def right_class(points, one_hot, W, b):
    error = one_hot * (_softmax(points @ W + b) - 1) / len(points)
    return points.T @ error, error.sum(axis=0)


# named: summed
def sums(points, one_hot, W, b):
    error = _softmax(points @ W + b) - one_hot
    return points.T @ error, error.sum(axis=0)


# named: like_a_neuron
def sigmoid_slope(points, one_hot, W, b):
    p = _softmax(points @ W + b)
    error = (p - one_hot) * p * (1 - p) / len(points)
    return points.T @ error, error.sum(axis=0)


# named: first_point
def first_point(points, one_hot, W, b):
    error = _softmax(points[:1] @ W + b) - one_hot[:1]
    return points[:1].T @ error, error.sum(axis=0)


# loses: edges
# named: not_a_number
def overflows(points, one_hot, W, b):
    with np.errstate(all="ignore"):
        e = np.exp(points @ W + b)
        error = e / e.sum(axis=1, keepdims=True) - one_hot
        return points.T @ error / len(points), error.mean(axis=0)
