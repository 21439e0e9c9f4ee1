"""Whose file it is, by the names that Canvas, Moodle and Gradescope give to what they hand over."""

from __future__ import annotations

import re
from typing import Any

import yaml

from autograder.printable import printable

# doejane_LATE_4711_98765_derivatives.ipynb: name, Canvas's numbers of the user and of the submission
_CANVAS = re.compile(r"(?P<name>[^_/]+)_(?:LATE_)?(?P<user>\d+)_\d+_(?P<file>[^/]+)", re.DOTALL)
# Jane Doe_4711_assignsubmission_file_, a folder, or with a file's name after it where folders are off
_MOODLE = re.compile(
    r"(?P<name>[^_/]+)_(?P<user>\d+)_assignsubmission_(?:file|onlinetext)(?:_(?P<file>[^/]*))?", re.DOTALL
)
# what Gradescope lays beside the folders submission_1, submission_2, …
GRADESCOPE_LIST = "submission_metadata.yml"
_MAX_NAME = 200


def owner(name: str) -> tuple[str, str]:
    """The student and the file that a name at the top of a download stands for.

    Examples
    --------
    >>> owner("doejane_LATE_4711_98765_derivatives-1.ipynb")
    ('doejane_4711', 'derivatives-1.ipynb')
    >>> owner("Jane Doe_4711_assignsubmission_file_")
    ('Jane Doe_4711', '')
    >>> owner("alice.ipynb")
    ('alice', 'alice.ipynb')
    """
    match = _MOODLE.fullmatch(name) or _CANVAS.fullmatch(name)
    if match:
        return f"{match['name']}_{match['user']}", match["file"] or ""
    stem, dot, _ = name.rpartition(".")
    return (stem.removesuffix(".tar") if dot and stem else name), name


def gradescope_names(data: bytes) -> dict[str, str]:
    """The students by the folders of Gradescope's download; empty where the list is none.

    Parameters
    ----------
    data
        The bytes of ``submission_metadata.yml``.
    """
    try:
        listed = yaml.safe_load(data)  # not libyaml: nested deeply enough, that one ends the process
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    if not isinstance(listed, dict):
        return {}
    found: dict[str, str] = {}
    for folder, about in listed.items():
        names = [_name(person) for person in _submitters(about)]
        if isinstance(folder, str) and any(names):
            found[folder] = " & ".join(filter(None, names))[:_MAX_NAME]
    return found


def _submitters(about: Any) -> list[Any]:
    people = about.get(":submitters") if isinstance(about, dict) else None
    return people if isinstance(people, list) else []


def _name(person: Any) -> str:
    """A name with the student's number, or the address before its @, that tells two of one name apart."""
    if not isinstance(person, dict):
        return ""
    told = [person.get(key) for key in (":name", ":sid", ":email")]
    name, number, address = (str(each) if isinstance(each, str | int) else "" for each in told)
    mark = number or address.partition("@")[0]
    return printable(f"{name}_{mark}" if name and mark else name or mark)
