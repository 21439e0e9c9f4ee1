"""Gradescope: folders ``submission_4711`` beside the list of whose each is, ``submission_metadata.yml``."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import yaml

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
)
from autograder.submission.layouts.times import moment
from autograder.submission.listing import Listing
from autograder.submission.opening import Parts, RefusedError

LIST = "submission_metadata.yml"
_FOLDER = re.compile(r"submission_\d+")
_MAX_LIST = 200_000_000
_MAX_ENTRY = 200_000
_MAX_NAME = 200
_MAX_PEOPLE = 50
_ENTRY = re.compile(rb"^(?P<folder>submission_\d+):[ \t]*\r?$", re.MULTILINE)
_KEPT = (b"  :submitters:", b"  :created_at:")


@dataclass(frozen=True)
class Listed:
    """What the list says of one folder."""

    people: tuple[Person, ...]
    when: datetime | None = None


class _Plain(yaml.BaseLoader):
    """Texts, lists and mappings, whatever tags they bear; a name for a value that is not there is empty.

    In pure Python: libyaml ends the process where a document is nested deeply enough.
    """

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            anchor = self.peek_event().anchor
            if anchor not in self.anchors:
                self.get_event()
                return yaml.ScalarNode("tag:yaml.org,2002:str", "")
        return super().compose_node(parent, index)


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
        if line[:3] == b"  :":
            keep = line.startswith(_KEPT)
        if keep:
            kept.append(line)
    return b"\n".join(kept)


def _entry(block: bytes) -> Listed:
    try:
        about = yaml.load(block, _Plain)
    except (yaml.YAMLError, ValueError, RecursionError, AttributeError, TypeError):
        return Listed(())
    if not isinstance(about, dict):
        return Listed(())
    people = about.get(":submitters")
    created = about.get(":created_at")
    if isinstance(created, dict):  # a Ruby object
        created = created.get("utc") or created.get("time")
    named = tuple(filter(None, map(_person, people[:_MAX_PEOPLE]))) if isinstance(people, list) else ()
    return Listed(named, moment(created) if isinstance(created, str) else None)


def _person(about: Any) -> Person | None:
    """A name with the student's number, or the address before its @, that tells two of one name apart."""
    if not isinstance(about, dict):
        return None
    told = [about.get(key) for key in (":name", ":sid", ":email")]
    name, number, address = (each[:_MAX_NAME] if isinstance(each, str) else "" for each in told)
    number = "" if number in ("~", "null") else number
    mark = number or address.partition("@")[0]
    key = printable(f"{name}_{mark}" if name and mark else name or mark)
    return Person(key, name, tuple(filter(None, (number, address)))) if key else None


def _read(listing: Listing) -> Found | None:
    marker = listing.at(LIST)
    folders = [name for name, is_folder in listing.tops.items() if is_folder]
    if marker is None or not folders or not all(map(_FOLDER.fullmatch, folders)):
        return None
    try:
        entries = submitters(marker.read(limit=_MAX_LIST))
    except RefusedError as refusal:
        raise SubmissionError(
            f"{'/'.join(marker.parts)}, Gradescope's list of who handed in what, cannot be read: {refusal}"
        ) from None
    people = Counter(person.key for folder in folders for person in entries.get(folder, Listed(())).people)
    owners = {folder: _owner(folder, entries.get(folder), people) for folder in folders}

    def claim(path: Parts) -> Says:
        if path == (LIST,):
            return Aside("Gradescope's list.")
        if len(path) < 2:
            return None
        about = entries.get(path[0])
        return Claim(owners[path[0]], Attempt(when=about.when if about else None), path[1:])

    unnamed = [folder for folder in folders if folder not in entries]
    shown = f"{', '.join(sorted(unnamed)[:3])}{', …' if len(unnamed) > 3 else ''}"
    notes = [f"{LIST} names nobody for {shown}: the folder's name stands for the student."] if unnamed else []
    twice = sorted(key for key, times in people.items() if times > 1)
    notes += [f"{key} stands in {people[key]} submissions: they are kept apart." for key in twice[:5]]
    return by_names(listing, claim, tuple(notes))


def _owner(folder: str, entry: Listed | None, people: Counter[str]) -> Owner:
    """The people of a folder; who stands in two of them is told apart by the folder."""
    if entry is None:
        return Owner(folder)

    def key(person: Person) -> str:
        return person.key if people[person.key] == 1 else f"{person.key} ({folder})"

    members = tuple(Person(key(person), person.name, person.ids) for person in entry.people)
    if len(members) == 1:
        return Owner(members[0].key, members[0].name, members[0].ids)
    name = " & ".join(member.key for member in members)
    return Owner(name if len(name) <= _MAX_NAME else f"{name[: _MAX_NAME - 30]}… ({folder})", members=members)


LAYOUT = Layout("gradescope", "Gradescope export", _read)
