"""Downloads of several sections beside each other: each is what its platform handed over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from autograder.submission.layouts.found import Claim, Found, Layout, Owner, Person
from autograder.submission.listing import EACH, Listing
from autograder.submission.opening import File

_Person = TypeVar("_Person", bound=Person)
Read = Callable[[Listing], tuple[Layout, Found] | None]


def in_sections(listing: Listing, read: Read) -> tuple[Layout, Found] | None:
    """All sections as one, where each by itself is a download of the same platform; else None.

    Who stands in two of them stays two, each followed by the section's name.

    Parameters
    ----------
    listing
        Of `EACH` folder; for any other the result is None.
    read
        Recognizes one section; None where it cannot.
    """
    if listing.around[-1:] != (EACH,):
        return None
    several: dict[str, tuple[Layout, Found]] = {}
    for name, section in listing.sections().items():
        if (read_one := read(section)) is None:
            return None
        several[name] = read_one
    layouts = {layout.name: layout for layout, _ in several.values()}
    if len(layouts) != 1:
        return None
    times = Counter(
        key for _, found in several.values() for key in {claim.owner.key for _, claim in found.claims}
    )
    claims: list[tuple[File, Claim]] = []
    for name, (_, found) in several.items():
        claims += [
            (file, replace(claim, owner=_apart(claim.owner, name, times))) for file, claim in found.claims
        ]
    return next(iter(layouts.values())), Found(
        tuple(claims),
        tuple(pair for _, found in several.values() for pair in found.aside),
        tuple(f"{name}: {note}" for name, (_, found) in several.items() for note in found.notes),
    )


def _apart(owner: Owner, section: str, times: Counter[str]) -> Owner:
    """The owner with the section's name, which the key has only where another section has the key as well."""
    mark = "" if times[owner.key] == 1 else f" ({section})"

    def placed(person: _Person) -> _Person:
        token = person.token or person.key
        return replace(person, key=person.key + mark, token=token, section=section)

    return replace(placed(owner), members=tuple(map(placed, owner.members)))
