"""Downloads of which nearly all names are a platform's: a few others do not make it something else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from autograder.printable import listed, printable
from autograder.submission.choosing import is_called_code
from autograder.submission.errors import SubmissionError
from autograder.submission.layouts.found import NO_NAME, Found, Layout
from autograder.submission.listing import Listing

# So many places must be the platform's, and so many times more than others.
_LEAST = 3
_TIMES = 3
_SHOWN = 5
_MAY_BE_WORK = (".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".7z", ".rar", ".zipx", ".json")


def nearly(layouts: Iterable[Layout], listing: Listing, download: Path) -> tuple[Layout, Found] | None:
    """The platform that all but a few files are of, where those are certainly nobody's work.

    Raises
    ------
    SubmissionError
        When some of the others may be somebody's work.
    """
    relaxed = replace(listing, lenient=True)
    close: list[tuple[Layout, Found]] = []
    for layout in layouts:
        found = layout.read(relaxed)
        if found is None:
            continue
        odd = _odd(listing, found)
        fitting = len({listing.path(file)[0] for file, _ in found.claims} - odd)
        doubtful = [name for name in odd if _may_be_work(listing, name)]
        if fitting >= max(_LEAST, _TIMES * len(doubtful), len(odd) / 2):
            close.append((layout, found))
    if not close:
        return None
    layout, found = close[0]
    names = sorted(_odd(listing, found))
    doubtful = [name for name in names if _may_be_work(listing, name)]
    if not doubtful and len(close) == 1:
        return layout, tidied(layout, found)
    names = doubtful or names
    shown = listed([printable(name[:200]) for name in names], _SHOWN)
    titles = " or ".join(each.title for each, _ in close)
    options = " or ".join(f"`--layout {each.name}`" for each, _ in close)
    raise SubmissionError(
        f"{download} looks like this: {titles}. But {shown} {'have' if names[1:] else 'has'} no such "
        f"name. Take it out or rename it; or say {options} to leave it out, or `--layout plain` if all files "
        "are named after students."
    )


def tidied(layout: Layout, found: Found) -> Found:
    """The same with the platform's name in the reasons, and a note of what was left out."""
    title = layout.title.split()[0].removesuffix("'s")
    odd = sorted("/".join(file.parts) for file, reason in found.aside if reason == NO_NAME)
    if not odd:
        return found
    reason = f"It has no name of {title}'s."
    aside = tuple((file, reason if why == NO_NAME else why) for file, why in found.aside)
    note = f"Left out, for no name of {title}'s: {listed([name[:200] for name in odd], _SHOWN)}."
    return replace(found, aside=aside, notes=(*found.notes, note))


def _odd(listing: Listing, found: Found) -> set[str]:
    return {listing.path(file)[0] for file, reason in found.aside if reason == NO_NAME}


def _may_be_work(listing: Listing, top: str) -> bool:
    """Whether something at the top, beside a platform's names, may be what a student handed in."""
    name = top.casefold()
    return listing.tops[top] or is_called_code(name) or name.endswith(_MAY_BE_WORK)
