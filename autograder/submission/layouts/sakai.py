"""Sakai: ``Homework 1/Doe, Jane(jdoe)/Submission attachment(s)/…`` beside ``grades.csv``."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from autograder.submission.layouts.found import Aside, Attempt, Claim, Found, Layout, Owner, Says, by_names
from autograder.submission.layouts.times import moment
from autograder.submission.listing import Listing
from autograder.submission.opening import Parts, RefusedError

_FOLDER = re.compile(r"(?P<name>[^/]*)\((?P<user>[^()/]+)\)", re.DOTALL)
_WORK = "Submission attachment(s)"
_COMPANY = re.compile(r"comments\.txt|timestamp\.txt|feedbackText\.html|.*_submissionText\.html")
_STAMP = re.compile(r"\d{17}|\d{14}")


def _read(listing: Listing) -> Found | None:
    inside = next(iter(listing.tops)) if len(listing.tops) == 1 else None
    if inside and any(
        len(path) == 2 and path[1] == "grades.csv" for path in map(listing.path, listing.files)
    ):
        listing = listing.inside(inside)  # the assignment's folder
    folders = [_FOLDER.fullmatch(name) for name, is_folder in listing.tops.items() if is_folder]
    if not any(folders) or not (all(folders) or listing.lenient):
        return None
    if not any(len(path) > 1 and path[1] == _WORK for path in map(listing.path, listing.files)):
        return None

    def claim(path: Parts) -> Says:
        found = _FOLDER.fullmatch(path[0]) if len(path) > 1 else None
        if found is None:
            return None
        if path[1] == _WORK or path[1] == "":
            owner = Owner(found["user"], found["name"], (found["user"],))
            return Claim(owner, Attempt(when=_when(listing, path[0])), path[2:] or ("",))
        if _COMPANY.fullmatch(path[1]) or path[1] == "Feedback Attachment(s)":
            if path[0] not in with_work:
                owner = Owner(found["user"], found["name"], (found["user"],))
                return Claim(owner, Attempt(), ("",))
            return Aside("Sakai's notes on a submission.")
        return None

    with_work = {path[0] for path in map(listing.path, listing.files) if len(path) > 1 and path[1] == _WORK}
    found = by_names(listing, claim)
    return replace(found, certain=True) if found else None


def _when(listing: Listing, folder: str) -> datetime | None:
    file = listing.at(folder, "timestamp.txt")
    try:
        text = file.read(limit=1000).decode("ascii", "replace").strip() if file else ""
    except RefusedError:
        return None
    return moment(text[:14]) if _STAMP.fullmatch(text) else moment(text)


LAYOUT = Layout("sakai", "Sakai download", _read)
