"""A bracket is missing in one function."""

import numpy as np


def predict(X, w, b):
    return X @ w + b


def mse_loss(X, y, w, b):
    return np.mean((X @ w + b - y) ** 2 / 2


def mse_gradient(X, y, w, b):
    error = X @ w + b - y
    return (X * error[:, None]).mean(axis=0), error.mean()


def sigmoid(z):
    return 0.5 * (1 + np.tanh(np.asarray(z) / 2))


def sigmoid_derivative(z):
    return sigmoid(z)
