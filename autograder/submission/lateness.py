"""When something was due, how late it came, and what that costs."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from autograder.printable import number
from autograder.submission.errors import AskedError

_UNITS = {"m": 60.0, "h": 3600.0, "d": 86_400.0, "w": 604_800.0}
_IN_WORDS = {
    name: _UNITS[name[0]]
    for names in ("m min mins minute minutes", "h hr hrs hour hours", "d day days", "w wk wks week weeks")
    for name in names.split()
}
_DURATION = re.compile(r"\+?\s*(\d{1,6}(?:\.\d{1,4})?)\s*([a-z]+)", re.IGNORECASE)
_AMOUNT = r"(?P<amount>\d{1,4}(?:\.\d{1,4})?)\s*(?P<unit>%|per ?cent|points?|pts?)"
_COST = re.compile(
    rf"{_AMOUNT}(?P<of_max>\s+of\s+the\s+max(?:imum)?)?(?:\s*(?:an?|per|/)\s*(?P<per>hour|day|week))?"
)
_CAP = re.compile(rf"(?:at most|max(?:imum)?|cap)\s*{_AMOUNT}")
_GRACE = re.compile(r"(?:grace|after)\s*(?P<grace>.+)")
_SYNTAX = '"10% a day, grace 15m, at most 50%", "2 points a day, at most 10 points", or "20%" once'


def in_order(times: Iterable[Any]) -> list[Any]:
    """From the first to the latest, by the platform's clock, then by its numbers."""

    def key(time: Any) -> tuple[float, int]:
        when = time.attempt.when
        return (when.timestamp() if when else 0.0, time.attempt.number)

    return sorted(times, key=key)


@dataclass(frozen=True)
class Deadline:
    """When a homework was due; ``longer`` are the seconds that some students have in addition."""

    due: datetime
    longer: Mapping[str, float] = field(default_factory=dict)

    def seconds_late(self, when: datetime | None, people: Iterable[Any]) -> float | None:
        """How late something is; 0 in time, None where the platform does not say when it came.

        Of a group the one with the longest time counts. A date without an offset is on the other's clock.

        Parameters
        ----------
        when
            By the platform's clock; None where that is not told.
        people
            Who gets a mark for it, each a `Member`.
        """
        if when is None:
            return None
        if self.due.tzinfo is None or when.tzinfo is None:
            late = (when.replace(tzinfo=None) - self.due.replace(tzinfo=None)).total_seconds()
        else:
            late = (when - self.due).total_seconds()
        extra = max((self.longer.get(member.person.key, 0.0) for member in people), default=0.0)
        return max(0.0, late - extra)


@dataclass(frozen=True)
class LateRule:
    """What lateness costs.

    Parameters
    ----------
    amount, percent
        Points, or per cent of the points earned.
    per
        The seconds of a day, an hour or a week: so much for each that has begun. 0: once.
    grace
        Seconds that are not counted.
    cap, cap_percent
        At most so many points, or so many per cent.
    of_max
        Per cent of all points there are, not of those that were earned.
    """

    amount: float
    percent: bool
    per: float = 0.0
    grace: float = 0.0
    cap: float = math.inf
    cap_percent: bool = True
    of_max: bool = False

    def penalty(self, earned: float, there_are: float, late: float | None, marked: bool) -> float:
        """The points that are taken off; never more than were earned.

        Where the platform says that something was late (``marked``) and not how much (``late`` is None), only
        a rule that counts once can be applied.

        Parameters
        ----------
        earned, there_are
            Points that the work has, and all points of the homework.
        late
            Seconds; None where the platform does not say how many.
        marked
            Whether the platform says that it was late.
        """
        if late is None:
            begun = 1 if marked and not self.per else 0
        elif late <= self.grace:
            begun = 0
        else:
            begun = math.ceil((late - self.grace) / self.per) if self.per else 1
        base = there_are if self.of_max else earned
        cost = begun * (self.amount * base / 100 if self.percent else self.amount)
        cap = self.cap * base / 100 if self.cap_percent else self.cap
        return max(0.0, min(cost, cap, earned))


