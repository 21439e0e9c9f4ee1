"""The fit and the loss that students are given. NumPy alone: they are sent to where students call them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


def fit() -> Callable[..., Any]:
    """``fit(X, y, lam)``: linear regression with a penalty on w."""
    return _fit


def loss(stairs: bool, less: float = 0.0) -> Callable[..., Any]:
    """``loss(X, y, w, b)``: the MSE with ½.

    Parameters
    ----------
    stairs
        Whether losses are rounded down to eighths, so that there are ties.
    less
        What is taken away from each loss that is not rounded.
    """

    def loss(X: object, y: object, w: object, b: object) -> float:
        found = _half_mse(X, y, w, b)
        return float(eighths(found)) if stairs else found - less

    return loss


def _array(value: object, dimensions: int, what: str) -> np.ndarray:
    array = np.asarray(value, float)
    if array.ndim != dimensions:
        raise ValueError(f"{what} has {dimensions} dimensions; it was given shape {array.shape}")
    return array


def _fit(X: object, y: object, lam: object) -> tuple[np.ndarray, float]:
    """The w and b that minimise 1/(2n) Σ (ŷᵢ − yᵢ)² + λ Σ wⱼ²."""
    X, y = _array(X, 2, "X in fit(X, y, lam)"), _array(y, 1, "y in fit(X, y, lam)")
    number = float(np.asarray(lam, float).reshape(()))
    if len(X) != len(y) or len(y) == 0:
        raise ValueError(f"fit(X, y, lam) takes as many y as rows of X; it was given {len(y)} and {len(X)}")
    W, b = ridge_path(X, y, np.array([number]))
    return W[0], float(b[0])


def ridge_path(X: np.ndarray, y: np.ndarray, lambdas: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The fits for all λ at once: W of shape (k, d), b of shape (k,).

    Parameters
    ----------
    X, y
        Examples of shape (n, d), and targets of shape (n,).
    lambdas
        Shape (k,).
    """
    mean, target = X.mean(axis=0), y.mean()
    Z = X - mean
    curvatures, axes = np.linalg.eigh(Z.T @ Z / len(y))
    slopes = axes.T @ (Z.T @ (y - target)) / len(y)
    # where nothing curves, and λ is 0, any weight fits: take none
    curves = np.maximum(curvatures, 0) + 2 * lambdas[:, None]
    W = np.where(curves > 1e-12, slopes / np.maximum(curves, 1e-12), 0.0) @ axes.T
    return W, target - W @ mean


def _half_mse(X: object, y: object, w: object, b: object) -> float:
    """1/(2n) Σ (ŷᵢ − yᵢ)²."""
    X, y = _array(X, 2, "X in loss(X, y, w, b)"), _array(y, 1, "y in loss(X, y, w, b)")
    w, number = _array(w, 1, "w in loss(X, y, w, b)"), float(np.asarray(b, float).reshape(()))
    if X.shape != (len(y), len(w)) or len(y) == 0:
        raise ValueError(
            f"loss(X, y, w, b) takes X of shape (n, d), y of (n,), w of (d,); "
            f"it was given {X.shape}, {y.shape} and {w.shape}"
        )
    return float(np.mean((X @ w + number - y) ** 2) / 2)


def eighths(losses: Any) -> Any:
    """Losses rounded down to eighths."""
    return np.floor(8 * losses) / 8
