"""Submitty: ``submissions/jdoe/2/…``, a folder a version, and beside them which one is active."""

from __future__ import annotations

import json
import re

from autograder.submission.layouts.found import Aside, Attempt, Claim, Found, Layout, Owner, Says, by_names
from autograder.submission.listing import Listing
from autograder.submission.opening import Parts, RefusedError

_SETTINGS = "user_assignment_settings.json"
_TREES = ("submissions", "results", "checkout")
_VERSION = re.compile(r"[1-9]\d{0,8}")


def _read(listing: Listing) -> Found | None:
    """All must be versions, or the settings that only Submitty puts there."""
    prefix: Parts = ()
    if "submissions" in listing.tops and all(listing.tops.get(name, True) for name in _TREES):
        prefix = ("submissions",)
    paths = [
        path[len(prefix) :] for path in map(listing.path, listing.files) if path[: len(prefix)] == prefix
    ]
    if not prefix and not any(len(path) == 2 and path[1] == _SETTINGS for path in paths):
        return None
    active = {path[0]: _active(listing, (*prefix, *path)) for path in paths if path[1:] == (_SETTINGS,)}
    versions = {path[0] for path in paths if len(path) > 2}

    def claim(path: Parts) -> Says:
        if prefix and path[0] in _TREES and path[0] != "submissions":
            return Aside("Made by Submitty.")
        if path[: len(prefix)] != prefix or len(path) < len(prefix) + 2:
            return None
        user, *below = path[len(prefix) :]
        owner = Owner(user, "", (user,))
        if below in ([_SETTINGS], [""]):
            return Aside("Submitty's settings.") if user in versions else Claim(owner, Attempt(), ("",))
        if len(below) < 2 or not _VERSION.fullmatch(below[0]):
            return None
        chosen = active.get(user)
        if chosen is not None and chosen != int(below[0]):
            if chosen == 0:
                return Claim(owner, Attempt(), ("",))  # it was withdrawn
            return Aside(f"Version {chosen} of {user} is the active one.")
        return Claim(owner, Attempt(int(below[0])), tuple(below[1:]))

    return by_names(listing, claim)


def _active(listing: Listing, path: Parts) -> int | None:
    """The version that counts, if the settings say so; 0 where a student took everything back."""
    file = listing.at(*path)
    try:
        told = json.loads(file.read(limit=100_000)) if file else {}
    except (RefusedError, ValueError, RecursionError):
        return None
    version = told.get("active_version") if isinstance(told, dict) else None
    return version if isinstance(version, int) and not isinstance(version, bool) and version >= 0 else None


LAYOUT = Layout("submitty", "Submitty download", _read)
