import numpy as np


def clipped(points, targets, weights, bias, delta):
    pull = np.clip(points @ weights + bias - targets, -delta, delta)
    return points.T @ pull / len(pull), pull.mean()


def two_branches(points, targets, weights, bias, delta):
    error = points @ weights + bias - targets
    pull = np.where(np.abs(error) <= delta, error, delta * np.sign(error))
    return (pull[:, None] * points).mean(axis=0), pull.mean()


def point_by_point(points, targets, weights, bias, delta):
    slopes, slope = 0.0 * weights, 0.0
    for x, t in zip(points, targets):
        error = x @ weights + bias - t
        if error > delta:
            error = delta
        elif error < -delta:
            error = -delta
        slopes = slopes + error * x
        slope = slope + error
    return slopes / len(points), slope / len(points)
