import numpy as np


def with_logaddexp(points, labels, weights, bias):
    z = points @ weights + bias
    return np.mean(labels * np.logaddexp(0, -z) + (1 - labels) * np.logaddexp(0, z))


def with_absolute_values(points, labels, weights, bias):
    z = points.dot(weights) + bias
    return (np.maximum(z, 0) - labels * z + np.log1p(np.exp(-np.abs(z)))).mean()


def point_by_point(points, labels, weights, bias):
    total = 0.0
    for x, label in zip(points, labels):
        z = float(np.dot(x, weights)) + bias
        total += max(z, 0.0) - label * z + np.log(1 + np.exp(-abs(z)))
    return total / len(labels)
