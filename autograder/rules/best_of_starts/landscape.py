"""A loss with several minima of different depth, whose gradient is known."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from autograder.judging.sentences import TAKES
from autograder.rules.best_of_starts.basins import gradient_of, loss_of
from autograder.sandbox.inside.public import Public


@dataclass(frozen=True)
class Landscape:
    """L(v) = Σ (u² − 1)² / 4 + t·u with u = Q(v − c): two basins along every axis, one of them deeper."""

    Q: np.ndarray
    c: np.ndarray
    t: np.ndarray

    @cached_property
    def loss(self) -> Public:
        """L(v): a callable that students are given. It refuses a `v` of another shape."""
        return Public.of(loss_of, self.Q, self.c, self.t, TAKES)

    @cached_property
    def gradient(self) -> Public:
        """∇L(v): likewise."""
        return Public.of(gradient_of, self.Q, self.c, self.t, TAKES)

    def at(self, u: np.ndarray) -> np.ndarray:
        """The place v with these coordinates along the basins' axes; rows of them are rows of places."""
        return np.asarray(u @ self.Q + self.c)


def draw_landscape(random: np.random.Generator, d: int) -> Landscape:
    """A landscape in d variables with 2ᵈ basins, no two of one depth.

    Parameters
    ----------
    random
        What the landscape is drawn from.
    d
        At least 1.
    """
    Q, _ = np.linalg.qr(random.normal(size=(d, d)))
    tilt = random.uniform(0.04, 0.08, d) * 2.0 ** np.arange(d) * random.choice([-1, 1], d)
    return Landscape(Q, random.normal(size=d), tilt)
