"""Downloads of which nearly all names are a platform's: a few others do not make it something else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from autograder.printable import listed, printable
from autograder.submission import tarball
from autograder.submission.choosing import is_called_code
from autograder.submission.errors import SubmissionError
from autograder.submission.layouts import plain
from autograder.submission.layouts.found import NO_NAME, Claim, Found, Layout
from autograder.submission.listing import Listing
from autograder.submission.opening import File, Parts

# So many people must have the platform's names, and so many times more than others.
_LEAST = 3
_TIMES = 3
_SHOWN = 5
# Where hand-ins lie that have no name of the platform's.
_BESIDE = "beside the others"
_MAY_BE_WORK = (".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".7z", ".rar", ".zipx", ".json")


def nearly(
    layouts: Iterable[Layout], listing: Listing, download: Path, anyway: bool = False
) -> tuple[Layout, Found] | None:
    """The platform that all but a few files are of, where those are certainly nobody's work.

    With ``anyway`` what may be somebody's work is a hand-in of its own, called as it lies there.

    Parameters
    ----------
    layouts
        The platforms that may be meant.
    listing
        Of which no platform takes every name.
    download
        Where it lies, for messages.
    anyway
        Whether somebody said that they are hand-ins.

    Raises
    ------
    SubmissionError
        When some of the others may be somebody's work, or two platforms fit.
    """
    relaxed = replace(listing, lenient=True)
    close: list[tuple[Layout, Found]] = []
    for layout in layouts:
        found = layout.read(relaxed)
        if found is None:
            continue
        odd = _odd(listing, found)
        people = len({claim.owner.key for _, claim in found.claims})
        if found.certain or people >= max(_LEAST, _TIMES * len(_doubtful(odd)), len(odd) / 2):
            close.append((layout, found))
    if not close:
        return None
    layout, found = close[0]
    odd = _odd(listing, found)
    doubtful = _doubtful(odd)
    if len(close) == 1 and (anyway or not doubtful):
        for place in doubtful:
            _insist_on_one_person(listing, download, place, odd[place])
        return layout, tidied(layout, _adopted(layout, listing, found, doubtful) if doubtful else found)
    names = sorted("/".join(place) for place in doubtful or odd)
    shown = listed([printable(name[:200]) for name in names], _SHOWN)
    titles = " or ".join(each.title for each, _ in close)
    options = " or ".join(f"`--layout {each.name}`" for each, _ in close)
    yes = " `--yes` to grade it as a hand-in of its own," if len(close) == 1 else ""
    raise SubmissionError(
        f"{download} looks like this: {titles}. But {shown} {'have' if names[1:] else 'has'} no such "
        f"name. Take it out or rename it; or say {options} to leave it out,{yes} or `--layout plain` if all "
        "files are named after students."
    )


def _insist_on_one_person(listing: Listing, download: Path, place: Parts, files: Sequence[File]) -> None:
    """That a folder is not several people's, of whom each would get the best one's mark."""
    paths = [listing.path(file)[len(place) :] for file in files]
    several = {path[0] for path in paths if len(path) == 1 and _may_be_a_hand_in(path[0])}
    own = listing.wanted.folded
    if len(several) > 1 and not any(plain.stem_of(name).casefold() == own for name in several):
        raise SubmissionError(
            f"{download}: {printable('/'.join(place)[:200])} holds {listed(sorted(several), 3)}, which may "
            "be several people's. Take the folder out, and collect it by itself."
        )


def _may_be_a_hand_in(name: str) -> bool:
    return is_called_code(name) or name.casefold().endswith((".zip", *tarball.SUFFIXES))


def tidied(layout: Layout, found: Found) -> Found:
    """The same with the platform's name in the reasons, and a note of what was left out.

    Parameters
    ----------
    layout
        The platform.
    found
        What it made of a lenient listing.
    """
    title = _short(layout)
    odd = sorted("/".join(file.parts) for file, reason in found.aside if reason == NO_NAME)
    if not odd:
        return found
    reason = f"It has no name of {title}'s."
    aside = tuple((file, reason if why == NO_NAME else why) for file, why in found.aside)
    note = f"Left out, for no name of {title}'s: {listed([name[:200] for name in odd], _SHOWN)}."
    return replace(found, aside=aside, notes=(*found.notes, note))


def _short(layout: Layout) -> str:
    return layout.title.split()[0].removesuffix("'s")


def _odd(listing: Listing, found: Found) -> dict[Parts, list[File]]:
    """What has no name of the platform's: the highest places in which nothing of the platform's lies."""
    own = {
        path[:size] for path in (listing.path(file) for file, _ in found.claims) for size in range(len(path))
    }
    odd: dict[Parts, list[File]] = {}
    for file, reason in found.aside:
        if reason == NO_NAME:
            path = listing.path(file)
            size = next((size for size in range(1, len(path)) if path[:size] not in own), len(path))
            odd.setdefault(path[:size], []).append(file)
    return odd


def _doubtful(odd: dict[Parts, list[File]]) -> list[Parts]:
    """The places in which there may be what a student handed in."""
    return sorted(place for place, files in odd.items() if _may_be_work(place, files))


def _may_be_work(place: Parts, files: Sequence[File]) -> bool:
    name = place[-1].casefold()
    is_folder = len(files) > 1 or files[0].parts[-1] != place[-1]
    return is_folder or is_called_code(name) or name.endswith(_MAY_BE_WORK)


def _adopted(layout: Layout, listing: Listing, found: Found, places: Sequence[Parts]) -> Found:
    """The odd places as hand-ins of their own; nobody else's, whatever they are called."""
    taken = {claim.owner.key.casefold() for _, claim in found.claims}
    odd = _odd(listing, found)
    claims: list[tuple[File, Claim]] = []
    for place in places:
        paths = {id(file): listing.path(file)[len(place) - 1 :] for file in odd[place]}
        is_folder = len(paths[id(odd[place][0])]) > 1
        names = (place[-1] if is_folder else plain.stem_of(place[-1]), place[-1], "/".join(place))
        key = next((name for name in names if name.casefold() not in taken), "")
        number = 2
        while not key or key.casefold() in taken:
            key, number = f"{names[-1]} ({number})", number + 1
        taken.add(key.casefold())
        for file in odd[place]:
            claim = plain.own(listing, paths[id(file)], key)
            # what it is called is no number of the platform's
            owner = replace(claim.owner, token="/".join(place), section=_BESIDE)
            claims.append((file, replace(claim, owner=owner)))
    adopted = {id(file) for file, _ in claims}
    shown = listed(["/".join(place)[:200] for place in places], _SHOWN)
    verb = "have no name" if places[1:] else "has no name"
    note = f"{shown} {verb} of {_short(layout)}'s: graded as {'hand-ins' if places[1:] else 'a hand-in'}"
    return replace(
        found,
        claims=(*found.claims, *claims),
        aside=tuple(pair for pair in found.aside if id(pair[0]) not in adopted),
        notes=(*found.notes, f"{note} of {'their' if places[1:] else 'its'} own."),
    )
