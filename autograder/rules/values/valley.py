"""A loss with one minimum, whose gradient is known: somewhere to go downhill."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from autograder.judging.sentences import TAKES
from autograder.rules.values.slope import height, slope
from autograder.sandbox.inside.public import Public


@dataclass(frozen=True)
class Valley:
    """A quadratic L(v) = ½ (v − c)ᵀ A (v − c) with A symmetric and positive."""

    A: np.ndarray
    c: np.ndarray

    @cached_property
    def loss(self) -> Public:
        """L(v): a callable that students are given. It refuses a `v` of another shape."""
        return Public.of(height, self.A, self.c, TAKES)

    @cached_property
    def gradient(self) -> Public:
        """∇L(v) = A (v − c): likewise."""
        return Public.of(slope, self.A, self.c, TAKES)
