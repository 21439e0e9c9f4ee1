"""The gradient of a valley, which students are given. NumPy alone: it is sent to where they call it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


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
