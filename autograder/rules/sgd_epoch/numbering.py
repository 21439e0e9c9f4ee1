"""A gradient by which an epoch tells in which step it used which example; it is sent whole."""

from collections.abc import Callable
from typing import Any

import numpy as np


def numbering(rate: float) -> Callable[..., tuple[np.ndarray, float]]:
    """The gradient (dw, db), called by position or by any of the names that the exercise writes.

    A step with the learning rate `rate` adds 1 to b, and b times the mean row of the batch to w.
    """

    def gradient(
        X: Any = None,
        y: Any = None,
        w: Any = None,
        b: Any = None,
        *,
        X_batch: Any = None,
        y_batch: Any = None,
    ) -> tuple[np.ndarray, float]:
        rows = np.asarray(X if X_batch is None else X_batch, float)
        if rows.ndim != 2 or not len(rows):
            raise ValueError(f"gradient(X, y, w, b) takes X of shape (m, d); it was given shape {rows.shape}")
        count = float(np.asarray(b, float).reshape(()))
        return np.add.reduce(rows) * (-count / (rate * len(rows))), -1.0 / rate

    return gradient
