"""Whose each file of a download is, as its platform lays it out: decided from all paths, never from one name.

Each module holds one family of platforms as a `Layout`. Here they are asked, and here alone it is decided.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.printable import listed, printable
from autograder.submission.errors import AskedError, SubmissionError
from autograder.submission.layouts import (
    blackboard,
    brightspace,
    canvas,
    classroom,
    gradescope,
    ilias,
    moodle,
    nbgrader,
    plain,
    sakai,
    submitty,
    teams,
)
from autograder.submission.layouts.found import Aside, Attempt, Claim, Found, Layout, Owner, Person, Policy
from autograder.submission.layouts.odd import nearly, tidied
from autograder.submission.layouts.sections import in_sections
from autograder.submission.listing import Listing, below, unwrapped

__all__ = [
    "LAYOUTS",
    "NAMES",
    "Aside",
    "Attempt",
    "Claim",
    "Found",
    "Layout",
    "Owner",
    "Person",
    "Policy",
    "Recognised",
    "decide",
]

LAYOUTS = tuple(
    module.LAYOUT
    for module in (
        gradescope, moodle, canvas, brightspace, blackboard, sakai, teams, submitty, nbgrader, ilias,
        classroom, plain,
    )
)  # fmt: skip
NAMES = ("auto", *(layout.name for layout in LAYOUTS))
_PLATFORMS = [layout for layout in LAYOUTS if layout is not plain.LAYOUT]
_SHOWN = 3


@dataclass(frozen=True)
class Recognised:
    """A layout, where it lies in the download, and what it makes of it."""

    layout: Layout
    listing: Listing
    found: Found


def decide(
    whole: Listing, download: Path, layout: str = "auto", inside: str = "", anyway: bool = False
) -> Recognised:
    """The layout of a download.

    Parameters
    ----------
    whole
        Its listing.
    download
        Where it lies: a folder in it may bear its name.
    layout
        One of `NAMES`.
    inside
        The folder in the download that holds the students; ``.`` for the download itself. Without it, a lone
        folder is looked into where its name says that it is no student's.
    anyway
        Whether a file that has no name of the platform's is graded as a hand-in of its own.

    Raises
    ------
    SubmissionError
        When two layouts fit, or the one that was asked for does not.
    """
    if inside:
        path = tuple(part for part in inside.replace("\\", "/").split("/") if part not in ("", "."))
        places: Iterable[Listing] = [below(whole, path)]
    else:
        places = unwrapped(whole, download)
    if layout not in ("auto", plain.LAYOUT.name):
        return _asked(whole, download, next(each for each in LAYOUTS if each.name == layout), places)
    listings = list(places)
    tries = [(each, True) for each in listings] + [(listings[-1], False)] if layout == "auto" else []

    def sure_of(section: Listing) -> tuple[Layout, Found] | None:
        for listing in unwrapped(section, download):
            if recognised := _fitting(listing, download, sure=True):
                return recognised.layout, recognised.found
        return None

    for listing, sure in tries:
        if recognised := _fitting(listing, download, sure):
            return recognised
        if sure and (together := in_sections(listing, sure_of)):
            return Recognised(together[0], listing, together[1])
    for listing, sure in tries:
        platforms = [each for each in _PLATFORMS if each.sure is sure]
        if close := nearly(platforms, listing, download, anyway):
            return Recognised(close[0], listing, close[1])
    listing = listings[-1]
    named = in_sections(listing, _plainly) or _plainly(listing)
    return Recognised(plain.LAYOUT, listing, named[1])


def _plainly(listing: Listing) -> tuple[Layout, Found]:
    return plain.LAYOUT, plain.LAYOUT.read(listing) or Found((), ())


def _fitting(listing: Listing, download: Path, sure: bool) -> Recognised | None:
    fits = [
        Recognised(layout, listing, found)
        for layout in _PLATFORMS
        if layout.sure is sure and (found := layout.read(listing)) is not None
    ]
    if any(each.found.shares != fits[0].found.shares for each in fits[1:]):
        shown = "; ".join(f"{each.layout.title} with {_owners(each.found)}" for each in fits)
        names = " or ".join(f"--layout {each.layout.name}" for each in fits)
        raise SubmissionError(f"{download} may be either of these: {shown}. Say which: {names}.")
    return fits[0] if fits else None


def _owners(found: Found) -> str:
    keys = sorted({claim.owner.key for _, claim in found.claims})
    shown = ", ".join(printable(key) for key in keys[:_SHOWN]) + (", …" if len(keys) > _SHOWN else "")
    return f"{len(keys)} student{'s' * (len(keys) != 1)} ({shown})"


def _asked(whole: Listing, download: Path, layout: Layout, places: Iterable[Listing]) -> Recognised:
    """What somebody named is looked for in any lone folder, whatever it is called; odd names are left out."""
    listings = list(places)
    while (name := listings[-1].only_folder()) is not None:
        listings.append(listings[-1].inside(name))
    listings = [replace(each, asked=True) for each in listings]
    for listing in listings:
        if (found := layout.read(listing)) is not None:
            return Recognised(layout, listing, found)

    def asked_of(section: Listing) -> tuple[Layout, Found] | None:
        for listing in unwrapped(section, download):
            if (found := layout.read(listing)) is not None:
                return layout, found
        return None

    if together := in_sections(listings[0], asked_of):
        return Recognised(layout, listings[0], together[1])
    for listing in listings:
        if (found := layout.read(replace(listing, lenient=True))) is not None:
            return Recognised(layout, listing, tidied(layout, found))
    names = sorted({"/".join(file.parts) for file in whole.files})
    shown = listed([printable(name[:200]) for name in names], _SHOWN) or "nothing"
    raise AskedError(
        f"{download} is no {layout.title}: none of its names fits. There are {shown}. "
        "Leave --layout out, or name another one."
    )
