"""The wrong formulas of one component, as far as judging needs them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import msgspec
import numpy as np

from symbolic_checks.numpy_functions import compiled


class Told(msgspec.Struct, frozen=True):
    """What is said of a wrong formula: its name, a sentence for students, a note for instructors."""

    name: str
    sentence: str
    note: str


class WrongFormulas(msgspec.Struct, frozen=True):
    """Wrong formulas that differ from what is right, and from each other.

    Parameters
    ----------
    mutants
        What is said of each.
    source
        Of a function that computes many at once; empty where there are none.
    places
        Where each of the mutants is among its results.
    """

    mutants: tuple[Told, ...]
    source: str
    places: tuple[int, ...]

    def prepare(self) -> None:
        """Compile the function now, for this process and those that are forked from it."""
        if self.places:
            _computing(self.source)

    def fingerprints(self, samples: Sequence[tuple[Any, ...]]) -> np.ndarray:
        """What they give on all samples one after another, shape (mutants, values)."""
        if not self.places:
            return np.empty((0, 0))
        with np.errstate(all="ignore"):
            found = [_computing(self.source)(*arguments) for arguments in samples]
        return np.stack([np.concatenate([np.ravel(values[k]) for values in found]) for k in self.places])


@lru_cache(maxsize=256)
def _computing(source: str) -> Callable[..., Any]:
    return compiled(source)