def duration(text: str) -> float | None:
    """Seconds; None where it is no duration.

    Examples
    --------
    >>> duration("15m"), duration("2 days"), duration("soon")
    (900.0, 172800.0, None)
    """
    found = _DURATION.fullmatch(text.strip())
    unit = _IN_WORDS.get(found[2].lower()) if found else None
    return float(found[1]) * unit if found and unit else None


def until(text: str) -> datetime:
    """The end of the time that a date in ISO 8601 gives: of a date without a time, that of the day.

    Examples
    --------
    >>> until("2026-11-30"), until("2026-11-30T23:59")
    (datetime.datetime(2026, 12, 1, 0, 0), datetime.datetime(2026, 11, 30, 23, 59))

    Raises
    ------
    ValueError
        When it is none.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return datetime.fromisoformat(text)
    return datetime.combine(day + timedelta(days=1), time())


def shown_until(end: datetime) -> str:
    """The end of a time as people write it.

    Examples
    --------
    >>> shown_until(until("2026-11-30")), shown_until(until("2026-11-30T23:59+01:00"))
    ('2026-11-30 24:00', '2026-11-30 23:59+01:00')
    """
    if end.time() == time():
        return f"{(end - timedelta(days=1)).date()} 24:00{end.isoformat()[19:]}"
    return end.isoformat(" ", "minutes" if not end.second else "seconds")


def due_date(text: str) -> datetime:
    """A date in ISO 8601; one without a time is the end of that day.

    Raises
    ------
    AskedError
        When it is none.
    """
    try:
        return until(text.strip())
    except (ValueError, OverflowError):
        raise AskedError(
            f"{text!r} is not a date: write 2026-11-30T23:59, or 2026-11-30T23:59+01:00 with an offset."
        ) from None


def late_rule(text: str) -> LateRule:
    """A rule as an instructor writes it.

    Examples
    --------
    >>> late_rule("10% a day, grace 15m, at most 50%").penalty(40, 45, 90_000, True)
    8.0

    Raises
    ------
    AskedError
        When a part of it cannot be read.
    """
    cost: re.Match[str] | None = None
    cap: re.Match[str] | None = None
    grace = 0.0
    for clause in filter(None, (part.strip().lower() for part in re.split("[,;]", text))):
        seconds = duration(found["grace"]) if (found := _GRACE.fullmatch(clause)) else None
        if seconds is not None:
            grace = seconds
        elif found := _CAP.fullmatch(clause):
            cap = found
        elif (found := _COST.fullmatch(clause)) and cost is None:
            cost = found
        else:
            raise AskedError(f"{clause!r} in the rule {text!r} cannot be read: write {_SYNTAX}.")
    if cost is None:
        raise AskedError(f"The rule {text!r} does not say what lateness costs: write {_SYNTAX}.")
    return LateRule(
        float(cost["amount"]),
        _is_percent(cost),
        _UNITS[cost["per"][0]] if cost["per"] else 0.0,
        grace,
        float(cap["amount"]) if cap else math.inf,
        _is_percent(cap) if cap else True,
        bool(cost["of_max"]),
    )


def _is_percent(found: re.Match[str]) -> bool:
    return found["unit"] == "%" or found["unit"].startswith("per")


def in_words(seconds: float) -> str:
    """A duration for people.

    Examples
    --------
    >>> in_words(93_600), in_words(60), in_words(20)
    ('1 day 2 hours', '1 minute', 'less than a minute')
    """
    words = []
    for name, size in (("day", 86_400), ("hour", 3600), ("minute", 60)):
        count, seconds = divmod(seconds, size)
        if count:
            words.append(f"{number(count)} {name}{'s' * (count != 1)}")
    return " ".join(words[:2]) or "less than a minute"
