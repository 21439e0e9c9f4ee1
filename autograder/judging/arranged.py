"""The same numbers with one sign, in ascending order, or with a zero among them.

What is wrong for such numbers alone shows to every student, and not only to those who draw them by chance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np


def _positive(value: Any) -> Any:
    """Numbers above 0; a single one is below 1, too."""
    size = np.abs(value)
    return size if np.ndim(size) else float(size / (1 + size))


def _negative(value: Any) -> Any:
    return -np.abs(value) if np.ndim(value) else -abs(float(value))


def _ascending(value: Any) -> Any:
    """Numbers in ascending order, row by row; a single one is above 1."""
    return np.sort(value, axis=None).reshape(np.shape(value)) if np.ndim(value) else 1 + abs(float(value))


def _with_a_zero(value: Any) -> Any:
    """A zero beside others; a single number stays as it is."""
    if np.size(value) < 2:
        return value
    array = np.array(value)
    array.flat[1] = 0
    return array


IN_ORDER = "numbers in ascending order"
ARRANGED: Mapping[str, Callable[[Any], Any]] = {
    "only numbers above 0": _positive,
    "only numbers below 0": _negative,
    IN_ORDER: _ascending,
    "a zero among the numbers": _with_a_zero,
}


def arranged(*values: Any) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The values in each arrangement, with what they are then called, as in "a zero among the numbers".

    >>> dict(arranged(np.array([2.0, -1.0])))["numbers in ascending order"]
    (array([-1.,  2.]),)
    """
    for name, made in ARRANGED.items():
        yield name, tuple(map(made, values))
