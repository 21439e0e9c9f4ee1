"""Moodle: ``Jane Doe_4711_assignsubmission_file/…``, or the file's name after it where folders are off."""

from __future__ import annotations

import re

from autograder.submission.layouts.found import Attempt, Claim, Found, Layout, Owner, Says, by_names
from autograder.submission.listing import Listing
from autograder.submission.opening import Parts

# The first such place in a name is Moodle's: what follows is the student's own.
_TOP = re.compile(
    r"(?P<name>.*?)(?:_(?P<id>\d+))?_assignsubmission_(?P<plugin>[a-z]+)(?:_(?P<file>.*))?", re.DOTALL
)


def _claim(path: Parts) -> Says:
    found = _TOP.fullmatch(path[0])
    if found is None or (len(path) == 1 and not found["file"]):
        return None
    name, number = found["name"], found["id"]
    if not (name or number):
        return None
    owner = Owner(f"{name}_{number}" if number else name, name, (number,) if number else ())
    own = path[1:] if len(path) > 1 else (found["file"],)
    return Claim(owner, Attempt(), own, given_name=len(path) == 1)


def _read(listing: Listing) -> Found | None:
    return by_names(listing, _claim)


LAYOUT = Layout("moodle", "Moodle download", _read)
