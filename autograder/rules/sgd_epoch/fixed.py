"""A gradient with which an epoch ends in one place, whatever the order. NumPy alone: it is sent whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


def mean_row() -> Callable[..., Any]:
    """The mean of the batch's rows, and of its targets: zero where these are."""

    def gradient(X_batch: Any, y_batch: Any, w: Any, b: Any) -> tuple[np.ndarray, float]:
        return np.asarray(X_batch, float).mean(axis=0), float(np.mean(np.asarray(y_batch, float)))

    return gradient
