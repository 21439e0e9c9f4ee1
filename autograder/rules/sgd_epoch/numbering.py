"""A gradient by which an epoch tells in which step it used which example; it is sent whole."""

from collections.abc import Callable
from typing import Any

import numpy as np


def numbering(rate: float) -> Callable[..., tuple[np.ndarray, float]]:
    """The gradient (dw, db) of a mini-batch.

    A step with the learning rate `rate` adds 1 to b, and b times the mean row of the batch to w.
    """

    def gradient(X_batch: Any, y_batch: Any, w: Any, b: Any) -> tuple[np.ndarray, float]:
        rows = np.asarray(X_batch, float)
        if rows.ndim != 2 or not len(rows):
            takes = "gradient(X_batch, y_batch, w, b) takes X_batch of shape (m, d)"
            raise ValueError(f"{takes}; it was given shape {rows.shape}")
        count = float(np.asarray(b, float).reshape(()))
        return np.add.reduce(rows) * (-count / (rate * len(rows))), -1.0 / rate

    return gradient
