"""Teams: ``Submitted files/Jane Doe/Homework 1/Version 2/…`` beside ``Working files/…``."""

from __future__ import annotations

import re

from autograder.submission.layouts.found import Aside, Attempt, Claim, Found, Layout, Owner, Says, by_names
from autograder.submission.listing import Listing
from autograder.submission.opening import Parts

_SUBMITTED, _WORKING = "Submitted files", "Working files"
_VERSION = re.compile(r"Version (\d{1,9})")


def _read(listing: Listing) -> Found | None:
    whole = _SUBMITTED in listing.tops
    if not whole and (listing.around[-1:] != (_SUBMITTED,) and not _has_versions(listing)):
        return None
    submitted = {
        path[1] for path in map(listing.path, listing.files) if len(path) > 2 and path[0] == _SUBMITTED
    }
    assignments = {path[-3] for path in _of_work(listing, whole) if len(path) > 2}

    def claim(path: Parts) -> Says:
        if whole and path[0] == _WORKING and len(path) > 2:
            if path[1] in submitted:
                return Aside("A working file: what was turned in counts.")
            return Claim(Owner(path[1], path[1]), Attempt(), ("",))  # nothing was turned in
        if whole and (path[0] != _SUBMITTED or len(path) < 2):
            return None
        name, *below = path[1:] if whole else path
        if below[-1:] == [""]:
            return Claim(Owner(name, name), Attempt(), ("",))
        found = _VERSION.fullmatch(below[1]) if len(below) > 2 else None
        if found is None:
            return None
        if len(assignments) > 1 and listing.wanted.folded not in below[0].casefold():
            return Aside("It belongs to another assignment.")
        return Claim(Owner(name, name), Attempt(int(found[1])), tuple(below[2:]))

    return by_names(listing, claim)


def _of_work(listing: Listing, whole: bool) -> list[Parts]:
    paths = [listing.path(file) for file in listing.files]
    rests = [path[1:] if whole else path for path in paths if not whole or path[0] == _SUBMITTED]
    return [rest[1:4] for rest in rests if len(rest) > 3]


def _has_versions(listing: Listing) -> bool:
    paths = list(map(listing.path, listing.files))
    return bool(paths) and all(len(path) > 3 and _VERSION.fullmatch(path[2]) for path in paths)


LAYOUT = Layout("teams", "Teams download", _read)
