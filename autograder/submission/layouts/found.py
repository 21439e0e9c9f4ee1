"""What a layout makes of a listing: whose each file is, and which attempt of theirs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from autograder.submission.listing import Listing
from autograder.submission.opening import File, Parts, nothing_in

Policy = Literal["latest", "best", "first"]


@dataclass(frozen=True, slots=True)
class Person:
    """A name, and what the platform tells people apart by: numbers, logins. Reports are called by ``key``.

    Of ``guesses`` one is the person's, the longest first, where the platform leaves open which. ``token`` is
    how the platform names them whoever else is there; empty where ``key`` is that. ``section`` is the folder
    of a section, where a download has several.
    """

    key: str
    name: str = ""
    ids: tuple[str, ...] = ()
    guesses: tuple[str, ...] = field(default=(), kw_only=True)
    token: str = field(default="", kw_only=True)
    section: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class Owner(Person):
    """Who handed something in; ``members`` are the people of a group, where the platform names them."""

    members: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Attempt:
    """Which time it was: by the platform's number, its clock, and its own word that it was late."""

    number: int = 0
    when: datetime | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """Whose a file is.

    Parameters
    ----------
    owner, attempt
        Whose, and of which time.
    path
        Where the student put it, as the student named it.
    given_name
        Whether the name of the file itself says whose it is: files of all students lie beside each other.
    """

    owner: Owner
    attempt: Attempt
    path: Parts
    given_name: bool = False


@dataclass(frozen=True)
class Aside:
    """A file that is nobody's work, and why."""

    reason: str


Says = Claim | Aside | None


# A folder that was unpacked again into the same place, as programs call it.
_COPY = re.compile(
    r"(?P<name>.+?)(?: \(\d{1,3}\)|(?: -)? (?:copy|kopie|copie|copia)(?: \(?\d{1,3}\)?)?)",
    re.IGNORECASE | re.DOTALL,
)
_SHOWN = 5
# Why a file is left aside whose name is not as the platform's are.
NO_NAME = "It has no name of this platform's."


@dataclass(frozen=True)
class Found:
    """A listing that a layout recognised.

    Parameters
    ----------
    claims, aside
        Whose each file is, and why it is nobody's.
    notes
        For those who grade.
    certain
        Whether something lies there that only this platform makes: then a few other names change nothing.
    """

    claims: tuple[tuple[File, Claim], ...]
    aside: tuple[tuple[File, str], ...] = ()
    notes: tuple[str, ...] = ()
    certain: bool = False

    @property
    def shares(self) -> frozenset[tuple[Parts, str]]:
        """Whose each file is, to compare two readings."""
        return frozenset((file.parts, claim.owner.key) for file, claim in self.claims)


@dataclass(frozen=True)
class Layout:
    """How a platform lays out what it hands over.

    Parameters
    ----------
    name, title
        For the option ``--layout``, and for people.
    read
        Takes the whole listing; None where it is another platform's.
    sure
        Whether its names can hardly be anything else: such a listing is not taken out of a wrapping first.
    attempts
        Which attempt counts if nobody says.
    """

    name: str
    title: str
    read: Callable[[Listing], Found | None]
    sure: bool = True
    attempts: Policy = "latest"


def without_work(listing: Listing, folder: Parts, owner: Owner, reason: str) -> tuple[File, Claim]:
    """Somebody of whom there is nothing to be read, and the sentence that says why.

    Parameters
    ----------
    listing
        In which nothing of them was found.
    folder
        Their folder, below `Listing.around`; it need not be there.
    owner
        Who it is.
    reason
        A sentence for the student to read.
    """
    return nothing_in((*listing.around, *folder), reason), Claim(owner, Attempt(), ("",))


def by_names(
    listing: Listing,
    says: Callable[[Parts], Says],
    notes: tuple[str, ...] = (),
    more: Iterable[tuple[File, Claim]] = (),
) -> Found | None:
    """Ask of every path whose it is; None where one has no answer and is no company, or nobody is found.

    ``more`` are claims that no file of the listing makes. In a lenient listing what has no answer is left
    aside with the reason `NO_NAME`.

    Parameters
    ----------
    listing
        The files that are asked about.
    says
        Takes a path as `Listing.path` gives it; None is no answer.
    notes
        Sentences for those who grade, which are kept.
    more
        Files with their claims, beside those of the listing.
    """
    claims: list[tuple[File, Claim]] = list(more)
    aside: list[tuple[File, str]] = []
    again: dict[str, str] = {}
    for file in listing.files:
        path = listing.path(file)
        said = says(path)
        if said is None and (first := _first_of(path, listing)):
            said = says((first, *path[1:]))
            again |= {path[0]: first} if said is not None else {}
        if isinstance(said, Claim):
            claims.append((file, said))
        elif isinstance(said, Aside):
            aside.append((file, said.reason))
        elif listing.is_company(path):
            aside.append((file, "It is nobody's work."))
        elif listing.lenient:
            aside.append((file, NO_NAME))
        else:
            return None
    told = [f"{copy} is taken for another copy of {first}." for copy, first in sorted(again.items())]
    return Found(tuple(claims), tuple(aside), (*notes, *told[:_SHOWN])) if claims else None


def _first_of(path: Parts, listing: Listing) -> str | None:
    """The folder of which another is a copy by its name, where both lie beside each other."""
    copy = _COPY.fullmatch(path[0]) if len(path) > 1 else None
    return copy["name"] if copy and listing.tops.get(copy["name"]) else None
