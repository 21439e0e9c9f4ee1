"""What the referee computes when a submission calls it back: never more than the exercise can need.

Whatever has no `Room` is refused before anything is computed. The processor time of all answers counts.
"""

from __future__ import annotations

import contextlib
import logging
import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.sandbox.inside import wire
from autograder.sandbox.inside.room import Room, measured, too_large
from autograder.sandbox.limits import Limits

# Characters of any text that goes into a report.
MAX_TEXT = 8_000
# Arrays of so many numbers, multiplied with each other, are computed with in so much memory.
_LARGE = 1 << 20
_MEMORY = 256 << 20
# Faults that are logged of one submission, each place once.
_MOST_LOGGED = 5

_LOG = logging.getLogger(__name__)


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

        Parameters
        ----------
        value
            As it came, hostile data: the number of a callable, arguments, and arguments by name.
        callables
            Those that may be called back, in the order of their numbers.
        room
            How large the arguments may be.

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
                raise LateError(f"it was stopped: the functions it was given took over {limit:g} seconds")

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
