"""Brightspace: ``397063-2557369 - Jane Doe - Sep 24, 2024 926 PM/…``, a folder a time, or all files flat."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from autograder.submission.layouts.found import Attempt, Claim, Found, Layout, Owner, Says, by_names
from autograder.submission.layouts.times import moment
from autograder.submission.listing import Listing
from autograder.submission.opening import Parts

_TOP = re.compile(r"(?P<a>\d+)-(?P<b>\d+) - (?P<rest>.+)", re.DOTALL)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TIME = re.compile(r"(?<![\d.])\d{1,2}[.:h]?\d\d(?![\d.])")
_MAX_WHEN = 60


@dataclass(frozen=True)
class _Top:
    """What a name at the top is made of; ``file`` is empty for a folder."""

    a: str
    b: str
    name: str
    when: str
    file: str


def _top(text: str) -> _Top | None:
    """The first part that is a date, in whatever language, divides the name from the file."""
    m = _TOP.fullmatch(text)
    parts = m["rest"].split(" - ") if m else []
    k = next((k for k, part in enumerate(parts) if k and _is_when(part)), 0)
    return (
        _Top(m["a"], m["b"], " - ".join(parts[:k]), parts[k], " - ".join(parts[k + 1 :])) if m and k else None
    )


def _is_when(text: str) -> bool:
    """Whether there is a year in it, and a time."""
    year = _YEAR.search(text) if len(text) <= _MAX_WHEN else None
    return year is not None and any(_TIME.search(part) for part in (text[: year.start()], text[year.end() :]))


def _read(listing: Listing) -> Found | None:
    """Which of the two numbers is a person's is not documented: one that two names share is none."""
    tops = {text: _top(text) for text in listing.tops}
    found = [top for top in tops.values() if top]
    by_b, by_a = _tell_apart((m.b, m.name) for m in found), _tell_apart((m.a, m.name) for m in found)

    def number(m: _Top) -> str:
        return m.b if by_b else m.a if by_a else f"{m.a}-{m.b}"

    numbers: dict[str, set[str]] = defaultdict(set)
    for m in found:
        numbers[m.name].add(number(m))

    def claim(path: Parts) -> Says:
        m = tops[path[0]]
        if m is None or bool(m.file) == (len(path) > 1):
            return None
        key = m.name if len(numbers[m.name]) == 1 else f"{m.name}_{number(m)}"
        # the numbers are no ids that a class list knows
        owner = Owner(key, m.name, token=f"{m.name}_{number(m)}")
        return Claim(owner, Attempt(when=moment(m.when)), path[1:] or (m.file,), len(path) == 1)

    alike = sorted(name for name, several in numbers.items() if len(several) > 1)
    notes = [
        f"{name} stands at {len(numbers[name])} numbers: they may be several people, and are kept apart."
        for name in alike
    ]
    return by_names(listing, claim, tuple(notes))


def _tell_apart(pairs: Iterable[tuple[str, str]]) -> bool:
    """Whether no number stands at two names."""
    names: dict[str, set[str]] = defaultdict(set)
    for number, name in pairs:
        names[number].add(name)
    return all(len(several) == 1 for several in names.values())


# Its dates are written as the site's language has them, so that they may not be there to be compared.
LAYOUT = Layout("brightspace", "Brightspace download", _read, attempts="best")
