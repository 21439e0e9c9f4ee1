"""What a call does beside returning a value: warnings, silence, shared memory."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np

_MAX_WARNINGS = 5
# What NumPy may do with an error so that no warning is seen.
_QUIET = ("ignore", "print", "call", "log")


class WarningLog:
    """Records every warning of a call, however the submission set its filters, and notices when it
    silenced NumPy for the whole process."""

    def __init__(self) -> None:
        self._errors = np.geterr()
        self._texts: list[str] = []
        warnings.simplefilter("always")
        warnings.showwarning = self._record
        self._filters = list(warnings.filters)

    def _record(self, message: Any, category: Any, *_place: Any, **_more: Any) -> None:
        if len(self._texts) < _MAX_WARNINGS:
            self._texts.append(f"{category.__name__}: {message}"[:200])

    def restore(self, *, while_loading: bool = False) -> bool:
        """Undo what the submission changed; whether NumPy's errors had been silenced: a setting that raises
        or warns more does not, and one that prints only where a call left it."""
        now = np.geterr()
        if now == self._errors:
            self._restore_filters()
            return False
        quiet = ("ignore",) if while_loading else _QUIET
        before = dict(self._errors)
        silenced = any(how in quiet and before[what] not in _QUIET for what, how in now.items())
        np.seterr(**self._errors)
        self._restore_filters()
        return silenced

    def restore_after_call(self) -> bool:
        """The same; a filter that a call leaves behind silences NumPy as well. (One that was set before the
        call is no excuse and no offence: it is not in force here.)"""
        filters = warnings.filters
        hidden = filters != self._filters and any(
            each[0] == "ignore" and each not in self._filters and issubclass(RuntimeWarning, each[2])
            for each in filters
        )
        return self.restore() or hidden

    def _restore_filters(self) -> None:
        if warnings.filters != self._filters or warnings.showwarning != self._record:
            warnings.filters[:] = self._filters  # type: ignore[index]
            warnings.showwarning = self._record

    def take(self) -> list[str]:
        """The texts since the last time."""
        texts, self._texts = self._texts, []
        return texts


def arrays(result: Any, depth: int = 0) -> Iterator[np.ndarray]:
    """The arrays in a result, a few levels deep."""
    if isinstance(result, np.ndarray):
        yield result
    elif isinstance(result, tuple | list) and depth < 3:
        for item in result[:2000]:
            yield from arrays(item, depth + 1)


def overlap(one: np.ndarray, other: np.ndarray) -> bool:
    try:
        return bool(np.shares_memory(one, other, max_work=10_000))  # type: ignore[arg-type]
    except Exception:  # too hard to tell: their bounds overlap
        return True
