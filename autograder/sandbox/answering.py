"""What the referee computes when a submission calls it back: never more than the exercise can need.

The arguments that a submission was called with say how large those of a callback can be: a few times as
large. Whatever is larger is refused before anything is computed. The processor time of all answers counts.
"""

from __future__ import annotations

import contextlib
import logging
import math
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.sandbox.inside import wire
from autograder.sandbox.limits import Limits

# Characters of any text that goes into a report.
MAX_TEXT = 8_000
# How many times as large as what was sent, and how much beside that: a column of ones, two sets in one.
_TIMES, _MORE_NUMBERS = 4, 1000
_TIMES_A_SIDE, _MORE_A_SIDE = 2, 16
# Arrays of so many numbers, multiplied with each other, are computed with in so much memory.
_LARGE = 1 << 20
_MEMORY = 256 << 20
# Faults that are logged of one submission, each place once.
_MOST_LOGGED = 5

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Room:
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


class LateError(Exception):
    """Answers took more of the referee's time than a submission may use."""


@dataclass
class Answering:
    """Answers one submission's callbacks, and counts the processor seconds that this takes."""

    limits: Limits
    spent: float = 0.0
    _of_this_call: float = 0.0
    _logged: set[tuple[str, int]] = field(default_factory=set)

    def begin(self) -> None:
        """Another call begins."""
        self._of_this_call = 0.0

    def answer(self, value: Any, callables: Sequence[Callable[..., Any]], room: Room) -> bytes:
        """The frame that answers a callback.

        Raises
        ------
        ValueError, TypeError
            When it is no callback.
        LateError
            When this call, or the submission, has had as many answers as its time is worth.
        """
        number, arguments, keywords = value
        if type(number) is not int or not 0 <= number < len(callables):
            raise ValueError(number)
        began = time.thread_time()
        try:
            return self._answered(callables[number], tuple(arguments), dict(keywords), room)
        finally:
            seconds = time.thread_time() - began
            self.spent += seconds
            self._of_this_call += seconds
            self._insist()

    def _insist(self) -> None:
        for used, limit in (
            (self._of_this_call, self.limits.call_seconds),
            (self.spent, self.limits.total_seconds),
        ):
            if used > limit:
                raise LateError(f"it was stopped after {limit:g} seconds of answers to what it asked for")

    def _answered(
        self,
        function: Callable[..., Any],
        arguments: tuple[Any, ...],
        keywords: dict[str, Any],
        room: Room,
    ) -> bytes:
        everything = (*arguments, *keywords.values())
        if reason := too_large(everything, room):
            return wire.frame(wire.REFUSAL, reason)
        try:
            sizes = sorted((measured(each).numbers for each in everything), reverse=True)[:2]
            bounded = _bounded_memory() if math.prod(sizes) > _LARGE else contextlib.nullcontext()
            with bounded:
                return wire.frame(wire.ANSWER, function(*arguments, **keywords))
        except (TypeError, ValueError) as error:
            return wire.frame(wire.REFUSAL, str(error)[:MAX_TEXT])
        except MemoryError:
            return wire.frame(wire.REFUSAL, "there is too little memory for what it was called with")
        except Exception as error:  # whatever it was called with must not stop the grader
            self._log(error)
            return wire.frame(wire.REFUSAL, f"{type(error).__name__}: {error}"[:MAX_TEXT])

    def _log(self, error: Exception) -> None:
        """Log a fault of a callback's, once for each place."""
        place = error.__traceback__
        while place is not None and place.tb_next is not None:
            place = place.tb_next
        where = (type(error).__name__, place.tb_lineno if place is not None else 0)
        if where not in self._logged and len(self._logged) < _MOST_LOGGED:
            self._logged.add(where)
            _LOG.warning("a callback failed", exc_info=True)


def taken_memory() -> int | None:
    """Bytes of address space that this process has; None where the kernel keeps no limit to them."""
    try:
        import resource

        with open("/proc/self/statm") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except (ImportError, OSError):
        return None


@contextlib.contextmanager
def _bounded_memory() -> Iterator[None]:
    """While this is open the referee takes `_MEMORY` more at most, where the kernel can hold it to that."""
    if (now := taken_memory()) is None:
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    known = [limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min([now + _MEMORY, *known]), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
