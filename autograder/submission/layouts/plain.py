"""Names that people gave: ``jdoe.py``, ``jdoe.zip``, or a folder ``jdoe`` with anything in it."""

from __future__ import annotations

import re

from autograder.submission.layouts.found import Aside, Attempt, Claim, Found, Layout, Owner, Says, by_names
from autograder.submission.listing import Listing
from autograder.submission.opening import Parts

# jdoe (1).py, saved a second time beside jdoe.py
_SECOND = re.compile(r"(?P<stem>.+?)\s*\(\d{1,3}\)", re.DOTALL)
_SUFFIXES = re.compile(
    r"(?P<stem>.+?)(?P<suffix>\.tar\.\w{2,4}|\.(?:ipynb|py)\.(?:txt|json)|\.[^.\s]{1,10})",
    re.DOTALL | re.IGNORECASE,
)


def stem_of(name: str) -> str:
    """A file's name without what says of which kind it is.

    Examples
    --------
    >>> stem_of("jane.doe.py"), stem_of("jdoe.tar.gz"), stem_of("jdoe"), stem_of(".py")
    ('jane.doe', 'jdoe', 'jdoe', '.py')
    """
    found = _SUFFIXES.fullmatch(name)
    return found["stem"] if found else name


def own(listing: Listing, path: Parts, key: str) -> Claim:
    """The claim of a file on whoever it is named after; ``path`` begins with that name.

    Parameters
    ----------
    listing
        That the file is of.
    path
        As `Listing.path` gives it, or the last parts of that.
    key
        What the owner is called.
    """
    owner = Owner(key, key, (key,))
    if len(path) > 1:
        return Claim(owner, Attempt(), path[1:])
    # the name is the student's, so that the file is the homework whatever it is called
    file = listing.wanted.name + path[0].removeprefix(stem_of(path[0]))
    return Claim(owner, Attempt(), (file,), given_name=True)


def _read(listing: Listing) -> Found:
    stems = {stem_of(name) for name, is_folder in listing.tops.items() if not is_folder}
    stems |= {name for name, is_folder in listing.tops.items() if is_folder}
    taken: dict[str, list[str]] = {}

    def owner(name: str) -> str:
        second = _SECOND.fullmatch(stem_of(name))
        if second and second["stem"] in stems:
            taken.setdefault(second["stem"], []).append(name)
            return second["stem"]
        return stem_of(name)

    def claim(path: Parts) -> Says:
        if len(path) == 1 and listing.is_company(path):
            return Aside("It is nobody's work.")
        return own(listing, path, path[0] if len(path) > 1 else owner(path[0]))

    found = by_names(listing, claim)
    notes = tuple(
        f"{', '.join(names)} is taken for another copy of {stem}'s file: rename it if it is someone else's."
        for stem, names in sorted(taken.items())
    )
    return Found(found.claims, found.aside, notes) if found else Found((), ())


LAYOUT = Layout("plain", "Files and folders named after students", _read, sure=False, attempts="best")
