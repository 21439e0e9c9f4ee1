"""Brightspace: ``397063-2557369 - Jane Doe - Sep 24, 2024 926 PM/…``, a folder a time, or all files flat."""

from __future__ import annotations

import re
from collections import defaultdict

from autograder.submission.layouts.found import Attempt, Claim, Found, Layout, Owner, Says, by_names
from autograder.submission.layouts.times import moment
from autograder.submission.listing import Listing
from autograder.submission.opening import Parts

_TOP = re.compile(
    r"(?P<a>\d+)-(?P<b>\d+) - (?P<name>.+?) - "
    r"(?P<when>(?:(?! - )[^/])*?\d{4} \d{3,4} [AP]M)(?: - (?P<file>.+))?",
    re.DOTALL,
)


def _read(listing: Listing) -> Found | None:
    """Which of the two numbers is a person's is not documented: one that two names share is none."""
    found = [m for m in map(_TOP.fullmatch, listing.tops) if m]
    column = next((c for c in ("b", "a") if _tells_names_apart(found, c)), None)

    def number(m: re.Match[str]) -> str:
        return m[column] if column else f"{m['a']}-{m['b']}"

    numbers: dict[str, set[str]] = defaultdict(set)
    for m in found:
        numbers[m["name"]].add(number(m))

    def claim(path: Parts) -> Says:
        m = _TOP.fullmatch(path[0])
        if m is None or bool(m["file"]) == (len(path) > 1):
            return None
        key = m["name"] if len(numbers[m["name"]]) == 1 else f"{m['name']}_{number(m)}"
        # the numbers are no ids that a class list knows
        return Claim(
            Owner(key, m["name"]), Attempt(when=moment(m["when"])), path[1:] or (m["file"],), len(path) == 1
        )

    alike = sorted(name for name, several in numbers.items() if len(several) > 1)
    notes = [
        f"{name} stands at {len(numbers[name])} numbers: they may be several people, and are kept apart."
        for name in alike
    ]
    return by_names(listing, claim, tuple(notes))


def _tells_names_apart(found: list[re.Match[str]], column: str) -> bool:
    names: dict[str, set[str]] = defaultdict(set)
    for m in found:
        names[m[column]].add(m["name"])
    return all(len(several) == 1 for several in names.values())


# Its dates are written as the site's language has them, so that they may not be there to be compared.
LAYOUT = Layout("brightspace", "Brightspace download", _read, attempts="best")
