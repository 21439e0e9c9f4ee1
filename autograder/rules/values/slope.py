"""The gradient of a valley, which students are given. NumPy alone: it is sent to where they call it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


def slope(A: np.ndarray, c: np.ndarray) -> Callable[..., Any]:
    """The gradient A (v − c) of ½ (v − c)ᵀ A (v − c)."""

    def gradient(v: Any) -> np.ndarray:
        v = np.asarray(v, float)
        if v.shape != c.shape:
            raise ValueError(f"gradient(v) takes v of shape {c.shape}; it was given shape {v.shape}")
        found: np.ndarray = A @ (v - c)
        return found

    return gradient
