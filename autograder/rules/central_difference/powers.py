"""A loss of powers up to the fourth. NumPy alone: it is sent to where students call it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


def loss_of(
    a: np.ndarray, B: np.ndarray, c: np.ndarray, e: np.ndarray, times: float, takes: str
) -> Callable[..., Any]:
    """The loss a·u + ½ uᵀBu + Σ c u³ + Σ e u⁴ with u = ``times`` · v.

    Parameters
    ----------
    a, c, e
        Factors of the first, third and fourth powers, shape (d,).
    B
        Those of the products of two, shape (d, d).
    times
        What each variable is multiplied with.
    takes
        The error for a `v` of another shape: three ``{}`` stand for a name, the right shape and the other.
    """

    def loss(v: Any) -> float:
        u = np.asarray(v, float)
        if u.shape != a.shape:
            raise ValueError(takes.format("loss", a.shape, u.shape))
        u = times * u
        return float(a @ u + u @ B @ u / 2 + c @ u**3 + e @ u**4)

    return loss
