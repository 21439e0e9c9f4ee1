import numpy as np


def _slopes(points, pull):
    return points.T @ pull / len(pull), pull.mean()


# named: never_clipped
def squares(points, targets, weights, bias, delta):
    return _slopes(points, points @ weights + bias - targets)


# named: outliers_dropped
def dropped(points, targets, weights, bias, delta):
    error = points @ weights + bias - targets
    return _slopes(points, np.where(np.abs(error) <= delta, error, 0.0))


# named: always_a_line
def line(points, targets, weights, bias, delta):
    return _slopes(points, delta * np.sign(points @ weights + bias - targets))


# named: sign_of_outliers_lost
def one_side(points, targets, weights, bias, delta):
    error = points @ weights + bias - targets
    return _slopes(points, np.where(np.abs(error) <= delta, error, delta))


# named: sign
def upwards(points, targets, weights, bias, delta):
    return _slopes(points, np.clip(targets - points @ weights - bias, -delta, delta))
