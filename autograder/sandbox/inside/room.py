"""How large the arguments of a callable may be that a submission was given: no larger than it can need.

The arguments that the submission was called with say how large: a few times as large as they are. The referee
holds callbacks to that, and the runner holds those callables to it that were sent whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

# How many times as large as what was sent, and how much beside that: a column of ones, two sets in one.
_TIMES, _MORE_NUMBERS = 4, 1000
_TIMES_A_SIDE, _MORE_A_SIDE = 2, 16
_NUMBERS = frozenset((float, int, bool, np.float64, np.int64))


class Room(NamedTuple):
    """How large arguments are: their numbers in all, the longest side of an array, and its dimensions."""

    numbers: int = 0
    side: int = 0
    dimensions: int = 0

    @property
    def widened(self) -> Room:
        """What may be asked by whoever was sent this."""
        return Room(
            _TIMES * self.numbers + _MORE_NUMBERS,
            _TIMES_A_SIDE * self.side + _MORE_A_SIDE,
            max(2, self.dimensions),
        )


def measured(value: Any) -> Room:
    """How large a value is, with all that is in it.

    Examples
    --------
    >>> measured((np.ones((7, 3)), [1.0, 2.0]))
    Room(numbers=25, side=7, dimensions=2)
    """
    if isinstance(value, np.ndarray):
        side = max(value.shape, default=0)
        return Room(max(value.size, side), side, value.ndim)
    if isinstance(value, str):
        return Room(len(value))
    if isinstance(value, tuple | list | dict):
        items = value.values() if isinstance(value, dict) else value
        inside = [measured(item) for item in items]
        numbers = len(inside) + sum(each.numbers for each in inside if each.numbers > 1)
        side = max((each.side for each in inside), default=0)
        dimensions = max((each.dimensions for each in inside), default=0)
        if isinstance(value, list):  # may stand for an array
            return Room(numbers, max(len(value), side), dimensions + 1)
        return Room(numbers, side, dimensions)
    return Room(1)


def room_for(calls: Iterable[tuple[Any, ...]]) -> Room:
    """What a function may ask the referee with that is called with each of these."""
    numbers = side = dimensions = 0
    for each in map(measured, calls):
        numbers, side = max(numbers, each.numbers), max(side, each.side)
        dimensions = max(dimensions, each.dimensions)
    return Room(numbers, side, dimensions).widened


def too_large(arguments: Sequence[Any], room: Room) -> str:
    """Why nothing is computed with these arguments; empty where it is."""
    if _is_plainly_small(arguments, room):
        return ""
    all_of_them = measured(tuple(arguments))
    if all_of_them.numbers > room.numbers:
        return f"it was called with {all_of_them.numbers:,} numbers: the exercise needs fewer"
    for argument in arguments:
        each = measured(argument)
        if each.dimensions > room.dimensions:
            return f"it was called with an array of {each.dimensions} dimensions: the exercise needs fewer"
        if each.dimensions > 1 and each.side > room.side:
            return f"it was called with an array with a side of {each.side:,}: the exercise needs less"
    return ""


def _is_plainly_small(arguments: Sequence[Any], room: Room) -> bool:
    """Whether arrays and numbers are well within the room; seen at once, as loops call a million times."""
    most, longest, deepest = room
    numbers = 2 * len(arguments)
    for argument in arguments:
        if type(argument) is np.ndarray:
            shape = argument.shape
            if len(shape) > deepest:
                return False
            for side in shape:
                if side > longest:
                    return False
                numbers += side
            numbers += argument.size
        elif type(argument) not in _NUMBERS:
            return False
    return numbers <= most
