"""Losses whose slopes are asked for: the checks measure them by central differences.

What a loss takes by keyword alone are your own functions of these names.
"""

from __future__ import annotations

from typing import Any

import numpy as np


def squared_error(x1: Any, x2: Any, y: Any, w1: Any, w2: Any, b: Any) -> Any:
    """The squared error (ŷ − y)² of one example, ŷ = w₁x₁ + w₂x₂ + b; arrays give one for each example."""
    return (w1 * x1 + w2 * x2 + b - y) ** 2


def mean_square(y_hat: Any, y: Any) -> float:
    """The MSE of predictions, with ½."""
    return float(np.mean((np.asarray(y_hat) - y) ** 2)) / 2


def neuron_loss(X: Any, y: Any, w: Any, b: Any, *, predict: Any, sigmoid: Any) -> float:
    """The MSE of one sigmoid neuron, made of your `predict` and `sigmoid`."""
    return mean_square(sigmoid(predict(X, w, b)), y)


def ridge_loss(X: Any, y: Any, w: Any, b: Any, lam: Any) -> float:
    """The MSE of the linear model, and λ times the sum of the squared weights."""
    return mean_square(X @ w + b, y) + lam * float(np.sum(w**2))


def network_loss(X: Any, y: Any, *weights: Any, mlp_forward: Any) -> float:
    """The MSE of the two-layer network, made of your `mlp_forward`."""
    return mean_square(mlp_forward(X, *weights), y)
