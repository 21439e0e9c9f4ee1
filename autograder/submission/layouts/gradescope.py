"""Gradescope: folders ``submission_4711`` beside the list of whose each is, ``submission_metadata.yml``."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Any

from autograder.printable import printable
from autograder.submission.errors import SubmissionError
from autograder.submission.layouts.found import (
    Aside,
    Attempt,
    Claim,
    Found,
    Layout,
    Owner,
    Person,
    Says,
    by_names,
    without_work,
)
from autograder.submission.layouts.times import moment
from autograder.submission.listing import Listing
from autograder.submission.opening import Parts, RefusedError

LIST = "submission_metadata.yml"
_TABLE = "submission_metadata.csv"
_FOLDER = re.compile(r"submission_\d+")
_MAX_LIST = 200_000_000
_MAX_ENTRY = 200_000
_MAX_NAME = 200
_MAX_PEOPLE = 50
_ENTRY = re.compile(rb"^(?P<folder>submission_\d+):[ \t]*\r?$", re.MULTILINE)
_KEY = re.compile(rb"  [:\w]")
_KEYS = re.compile(rb"^  :?(\w+):", re.MULTILINE)
_CREATED = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)? ?(?:Z|UTC|[+-]\d\d:?\d\d)")
_KEPT = tuple(b"  " + mark + key for mark in (b":", b"") for key in (b"submitters:", b"created_at:"))


@dataclass(frozen=True)
class Listed:
    """What the list says of one folder; ``twice`` are those whom it names more than once."""

    people: tuple[Person, ...]
    when: datetime | None = None
    twice: tuple[str, ...] = ()


def submitters(data: bytes) -> dict[str, Listed]:
    """The entries of a list by their folders; empty where it is none.

    Of each only the lines are read that say who and when: test results hold whatever students printed.
    """
    marks = list(_ENTRY.finditer(data))
    found: dict[str, Listed] = {}
    for mark, end in zip(marks, [*(m.start() for m in marks[1:]), len(data)], strict=False):
        entry = _entry(_wanted_lines(data[mark.end() : end][:_MAX_ENTRY]))
        if entry.people:
            found[mark["folder"].decode("ascii")] = entry
    return found


def _wanted_lines(block: bytes) -> bytes:
    kept, keep = [], False
    for line in block.splitlines():
        if _KEY.match(line):
            keep = line.startswith(_KEPT)
        if keep:
            kept.append(line)
    return b"\n".join(kept)


def _entry(block: bytes) -> Listed:
    from autograder.submission.layouts.plain_yaml import parsed  # a slow import, for one platform

    about = parsed(block)
    if not isinstance(about, dict):
        return Listed(())
    people, created = _value(about, "submitters"), _created(about)
    named = tuple(filter(None, map(_person, people[:_MAX_PEOPLE]))) if isinstance(people, list) else ()
    times = Counter(person.key for person in named)
    people = {person.key: person for person in reversed(named)}
    each = tuple(people[key] for key in times)
    twice = tuple(key for key in times if times[key] > 1)
    return Listed(each, moment(created) if isinstance(created, str) else None, twice)


def breaks_off(data: bytes, all_are_named: bool) -> bool:
    """Whether a list ends before its end, and who or when is lost by that.

    It is written in one way, an entry after another, so that the last one is compared with those before it.

    Parameters
    ----------
    data
        The list, which has an entry.
    all_are_named
        Whether it names somebody for each folder: then the end of the last entry may be missing.
    """
    from autograder.submission.layouts.plain_yaml import parsed

    marks = list(_ENTRY.finditer(data))
    last = data[marks[-1].end() :]
    about = parsed(_wanted_lines(last[:_MAX_ENTRY]))
    if not isinstance(about, dict) or not isinstance(_value(about, "submitters"), list):
        return True
    keys = _KEYS.findall(last[:_MAX_ENTRY])
    before = [_KEYS.findall(data[mark.end() : end.start()][:_MAX_ENTRY]) for mark, end in pairwise(marks)]
    is_open = not data.endswith(b"\n")
    created = _created(about)
    if keys[-1] == b"created_at" and not (isinstance(created, str) and _CREATED.fullmatch(created)):
        return is_open or not _value(about, "created_at")
    if keys[-1] == b"submitters":
        dated = len(before) > 1 and all(b"created_at" in each for each in before)
        return is_open or dated
    ends = {each[-1] for each in before if each}
    is_short = len(ends) == 1 and not ends & set(keys) and len(last) <= _MAX_ENTRY
    return not all_are_named and (is_open or is_short)


def _created(about: dict[Any, Any]) -> Any:
    created = _value(about, "created_at")
    if isinstance(created, dict):  # a Ruby object
        created = created.get("utc") or created.get("time")
    return created


def _value(about: dict[Any, Any], key: str) -> Any:
    """Ruby's symbols are keys that begin with a colon."""
    return about.get(f":{key}", about.get(key))


