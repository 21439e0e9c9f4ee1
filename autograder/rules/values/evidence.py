"""What came back for one component, input by input, and which rows of values are the same as that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from autograder.judging.comparison import TOLERANCE
from autograder.judging.misconception import Misconception


@dataclass(frozen=True)
class Evidence:
    """What came back for one component on one input, beside what is right, both with the right shape."""

    arguments: tuple[Any, ...]
    got: np.ndarray
    right: np.ndarray
    scale: float
    n: int
    d: int


@dataclass(frozen=True)
class Simulation:
    """A misconception, and what a function with it gives for arguments for which `right` is right; None where
    it cannot show."""

    misconception: Misconception
    of: Callable[[Sequence[Any], np.ndarray], np.ndarray | None]

    def values(self, each: Evidence) -> np.ndarray | None:
        """All values on one input, if there are any."""
        found = self.of(each.arguments, each.right)
        if found is None or np.shape(found) != each.right.shape or not np.all(np.isfinite(found)):
            return None
        return np.ravel(found)

    def row(self, evidence: Sequence[Evidence]) -> np.ndarray | None:
        """All values one after another, if there are any."""
        rows = []
        for each in evidence:
            found = self.values(each)
            if found is None:
                return None
            rows.append(found)
        return np.concatenate(rows)


@dataclass(frozen=True)
class Observed:
    """All that is known of one component: its values on all inputs one after another."""

    evidence: Sequence[Evidence]

    @cached_property
    def got(self) -> np.ndarray:
        """What came back."""
        return self._row("got")

    @cached_property
    def right(self) -> np.ndarray:
        """What is right."""
        return self._row("right")

    @cached_property
    def scale(self) -> np.ndarray:
        """What rounding errors are relative to."""
        return self._row("scale")

    @cached_property
    def sizes(self) -> list[int]:
        """How many values each input has."""
        return [each.right.size for each in self.evidence]

    def _row(self, name: str) -> np.ndarray:
        values = (np.broadcast_to(getattr(each, name), each.right.shape).ravel() for each in self.evidence)
        return np.concatenate([*values, np.empty(0)])

    def peaks(self, rows: np.ndarray) -> np.ndarray:
        """For each value of a row the largest one of its own input."""
        if not rows.shape[-1]:
            return rows
        starts = np.cumsum([0, *self.sizes[:-1]])
        largest = np.maximum.reduceat(np.abs(rows), starts, axis=-1)
        return np.repeat(largest, self.sizes, axis=-1)

    @property
    def errors(self) -> np.ndarray:
        """How far each value is from what is right, relative to the largest one of its input."""
        size, off = self.peaks(self.right), np.abs(self.got - self.right)
        return np.where(off > 0, off / np.where(size > 0, size, np.finfo(float).tiny), 0.0)

    def fits(self, rows: np.ndarray, tolerance: float = TOLERANCE) -> np.ndarray:
        """For each row of values whether it is what came back.

        Parameters
        ----------
        rows
            Values on all inputs one after another, shape (size,) or (m, size) for m rows.
        tolerance
            Relative to the scale, or to the row's largest value on the same input where that is larger.

        Returns
        -------
        numpy.ndarray
            Shape () or (m,); False where a value of the row, or any that came back, is not finite.
        """
        finite = np.isfinite(rows).all(axis=-1) & np.isfinite(self.got).all()
        with np.errstate(all="ignore"):
            room = tolerance * np.maximum(self.scale, self.peaks(rows))
            return np.asarray(np.all(np.abs(rows - self.got) <= room, axis=-1) & finite)

    def explained_by(self, simulation: Simulation) -> bool:
        """Whether a simulation gives what came back, asked input by input as long as it does."""
        for each in self.evidence:
            values = simulation.values(each)
            if values is None or not Observed((each,)).fits(values):
                return False
        return True
