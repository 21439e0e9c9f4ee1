"""A module for each platform: what its file of marks looks like, and what in it takes a mark."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from autograder.export import cells
from autograder.export.cells import Grid
from autograder.export.errors import ExportError
from autograder.export.gradefile import GradeFile
from autograder.export.platforms import blackboard, brightspace, canvas, moodle, sakai, submitty
from autograder.export.replacing import explained

_MOST = 50_000_000

READERS: Mapping[str, Callable[[Grid], GradeFile | None]] = {
    "canvas": canvas.read,
    "moodle": moodle.read,
    "brightspace": brightspace.read,
    "blackboard": blackboard.read,
    "sakai": sakai.read,
    "submitty": submitty.read,
}
TITLES = {
    "canvas": canvas.TITLE,
    "moodle": moodle.TITLE,
    "brightspace": brightspace.TITLE,
    "blackboard": blackboard.TITLE,
    "sakai": sakai.TITLE,
    "submitty": submitty.TITLE,
}


def read(platform: str, data: bytes, name: str) -> GradeFile:
    """A platform's file, whatever its encoding and separator.

    Parameters
    ----------
    platform
        One of `READERS`.
    data, name
        The file, and what it is called.

    Raises
    ------
    ExportError
        When it is another file, or one that the platform would not take back.
    """
    source = cells.decoded(data, name)
    found = [file for grid in cells.grids(source) if (file := READERS[platform](grid)) is not None]
    if not found:
        raise ExportError(
            f"{name} is not a {TITLES[platform]}: export it from there again, and leave it as it is (a "
            "spreadsheet program writes another file)."
        )
    return max(found, key=lambda file: len(file.grid.rows[0]))


def load(place: Path) -> bytes:
    """The bytes of a table.

    Raises
    ------
    ExportError
        When it cannot be read, or is too large to be one.
    """
    with explained(place), open(place, "rb") as file:
        data = file.read(_MOST + 1)
    if len(data) > _MOST:
        raise ExportError(f"{place} has more than {_MOST // 1_000_000} MB: is it another file?")
    return data
