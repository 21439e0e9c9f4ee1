"""Gradients of a batch that are a mean, and that are none. NumPy alone: they are sent to their callers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


def slopes(d: int, is_mean: bool, takes: str) -> Callable[..., Any]:
    """The mean of the slopes of a batch's examples, or the largest of them.

    Parameters
    ----------
    d
        Number of features.
    is_mean
        Whether it is the mean.
    takes
        What is said where the arguments are no batch.
    """

    def gradient(X_batch: Any, y_batch: Any, w: Any, b: Any) -> tuple[np.ndarray, float]:
        X, y, w = (np.asarray(value, float) for value in (X_batch, y_batch, w))
        fits = X.ndim == 2 and X.shape[1:] == w.shape == (d,) and y.shape == X.shape[:1]
        if not fits or not len(X):
            raise ValueError(takes.format(X.shape, y.shape, w.shape, d=d))
        errors = np.tanh(X @ w + float(np.asarray(b)) - y)
        each = np.column_stack([errors[:, None] * X, errors])
        together = each.mean(axis=0) if is_mean else each.max(axis=0)
        return together[:-1].copy(), float(together[-1])

    return gradient
