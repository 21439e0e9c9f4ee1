"""One loop never ends; the rest is right but for a forgotten bias."""

import numpy as np


def predict(X, w, b):
    return np.array([sum(x * v for x, v in zip(row, w)) for row in X]) + b


def dL_dw1(x1, x2, y, w1, w2, b):
    return 2 * (w1 * x1 + w2 * x2 - y) * x1


def dL_dw2(x1, x2, y, w1, w2, b):
    return 2 * (w1 * x1 + w2 * x2 - y) * x2


def dL_db(x1, x2, y, w1, w2, b):
    return 2 * (w1 * x1 + w2 * x2 - y)


def mse_loss(X, y, w, b):
    total, i = 0.0, 0
    while i < len(y):
        total += (X[i] @ w + b - y[i]) ** 2
    return total / (2 * len(y))


def mse_gradient(X, y, w, b):
    dw, db = np.zeros(len(w)), 0.0
    for x, target in zip(X, y):
        error = x @ w + b - target
        dw += error * x
        db += error
    return dw / len(y), db / len(y)


def sigmoid(z):
    z = np.asarray(z, float)
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-z))


def sigmoid_derivative(z):
    return sigmoid(z) * sigmoid(-np.asarray(z))


def neuron_gradient(X, y, w, b):
    z = predict(X, w, b)
    delta = (sigmoid(z) - y) * sigmoid_derivative(z)
    return delta @ X / len(y), np.average(delta)
