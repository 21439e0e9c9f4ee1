"""Inputs of the same kind as a rule's probes, but of other sizes: what hides behind a probe's shape shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import cycle
from typing import Any

import numpy as np

from autograder.rules.values.declared import Declared

# Of the indices in the order of their axes; a probe's sizes are rarely these.
_SIZES = (9, 4, 5, 6)
_SAMPLES = 6


@dataclass(frozen=True)
class Kind:
    """What the probes draw for an argument.

    ``name`` is "one a row", "labels", "counts", "positive" or "signed"; the numbers are between ``low`` and
    ``high``, and ``size`` is their mean absolute value. ``floats`` says that none of them are integers,
    ``arrays`` that some are arrays.
    """

    name: str
    floats: bool
    arrays: bool
    shape: tuple[int, ...]
    low: float
    high: float
    size: float

    def draw(self, shape: tuple[int, ...], random: np.random.Generator) -> Any:
        """Another argument of this kind.

        Parameters
        ----------
        shape
            () for the shape of the first one that the probes drew; counts are single numbers, whatever it is.
        random
            What the numbers are drawn from.
        """
        shape = shape or self.shape
        if self.name == "counts":
            return int(random.integers(int(self.low), int(self.high) + 1))
        if self.name == "one a row" and len(shape) == 2:
            made = np.eye(shape[1])[random.integers(0, shape[1], shape[0])]
        elif self.name in ("one a row", "labels"):
            made = random.integers(0, 2, shape).astype(float)
        elif self.name == "positive":
            made = random.uniform(0.02, 0.98 if self.high < 1 else self.high, shape)
        else:
            made = random.normal(size=shape) * max(1.0, self.size)
        return made if shape else float(made)


def _drawn_by(rule: Declared) -> list[list[Any]]:
    """For each argument what the probes draw for it, several times."""
    random = np.random.default_rng(11)
    drawn = [probe.draw(random) for _ in range(5) for probe in rule.probes]
    return [[each[place] for each in drawn if place < len(each)] for place in range(max(map(len, drawn)))]


def unlike_the_probes(rule: Declared, random: np.random.Generator | None = None) -> list[tuple[Any, ...]]:
    """Arguments of a reference that SymPy derived, each of the kind that the probes draw for it.

    Zeros and ones stay zeros and ones, one 1 a row stays one a row, counts stay counts, what is positive or
    between 0 and 1 stays so.

    Parameters
    ----------
    rule
        Its reference knows the axes of its arguments; its probes show what they are like.
    random
        What the numbers are drawn from; None for a fixed seed, so that they are the same in every call.
    """
    random = random or np.random.default_rng(11)
    every: Any = rule.reference.axes  # type: ignore[attr-defined]
    indices = sorted({index for axes in every for index in axes}, key=lambda index: index.place)
    sizes = dict(zip(dict.fromkeys(index.size for index in indices), cycle(_SIZES), strict=False))
    return [of_sizes(rule, sizes, random) for _ in range(_SAMPLES)]


def of_sizes(rule: Declared, sizes: Mapping[Any, int], random: np.random.Generator) -> tuple[Any, ...]:
    """Arguments of the kinds that the probes draw, of these sizes.

    Parameters
    ----------
    rule
        Its reference knows the axes of its arguments; its probes show what they are like.
    sizes
        Symbol of a size, such as n → its number.
    random
        What the numbers are drawn from.
    """
    every: Any = rule.reference.axes  # type: ignore[attr-defined]
    shapes = [tuple(sizes[index.size] for index in axes) for axes in every]
    return tuple(kind.draw(shape, random) for kind, shape in zip(kinds(rule), shapes, strict=False))


@lru_cache(maxsize=64)
def kinds(rule: Declared) -> list[Kind]:
    """What the probes draw for each argument."""
    return [_kind(seen) for seen in _drawn_by(rule)]


def _kind(seen: list[Any]) -> Kind:
    values = np.concatenate([np.ravel(each) for each in seen])
    low, high = float(values.min()), float(values.max())
    if all(isinstance(each, int) for each in seen):
        name = "counts"
    elif np.ndim(seen[0]) == 2 and all(map(_one_a_row, seen)):
        name = "one a row"
    elif np.isin(values, (0, 1)).all():
        name = "labels"
    else:
        name = "positive" if low >= 0 else "signed"
    floats = all(np.asarray(each).dtype.kind == "f" for each in seen)
    return Kind(
        name, floats, any(map(np.ndim, seen)), np.shape(seen[0]), low, high, float(np.abs(values).mean())
    )


def _one_a_row(value: Any) -> bool:
    """Whether every row is 0 but for a single 1, as where it says which class is right."""
    plain = np.isin(value, (0, 1)).all() and not np.all(value)
    return bool(plain and np.all(np.sum(value, axis=1) == 1))
