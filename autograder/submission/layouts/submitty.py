"""Submitty: ``submissions/jdoe/2/…``, a folder a version, and beside them which one is active."""

from __future__ import annotations

import json
import re
from datetime import datetime

from autograder.submission.layouts.found import (
    Aside,
    Attempt,
    Claim,
    Found,
    Layout,
    Owner,
    Says,
    by_names,
    without_work,
)
from autograder.submission.layouts.times import moment
from autograder.submission.listing import Listing
from autograder.submission.opening import Parts, RefusedError

_SETTINGS = "user_assignment_settings.json"
_STAMP = ".submit.timestamp"
_TREES = ("submissions", "results", "checkout")
_TOO_MANY = 10**9
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
    versions: dict[str, dict[str, Parts]] = {}  # and the folder of each in the download
    for file in listing.files:
        path = listing.path(file)
        below = path[len(prefix) :]
        if path[: len(prefix)] == prefix and len(below) > 2:
            versions.setdefault(below[0], {})[below[1]] = file.parts[: 2 - len(below)]
    times: dict[Parts, datetime | None] = {}
    missing = {
        user: "Its student withdrew it: no version is active, says Submitty."
        if version == 0
        else f"Version {version} is the active one, and is not in the download."
        for user, version in active.items()
        if version is not None and str(version) not in versions.get(user, ())
    }
    more = [
        without_work(listing, (*prefix, user), Owner(user, "", (user,)), why) for user, why in missing.items()
    ]

    def claim(path: Parts) -> Says:
        if prefix and path[0] in _TREES and path[0] != "submissions":
            return Aside("Made by Submitty.")
        if path[: len(prefix)] != prefix or len(path) < len(prefix) + 2:
            return None
        user, *below = path[len(prefix) :]
        owner = Owner(user, "", (user,))
        if below in ([_SETTINGS], [""]):
            is_told = user in versions or user in missing
            return Aside("Submitty's settings.") if is_told else Claim(owner, Attempt(), ("",))
        if len(below) < 2 or not _VERSION.fullmatch(below[0]):
            return None
        chosen = active.get(user)
        if chosen is not None and chosen != int(below[0]):
            return Aside(missing.get(user, f"Version {chosen} of {user} is the active one."))
        folder = versions[user][below[0]]
        if folder not in times:
            times[folder] = _when(listing, folder)
        return Claim(owner, Attempt(int(below[0]), times[folder]), tuple(below[1:]))

    return by_names(listing, claim, more=more)


def _when(listing: Listing, folder: Parts) -> datetime | None:
    """The time in the small file that Submitty writes into each version; its name hides it."""
    told = listing.hidden((*folder, _STAMP))
    return moment(told.decode("ascii", "replace")) if told else None


def _active(listing: Listing, path: Parts) -> int | None:
    """The version that counts, if the settings say so; 0 where a student took everything back."""
    file = listing.at(*path)
    try:
        told = json.loads(file.read(limit=100_000)) if file else {}
    except (RefusedError, ValueError, RecursionError):
        return None
    version = told.get("active_version") if isinstance(told, dict) else None
    if not isinstance(version, int) or isinstance(version, bool):
        return None
    return version if 0 <= version < _TOO_MANY else None


LAYOUT = Layout("submitty", "Submitty download", _read)
