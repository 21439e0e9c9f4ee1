"""When something was due, how late it came, and what that costs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


class _Timed(Protocol):
    @property
    def attempt(self) -> Any: ...


def in_order(times: Iterable[Any]) -> list[Any]:
    """From the first to the latest, by the platform's clock, then by its numbers."""

    def key(time: _Timed) -> tuple[float, int]:
        when = time.attempt.when
        return (_seconds(when) if when else 0.0, time.attempt.number)

    return sorted(times, key=key)


def _seconds(when: datetime) -> float:
    """Seconds since 1970; without an offset it is this machine's own time."""
    return when.timestamp()


@dataclass(frozen=True)
class Deadline:
    """When a homework was due; ``longer`` are the seconds that some students have in addition."""

    due: datetime
    longer: Mapping[str, float] = field(default_factory=dict)

    def seconds_late(self, when: datetime | None, people: Iterable[Any]) -> float | None:
        """How late something is; 0 in time, None where the platform does not say when it came."""
        if when is None:
            return None
        due = self.due
        if due.tzinfo is None or when.tzinfo is None:  # one clock: the platform's
            due, when = due.replace(tzinfo=None), when.replace(tzinfo=None)
            late = (when - due).total_seconds()
        else:
            late = when.timestamp() - due.timestamp()
        extra = max((self.longer.get(person.person.key, 0.0) for person in people), default=0.0)
        return max(0.0, late - extra)
