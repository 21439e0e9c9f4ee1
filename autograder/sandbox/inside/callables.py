"""Callables that students' functions are given and that ask nobody: loops of very many steps need them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Constant:
    """Gives the same value whatever it is called with."""

    value: Any

    def __call__(self, *_arguments: Any, **_keywords: Any) -> Any:
        """The value; arrays in it are new ones."""
        if isinstance(self.value, tuple):
            return tuple(_own(item) for item in self.value)
        return _own(self.value)


def _own(value: Any) -> Any:
    return value.copy() if isinstance(value, np.ndarray) else value


@dataclass(frozen=True)
class Numbering:
    """A gradient by which an epoch tells in which step it used which example.

    A step with the learning rate ``value`` adds 1 to b, and b times the mean row of the batch to w.
    """

    value: float

    def __call__(
        self,
        X: Any = None,
        y: Any = None,
        w: Any = None,
        b: Any = None,
        *,
        X_batch: Any = None,
        y_batch: Any = None,
    ) -> tuple[np.ndarray, float]:
        """The gradient (dw, db), by position or by any of the names that the exercise writes."""
        rows = np.asarray(X if X_batch is None else X_batch, float)
        if rows.ndim != 2 or not len(rows):
            raise ValueError(f"gradient(X, y, w, b) takes X of shape (m, d); it was given shape {rows.shape}")
        count = float(np.asarray(b, float).reshape(()))
        return np.add.reduce(rows) * (-count / (self.value * len(rows))), -1.0 / self.value


OWN: dict[str, type[Constant] | type[Numbering]] = {kind.__name__: kind for kind in (Constant, Numbering)}
