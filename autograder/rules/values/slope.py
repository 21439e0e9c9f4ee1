"""A valley and its gradient, which students are given. NumPy alone: they are sent to who calls them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


def height(A: np.ndarray, c: np.ndarray, takes: str) -> Callable[..., Any]:
    """The loss ½ (v − c)ᵀ A (v − c).

    Parameters
    ----------
    A, c, takes
        As for `slope`.
    """

    def loss(v: Any) -> float:
        v = np.asarray(v, float)
        if v.shape != c.shape:
            raise ValueError(takes.format("loss", c.shape, v.shape))
        return float((v - c) @ A @ (v - c) / 2)

    return loss


def slope(A: np.ndarray, c: np.ndarray, takes: str) -> Callable[..., Any]:
    """The gradient A (v − c) of ½ (v − c)ᵀ A (v − c).

    Parameters
    ----------
    A
        Symmetric and positive definite, shape (d, d).
    c
        The lowest point, shape (d,).
    takes
        The error for a `v` of another shape: three ``{}`` stand for a name, the right shape and the other.
    """

    def gradient(v: Any) -> np.ndarray:
        v = np.asarray(v, float)
        if v.shape != c.shape:
            raise ValueError(takes.format("gradient", c.shape, v.shape))
        found: np.ndarray = A @ (v - c)
        return found

    return gradient
