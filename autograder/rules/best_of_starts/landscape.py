"""A loss with several minima of different depth, whose gradient is known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from autograder.rules.best_of_starts.sentences import takes


@dataclass(frozen=True)
class Landscape:
    """L(v) = Σ (u² − 1)² / 4 + t·u with u = Q(v − c): two basins along every axis, one of them deeper."""

    Q: np.ndarray
    c: np.ndarray
    t: np.ndarray

    def loss(self, v: object) -> float:
        """L(v)."""
        u = self._turned("loss", v)
        return float(np.sum((u**2 - 1) ** 2) / 4 + self.t @ u)

    def gradient(self, v: object) -> np.ndarray:
        """∇L(v): the callable that students are given.

        Raises
        ------
        ValueError
            When `v` has another shape; the student's code sees the sentence.
        """
        u = self._turned("gradient", v)
        return np.asarray((u * (u**2 - 1) + self.t) @ self.Q)

    def at(self, u: np.ndarray) -> np.ndarray:
        """The place v with these coordinates along the basins' axes; rows of them are rows of places."""
        return np.asarray(u @ self.Q + self.c)

    def _turned(self, name: str, v: object) -> np.ndarray:
        at = np.asarray(v, float)
        if at.shape != self.c.shape:
            raise ValueError(takes(name, self.c.shape, at.shape))
        return np.asarray(self.Q @ (at - self.c))


def draw_landscape(random: np.random.Generator, d: int) -> Landscape:
    """A landscape in d variables with 2ᵈ basins, no two of one depth."""
    Q, _ = np.linalg.qr(random.normal(size=(d, d)))
    tilt = random.uniform(0.04, 0.08, d) * 2.0 ** np.arange(d) * random.choice([-1, 1], d)
    return Landscape(Q, random.normal(size=d), tilt)
