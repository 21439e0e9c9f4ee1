"""ILIAS: ``Doe_Jane_jdoe_4711/…``, a folder a person; files may begin with the time they came."""

from __future__ import annotations

import re

from autograder.submission.layouts.found import Attempt, Claim, Found, Layout, Owner, Says, by_names
from autograder.submission.layouts.times import moment
from autograder.submission.listing import Listing
from autograder.submission.opening import Parts

_FOLDER = re.compile(r"(?P<last>[^_]+)_(?P<names>.+)_(?P<login>[^_]+)_(?P<user>\d+)")
_TIMED = re.compile(r"(?P<when>(?:19|20)\d{6}_?\d{6})_(?P<file>.+)", re.DOTALL)


def _read(listing: Listing) -> Found | None:
    folders = {name: _FOLDER.fullmatch(name) for name, is_folder in listing.tops.items() if is_folder}
    users = [m["user"] for m in folders.values() if m]
    if not users or len(set(users)) < len(folders):
        return None

    def claim(path: Parts) -> Says:
        m = folders.get(path[0]) if len(path) > 1 else None
        if m is None:
            return None
        owner = Owner(path[0], f"{m['last']}, {m['names']}".replace("_", " "), (m["user"], m["login"]))
        timed = _TIMED.fullmatch(path[-1])
        own = (*path[1:-1], timed["file"] if timed else path[-1])
        return Claim(owner, Attempt(), own)

    return by_names(listing, claim)


def handed_in(name: str):  # type: ignore[no-untyped-def]
    """The time in a file's name, if it bears one."""
    timed = _TIMED.fullmatch(name)
    return moment(timed["when"]) if timed else None


LAYOUT = Layout("ilias", "ILIAS download", _read, sure=False, attempts="best")