def _person(about: Any) -> Person | None:
    """A name with the student's number, or the address before its @, that tells two of one name apart."""
    if not isinstance(about, dict):
        return None
    told = [_value(about, key) for key in ("name", "sid", "email")]
    name, number, address = (each[:_MAX_NAME] if isinstance(each, str) else "" for each in told)
    mark = number or address.partition("@")[0]
    key = printable(f"{name}_{mark}" if name and mark else name or mark)
    return Person(key, name, tuple(filter(None, (number, address)))) if key else None


def _read(listing: Listing) -> Found | None:
    marker = listing.at(LIST)
    all_folders = [name for name, is_folder in listing.tops.items() if is_folder]
    folders = [name for name in all_folders if _FOLDER.fullmatch(name)]
    if not folders or (len(folders) < len(all_folders) and not listing.lenient):
        return None
    if marker is None:
        return _unlisted(listing) if listing.at(_TABLE) else None
    try:
        data = marker.read(limit=_MAX_LIST)
    except RefusedError as refusal:
        raise SubmissionError(
            f"{'/'.join(marker.parts)}, Gradescope's list of who handed in what, cannot be read: {refusal}"
        ) from None
    entries = submitters(data)
    if not any(folder in entries for folder in folders):
        raise SubmissionError(
            f"{'/'.join(marker.parts)}, Gradescope's list of who handed in what, names nobody for any folder "
            "here: it is damaged, or has other keys than :submitters:. Export it again; or take the list "
            "away, and grade by the folders' names with --layout plain."
        )
    unnamed = [folder for folder in folders if folder not in entries]
    if breaks_off(data, not unnamed):
        raise SubmissionError(
            f"{'/'.join(marker.parts)}, Gradescope's list of who handed in what, is damaged: it breaks off "
            f"in the middle, and names {len(folders) - len(unnamed)} of the {len(folders)} folders, the "
            "last of them perhaps not whole. Download the export again; or grade by the folders' names with "
            "--layout plain."
        )
    people = Counter(person.key for entry in entries.values() for person in entry.people)
    owners = {folder: _owner(folder, entries.get(folder), people) for folder in {*folders, *entries}}
    more = [
        without_work(
            listing,
            (folder,),
            owners[folder],
            f"Gradescope's list has a {folder} of {printable(owners[folder].key)}, "
            "but the download has no such folder.",
        )
        for folder in entries
        if folder not in listing.tops
    ]

    def claim(path: Parts) -> Says:
        if path == (LIST,):
            return Aside("Gradescope's list.")
        if len(path) < 2 or path[0] not in owners:
            return None
        about = entries.get(path[0])
        return Claim(owners[path[0]], Attempt(when=about.when if about else None), path[1:])

    shown = f"{', '.join(sorted(unnamed)[:3])}{', …' if len(unnamed) > 3 else ''}"
    nobody = f"{LIST} names nobody for {shown} ({len(unnamed)} of the {len(folders)} folders)"
    notes = [f"{nobody}: the folder's name stands for the student."] if unnamed else []
    twice = sorted(key for key, times in people.items() if times > 1)
    notes += [f"{key} stands in {people[key]} submissions: they are kept apart." for key in twice[:5]]
    doubled = {folder: entry.twice for folder, entry in entries.items() if entry.twice}
    notes += [
        f"{LIST} names {' and '.join(keys[:3])} more than once for {folder}: taken as one person."
        for folder, keys in list(doubled.items())[:5]
    ]
    found = by_names(listing, claim, tuple(notes), more)
    return replace(found, certain=True) if found else None


def _unlisted(listing: Listing) -> Found | None:
    """An export with a table in place of the list: what stands in its columns is not documented."""

    def claim(path: Parts) -> Says:
        if path == (_TABLE,):
            return Aside("Gradescope's list.")
        is_one = len(path) > 1 and _FOLDER.fullmatch(path[0])
        return Claim(Owner(path[0]), Attempt(), path[1:]) if is_one else None

    note = f"{_TABLE} is not read, only {LIST} is: the folders' names stand for the students."
    return by_names(listing, claim, (note,))


def _owner(folder: str, entry: Listed | None, people: Counter[str]) -> Owner:
    """The people of a folder; who stands in two of them is told apart by the folder."""
    if entry is None:
        return Owner(folder)

    def key(person: Person) -> str:
        return person.key if people[person.key] == 1 else f"{person.key} ({folder})"

    members = tuple(
        Person(key(person), person.name, person.ids, token=f"{folder}: {person.key}")
        for person in entry.people
    )
    if len(members) == 1:
        (only,) = members
        return Owner(only.key, only.name, only.ids, token=only.token)
    name = " & ".join(member.key for member in members)
    return Owner(name if len(name) <= _MAX_NAME else f"{name[: _MAX_NAME - 30]}… ({folder})", members=members)


LAYOUT = Layout("gradescope", "Gradescope export", _read)
