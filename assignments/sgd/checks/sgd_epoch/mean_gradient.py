"""The gradient that students are given for a batch. NumPy alone: it is sent to where they call it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

EMPTY = "gradient(X_batch, y_batch, w, b) was called with an empty batch"
TAKES = (
    "gradient(X_batch, y_batch, w, b) takes X_batch of shape (m, {d}), y_batch of shape (m,) and w of shape "
    "({d},); it was given {}, {} and {}"
)


def mean_gradient(d: int, neuron: bool) -> Callable[..., Any]:
    """The gradient of the MSE with ½, the mean over a batch.

    Parameters
    ----------
    d
        Number of features.
    neuron
        Whether the model is a sigmoid neuron, not a linear one.
    """

    def gradient(X_batch: Any, y_batch: Any, w: Any, b: Any) -> tuple[np.ndarray, float]:
        X, y, w = (np.asarray(value, float) for value in (X_batch, y_batch, w))
        b = float(np.asarray(b, float).reshape(()))
        if X.ndim != 2 or X.shape[1] != d or y.shape != (len(X),) or w.shape != (d,):
            raise ValueError(gradient_takes(d, X.shape, y.shape, w.shape))
        if len(X) == 0:
            raise ValueError(EMPTY)
        z = w @ X.T + b
        output = 0.5 * (1 + np.tanh(z / 2)) if neuron else z
        error = output - y
        if neuron:
            error = error * output * (1 - output)
        return error @ X / len(y), float(error.mean())

    return gradient


def gradient_takes(d: int, *given: tuple[int, ...]) -> str:
    """`gradient` was called with arguments of these shapes, which are not those of a batch."""
    return TAKES.format(*given, d=d)
