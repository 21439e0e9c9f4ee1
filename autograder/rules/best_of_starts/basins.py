"""A loss with several minima and its gradient. NumPy alone: they are sent to where students call them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


def loss_of(Q: np.ndarray, c: np.ndarray, t: np.ndarray, takes: str) -> Callable[..., Any]:
    """The loss Σ (u² − 1)² / 4 + t·u with u = Q(v − c).

    Parameters
    ----------
    Q
        An orthogonal matrix of shape (d, d): its rows are the axes of the basins.
    c
        The point between all basins, shape (d,).
    t
        How much the loss is tilted along each axis, shape (d,).
    takes
        The error for a `v` of another shape: three ``{}`` stand for a name, the right shape and the other.
    """

    def loss(v: Any) -> float:
        v = np.asarray(v, float)
        if v.shape != c.shape:
            raise ValueError(takes.format("loss", c.shape, v.shape))
        u = Q @ (v - c)
        return float(np.sum((u**2 - 1) ** 2) / 4 + t @ u)

    return loss


def gradient_of(Q: np.ndarray, c: np.ndarray, t: np.ndarray, takes: str) -> Callable[..., Any]:
    """The gradient of that loss.

    Parameters
    ----------
    Q, c, t, takes
        As for `loss_of`.
    """

    def gradient(v: Any) -> np.ndarray:
        v = np.asarray(v, float)
        if v.shape != c.shape:
            raise ValueError(takes.format("gradient", c.shape, v.shape))
        u = Q @ (v - c)
        found: np.ndarray = (u * (u**2 - 1) + t) @ Q
        return found

    return gradient
