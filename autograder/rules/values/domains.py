"""Inputs of the same kind as a rule's probes, but of other sizes: what hides behind a probe's shape shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import cycle
from typing import Any

import numpy as np

from autograder.rules.values.declared import Declared

# Of the indices in the order of their axes; a probe's sizes are rarely these.
_SIZES = (9, 4, 5, 6)
_SAMPLES = 6


def drawn_by(rule: Declared, random: np.random.Generator | None = None) -> list[list[Any]]:
    """For each argument what the probes draw for it, several times."""
    random = random or np.random.default_rng(11)
    drawn = [probe.draw(random) for _ in range(5) for probe in rule.probes]
    return [[each[place] for each in drawn if place < len(each)] for place in range(max(map(len, drawn)))]


def unlike_the_probes(rule: Declared, random: np.random.Generator | None = None) -> list[tuple[Any, ...]]:
    """Arguments of a reference that SymPy derived, each of the kind that the probes draw for it.

    Zeros and ones stay zeros and ones, one 1 a row stays one a row, counts stay counts, what is positive or
    between 0 and 1 stays so.
    """
    random = random or np.random.default_rng(11)
    every: Any = rule.reference.axes  # type: ignore[attr-defined]
    indices = sorted({index for axes in every for index in axes}, key=lambda index: index.place)
    sizes = dict(zip(dict.fromkeys(index.size for index in indices), cycle(_SIZES), strict=False))
    seen = drawn_by(rule, random)
    return [_of_sizes(rule, sizes, seen, random) for _ in range(_SAMPLES)]


def of_sizes(rule: Declared, sizes: Mapping[Any, int], random: np.random.Generator) -> tuple[Any, ...]:
    """The same, of these sizes: for the symbol of each its number."""
    return _of_sizes(rule, sizes, drawn_by(rule), random)


def _of_sizes(
    rule: Declared, sizes: Mapping[Any, int], seen: Sequence[list[Any]], random: np.random.Generator
) -> tuple[Any, ...]:
    every: Any = rule.reference.axes  # type: ignore[attr-defined]
    shapes = [tuple(sizes[index.size] for index in axes) for axes in every]
    return tuple(
        _another(each, shape or np.shape(each[0]), random) for each, shape in zip(seen, shapes, strict=False)
    )


def _another(seen: list[Any], shape: tuple[int, ...], random: np.random.Generator) -> Any:
    values = np.concatenate([np.ravel(each) for each in seen])
    low, high = values.min(), values.max()
    if len(shape) == 2 and all(map(_one_a_row, seen)):
        made = np.eye(shape[1])[random.integers(0, shape[1], shape[0])]
    elif set(np.unique(values)) <= {0, 1}:
        made = random.integers(0, 2, shape).astype(float)
    elif all(isinstance(each, int) for each in seen):
        return int(random.integers(low, high + 1))
    elif low >= 0:
        made = random.uniform(0.02, 0.98 if high < 1 else high, shape)
    else:
        made = random.normal(size=shape) * max(1.0, float(np.abs(values).mean()))
    return made if shape else float(made)


def _one_a_row(value: Any) -> bool:
    """Whether every row is 0 but for a single 1, as where it says which class is right."""
    return set(np.unique(value)) == {0, 1} and bool(np.all(np.sum(value, axis=1) == 1))
