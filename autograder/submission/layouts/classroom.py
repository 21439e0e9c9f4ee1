"""Google Classroom: ``Jane Doe - sgd.ipynb``. GitHub Classroom: ``homework1-jdoe/…``, a clone a student."""

from __future__ import annotations

import os.path
import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from autograder.submission.layouts.found import Attempt, Claim, Found, Layout, Owner, Says, by_names
from autograder.submission.listing import Listing
from autograder.submission.opening import Parts
from autograder.submission.wanted import stem

_SUFFIXED = re.compile(r".+\.\w+", re.DOTALL)
_MAX_PARTS = 20
# What GitHub lets a repository be called.
_REPOSITORY = re.compile(r"[A-Za-z0-9._-]+(?: \(\d+\))?")


def _divided(text: str, homework: str) -> tuple[str, str] | None:
    """Name and file: the file begins at the last `` - ``, or earlier where only so it holds the homework."""
    parts = text.rsplit(" - ", _MAX_PARTS)
    ways = [(" - ".join(parts[:k]), " - ".join(parts[k:])) for k in range(len(parts) - 1, 0, -1)]
    ways = [(name, file) for name, file in ways if name and _SUFFIXED.fullmatch(file)]
    return next((way for way in ways if homework in way[1].casefold()), ways[0] if ways else None)


def _read_drive(listing: Listing) -> Found | None:
    divided = {text: _divided(text, listing.wanted.folded) for text in listing.tops}
    found = [each for each in divided.values() if each]
    names = {name.casefold() for name, _ in found}
    if len(names) < 2 or listing.wanted.folded in names:
        return None
    # the file is the homework: with the names turned round it would be the other half
    if not any(listing.wanted.folded in file.casefold() for _, file in found):
        return None

    def claim(path: Parts) -> Says:
        each = divided[path[0]] if len(path) == 1 else None
        return Claim(Owner(each[0], each[0]), Attempt(), each[1:], given_name=True) if each else None

    twice = Counter((name, stem(file)) for name, file in found)
    notes = [
        f"{name} has {times} files of one name: if they are two people's, put each into a folder."
        for (name, _), times in sorted(twice.items())
        if times > 1
    ]
    return by_names(listing, claim, tuple(notes))


def _read_clones(listing: Listing) -> Found | None:
    """Folders that begin alike. Both halves may hold hyphens: a roster tells what a user is called."""
    folders = [name for name, is_folder in listing.tops.items() if is_folder]
    assignment = _assignment(folders, listing)
    alike = [name for name in folders if name.startswith(assignment)]
    if len(folders) < 2 or not assignment or not all(map(_REPOSITORY.fullmatch, alike)):
        return None
    hyphens = assignment.count("-")

    def claim(path: Parts) -> Says:
        if len(path) < 2 or not path[0].startswith(assignment):
            return None
        words = path[0].split("-")
        logins = tuple(filter(None, ("-".join(words[k:]) for k in range(1, hyphens + 1))))
        owner = Owner(path[0], "", logins) if len(logins) == 1 else Owner(path[0], guesses=logins)
        return Claim(owner, Attempt(), path[1:])

    return by_names(listing, claim)


def _assignment(folders: Sequence[str], listing: Listing) -> str:
    """What all folders begin with, up to a hyphen; of a lenient listing, what most do and is no name."""
    common = os.path.commonprefix(folders)  # noqa: RUF071 -- names are no paths
    if not listing.lenient or "-" in common:
        return common[: common.rfind("-") + 1]
    begins = Counter(name[: m.end()] for name in folders for m in islice(re.finditer("-", name), _MAX_PARTS))
    most = [each for each, times in begins.items() if 2 * times > len(folders) and listing.is_around(each)]
    return max(most, key=len, default="")


def _read(listing: Listing) -> Found | None:
    return _read_drive(listing) or _read_clones(listing)


LAYOUT = Layout("classroom", "Classroom's files", _read, sure=False, attempts="best")
