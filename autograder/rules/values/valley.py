"""A loss with one minimum, whose gradient is known: somewhere to go downhill."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Valley:
    """A quadratic L(v) = ½ (v − c)ᵀ A (v − c) with A symmetric and positive."""

    A: np.ndarray
    c: np.ndarray

    def loss(self, v: np.ndarray) -> float:
        """L(v)."""
        return float((v - self.c) @ self.A @ (v - self.c) / 2)

    def gradient(self, v: object) -> np.ndarray:
        """A (v − c): the callable that students are given.

        Raises
        ------
        ValueError
            When `v` has another shape; the student's code sees the sentence.
        """
        v = np.asarray(v, float)
        if v.shape != self.c.shape:
            raise ValueError(f"gradient(v) takes v of shape {self.c.shape}; it was given shape {v.shape}")
        return self.A @ (v - self.c)
