"""The wrong formulas of one component: kept like what is right, so that a later run need not make them."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np

from symbolic_checks.keeping import keep, recalled
from symbolic_checks.reference import Reference
from symbolic_checks.wrong import WrongFormulas


def wrong_formulas(
    reference: Reference, component: int, samples: Sequence[tuple[Any, ...]], *, pairs: bool
) -> WrongFormulas:
    """All single mistakes in one component, or all pairs of two.

    Parameters
    ----------
    reference, component, samples, pairs
        As for `misconceptions.catalogue`, which makes them.
    """
    inputs = _digest(samples)
    key = f"{reference.key} {component} {pairs} {inputs}" if reference.key and inputs else ""
    kept = recalled(key, WrongFormulas) if key else None
    if kept is None:
        from symbolic_checks.misconceptions import catalogue

        kept = catalogue(reference, component, samples, pairs=pairs).formulas
        if key:
            keep(key, kept)
    return kept


def _digest(samples: Sequence[tuple[Any, ...]]) -> str:
    """Of the inputs on which wrong formulas are told apart; empty where one of them is no number."""
    found = hashlib.sha256()
    for argument in itertools.chain(*samples):
        array = np.asarray(argument)
        if array.dtype.hasobject:
            return ""
        found.update(f"{type(argument).__name__} {array.dtype.str} {array.shape} ".encode())
        found.update(array.tobytes())
    return found.hexdigest()
