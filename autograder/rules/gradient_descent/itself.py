"""The gradient of ½‖v‖², which is the very array that it is called with. NumPy alone: it is sent whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


def itself() -> Callable[..., Any]:
    """The gradient v of ½‖v‖²: who changes what it returns changes the place."""

    def gradient(v: Any) -> np.ndarray:
        return v if isinstance(v, np.ndarray) else np.asarray(v, float)

    return gradient
