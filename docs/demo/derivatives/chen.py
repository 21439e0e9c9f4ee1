"""Sums where means are asked for, takes the derivative without the factor two, overflows."""

import numpy as np


def predict(X, w, b):
    return np.dot(X, w) + b


def dL_dw1(x1, x2, y, w1, w2, b):
    return (w1 * x1 + w2 * x2 + b - y) * x1


def dL_dw2(x1, x2, y, w1, w2, b):
    return (w1 * x1 + w2 * x2 + b - y) * x2


def dL_db(x1, x2, y, w1, w2, b):
    return w1 * x1 + w2 * x2 + b - y


def mse_loss(X, y, w, b):
    return np.mean((predict(X, w, b) - y) ** 2)


def mse_gradient(X, y, w, b):
    error = predict(X, w, b) - y
    return X.T @ error, np.sum(error)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_derivative(z):
    return sigmoid(z) * (1 - sigmoid(z))


def neuron_gradient(X, y, w, b):
    p = sigmoid(predict(X, w, b))
    return X.T @ (p - y) / len(y), np.mean(p - y)
