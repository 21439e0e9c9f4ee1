"""ILIAS: ``Doe_Jane_jdoe_4711/…``, a folder a person; files may begin with the time they came."""

from __future__ import annotations

import re
from datetime import datetime

from autograder.submission.layouts.found import Attempt, Claim, Found, Layout, Owner, Says, by_names
from autograder.submission.layouts.times import moment
from autograder.submission.listing import Listing
from autograder.submission.opening import Parts

_FOLDER = re.compile(r"(?P<last>[^_]+)_(?P<names>.+)_(?P<login>[^_]+)_(?P<user>\d+)")
_TIMED = re.compile(r"(?P<when>(?:19|20)\d{6}_?\d{6})_(?P<file>.+)", re.DOTALL)


def _read(listing: Listing) -> Found | None:
    folders = {name: _FOLDER.fullmatch(name) for name, is_folder in listing.tops.items() if is_folder}
    users = [m["user"] for m in folders.values() if m]
    if not users or len(set(users)) < len(users if listing.lenient else folders):
        return None

    times: dict[str, datetime] = {}  # of the last file of each
    paths = [path for path in map(listing.path, listing.files) if folders.get(path[0]) and path[-1]]
    # ILIAS writes all of them or none: one alone is a student's own
    for path in paths if all(_TIMED.fullmatch(path[-1]) for path in paths) else ():
        if when := moment(path[-1]):
            times[path[0]] = max(when, times.get(path[0], when))

    def claim(path: Parts) -> Says:
        m = folders.get(path[0]) if len(path) > 1 else None
        if m is None:
            return None
        owner = Owner(path[0], f"{m['last']}, {m['names']}".replace("_", " "), (m["user"], m["login"]))
        timed = _TIMED.fullmatch(path[-1])
        own = (*path[1:-1], timed["file"] if timed else path[-1])
        return Claim(owner, Attempt(when=times.get(path[0])), own)

    return by_names(listing, claim)


LAYOUT = Layout("ilias", "ILIAS download", _read, sure=False, attempts="best")
