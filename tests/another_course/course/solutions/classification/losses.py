"""Losses whose slopes are asked for: the checks measure them by central differences."""

import numpy as np


def softmax_loss(points, one_hot, W, b):
    """The mean cross-entropy of softmax regression."""
    scores = points @ W + b
    scores = scores - scores.max(axis=1, keepdims=True)
    logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return -float(np.sum(one_hot * logs)) / len(points)
