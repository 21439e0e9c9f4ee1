"""What is right: every hostile file is handed in below these lines."""

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
    return np.mean((predict(X, w, b) - y) ** 2) / 2


def mse_gradient(X, y, w, b):
    residual = predict(X, w, b) - y
    return X.T @ residual / len(y), residual.mean()


def sigmoid(z):
    small = np.exp(-np.abs(z))
    return np.where(np.asarray(z) >= 0, 1.0, small) / (1 + small)


def sigmoid_derivative(z):
    return sigmoid(z) * (1 - sigmoid(z))


def neuron_gradient(X, y, w, b):
    z = X @ w + b
    delta = (sigmoid(z) - y) * sigmoid_derivative(z) / len(y)
    return X.T @ delta, delta.sum()
