"""Results that are nearly right: digits were lost on the way, and by what."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from autograder.judging.comparison import TOLERANCE
from autograder.judging.misconception import Misconception
from autograder.judging.reference import Reference
from autograder.rules.values.evidence import Evidence, Observed

# Relative to the size of what is right: what is farther off is another number.
NEARLY = 3e-3
# What is computed with the same numbers in another way differs by less.
_ROUNDING = 1e-12

_SINGLE = "Digits are lost: {what} has the 7 digits of float32. Leave the dtype as NumPy makes it."
_HALF = "Digits are lost: {what} has the 3 digits of float16. Leave the dtype as NumPy makes it."
_KINDS: tuple[tuple[str, str, Callable[[Any], Any]], ...] = (
    ("single_precision", _SINGLE, lambda x: np.asarray(x, float).astype(np.float32).astype(float)),
    ("half_precision", _HALF, lambda x: np.asarray(x, float).astype(np.float16).astype(float)),
)


def lost(reference: Reference, component: int, seen: Observed) -> list[Misconception]:
    """What took the digits of a result that is nearly right; nothing where it is not.

    Parameters
    ----------
    reference
        What is right; it is called with arguments of fewer digits.
    component
        Its position, from 0.
    seen
        The component's values on all inputs.
    """
    if not np.isfinite(seen.got).all():
        return []
    off = seen.errors
    if not TOLERANCE < float(off.max(initial=0.0)) < NEARLY:
        return []
    with np.errstate(all="ignore"):
        found = next(_kinds(reference, component, seen), None)
    digits = max(1, math.floor(-math.log10(float(off.max()))))
    return [
        found
        or Misconception(
            "few_digits",
            f"It is nearly right, to about {digits} digits: is something rounded or turned into float32 "
            "on the way, or a small number added?",
        )
    ]


def _kinds(reference: Reference, component: int, seen: Observed) -> Iterator[Misconception]:
    for name, text, cast in _KINDS:
        if np.array_equal(cast(seen.got), seen.got) and not np.array_equal(cast(seen.right), seen.right):
            yield Misconception(name, text.format(what="the result"))
        for places in _places(reference):
            rows = [_computed(reference, component, each, places, cast) for each in seen.evidence]
            row = np.concatenate([found for found in rows if found is not None])
            if len(row) == seen.got.size and seen.fits(row, _ROUNDING):
                names = " and ".join(f"`{reference.parameters[place]}`" for place in places)
                yield Misconception(name, text.format(what=names))


def _places(reference: Reference) -> Iterator[Sequence[int]]:
    count = len(reference.parameters)
    yield from ([place] for place in range(count))
    if count > 1:
        yield range(count)


def _computed(
    reference: Reference,
    component: int,
    each: Evidence,
    places: Sequence[int],
    cast: Callable[[Any], Any],
) -> np.ndarray | None:
    """What is right with some of the arguments cast."""
    arguments = [
        _cast(value, cast) if place in places else value for place, value in enumerate(each.arguments)
    ]
    value = reference(*arguments)
    part = np.asarray(value[component] if len(reference.components) > 1 else value, float)
    return np.ravel(part) if part.shape == each.right.shape else None


def _cast(value: Any, cast: Callable[[Any], Any]) -> Any:
    if isinstance(value, int):
        return value
    made = cast(value)
    return made if np.ndim(made) else float(made)
