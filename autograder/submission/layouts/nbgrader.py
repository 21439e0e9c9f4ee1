"""nbgrader: ``submitted/jdoe/homework1/…``, or what lies in an exchange's inbound folder."""

from __future__ import annotations

import re
from datetime import datetime

from autograder.submission.layouts.found import Aside, Attempt, Claim, Found, Layout, Owner, Says, by_names
from autograder.submission.layouts.times import moment
from autograder.submission.listing import Listing
from autograder.submission.opening import Parts, RefusedError

_INBOUND = re.compile(
    r"(?P<user>[^+]+)\+(?P<assignment>[^+]+)\+(?P<when>\d{4}-\d\d-\d\d \d\d[:_-]\d\d[:_-]\d\d[^+]*)"
    r"(?:\+(?P<mark>.*))?",
    re.DOTALL,
)
_STAMP = "timestamp.txt"
_OTHERS = "It belongs to another assignment."


def _read_inbound(listing: Listing) -> Found | None:
    def claim(path: Parts) -> Says:
        found = _INBOUND.fullmatch(path[0]) if len(path) > 1 else None
        if found is None:
            return None
        if found["assignment"].casefold() != listing.wanted.folded:
            return Aside(_OTHERS)
        if path[1:] == (_STAMP,):
            return Aside("nbgrader's time stamp.")
        owner = Owner(found["user"], "", (found["user"],))
        return Claim(owner, Attempt(when=moment(found["when"].replace("_", ":"))), path[1:])

    return by_names(listing, claim)


def _read_tree(listing: Listing) -> Found | None:
    """Folders of students, in each a folder a homework: in ``submitted``, or with nbgrader's time stamps."""
    course = "submitted" in listing.tops
    depth = 1 if course else 0
    own = [path[depth:] for path in map(listing.path, listing.files) if not course or path[0] == "submitted"]
    is_nbgrader_s = course or listing.asked or listing.around[-1:] == ("submitted",)
    if not is_nbgrader_s and not any(len(path) == 3 and path[2] == _STAMP for path in own):
        return None
    has_it = {path[0] for path in own if len(path) > 2 and path[1].casefold() == listing.wanted.folded}
    if not has_it:
        return None
    times: dict[str, datetime | None] = {}

    def claim(path: Parts) -> Says:
        if course and path[0] != "submitted":
            is_known = len(path) > 1 or _is_database(path[0])
            return Aside("It is not part of submitted/.") if is_known else None
        path = path[depth:]
        if len(path) < 2 or (len(path) == 2 and path[1]):
            return None
        user = path[0]
        owner = Owner(user, "", (user,))
        if user not in has_it:
            return Claim(owner, Attempt(), ("",))
        if path[1].casefold() != listing.wanted.folded:
            return Aside(_OTHERS)
        if path[2:] == (_STAMP,):
            return Aside("nbgrader's time stamp.")
        if user not in times:
            times[user] = _stamp(listing, (*(("submitted",) if course else ()), user, path[1], _STAMP))
        return Claim(owner, Attempt(when=times[user]), path[2:])

    return by_names(listing, claim)


def _is_database(name: str) -> bool:
    return name.startswith(("gradebook.db", "nbgrader_config"))


def _stamp(listing: Listing, path: Parts) -> datetime | None:
    file = listing.at(*path)
    try:
        return moment(file.read(limit=1000).decode("ascii", "replace")) if file else None
    except RefusedError:
        return None


def _read(listing: Listing) -> Found | None:
    return _read_inbound(listing) or _read_tree(listing)


LAYOUT = Layout("nbgrader", "nbgrader's folders", _read, sure=False)
