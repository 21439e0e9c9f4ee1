"""Not finished: the neuron is still to come."""

import numpy as np


def predict(X, w, b):
    return X @ w + b


def dL_dw1(x1, x2, y, w1, w2, b):
    return 2 * (w1 * x1 + w2 * x2 + b - y) * x1


def dL_dw2(x1, x2, y, w1, w2, b):
    return 2 * (w1 * x1 + w2 * x2 + b - y) * x2


def dL_db(x1, x2, y, w1, w2, b):
    return 2 * (w1 * x1 + w2 * x2 + b - y)


def mse_loss(X, y, w, b):
    return ((predict(X, w, b) - y) ** 2).sum() / (2 * len(y))


def mse_gradient(X, y, w, b):
    raise NotImplementedError("mse_gradient is not written yet")


def sigmoid(z):
    raise NotImplementedError("sigmoid is not written yet")


def sigmoid_derivative(z):
    raise NotImplementedError("sigmoid_derivative is not written yet")


def neuron_gradient(X, y, w, b):
    p = sigmoid(predict(X, w, b))
    delta = (p - y) * p * (1 - p)
    return X.T @ delta / len(y), np.mean(delta)
