"""Brightspace (D2L): the grade book as CSV, a column for each grade item, and a mark at each row's end."""

from __future__ import annotations

import re
from decimal import Decimal

from autograder.export.cells import Grid
from autograder.export.errors import ExportError
from autograder.export.gradefile import GradeColumn, GradeFile, GradeLine

TITLE = "Brightspace grade book"
_END = "End-of-Line Indicator"
_IDS = ("OrgDefinedId", "Username")
_NAMES = ("First Name", "Last Name")
_ITEM = re.compile(r"(?P<title>.+?) Points Grade(?:\s*<(?P<about>.*)>)?", re.DOTALL)
_MAXIMUM = re.compile(r"MaxPoints:\s*(\d+(?:[.,]\d+)?)")


def read(grid: Grid) -> GradeFile | None:
    """The grade book that a table is; None where it is something else.

    Raises
    ------
    ExportError
        When it is one that Brightspace would not take back.
    """
    header = grid.values(0) if grid.rows else []
    ids = [header.index(name) for name in _IDS if name in header]
    if not ids or not any(" Grade" in name for name in header):
        return None
    if header[-1] != _END:
        raise ExportError(
            f"Brightspace takes no file without the column {_END!r} at its end: export the grades again."
        )
    columns = tuple(
        GradeColumn(place, name, found["title"], "", _maximum(found["about"] or ""))
        for place, name in enumerate(header)
        if (found := _ITEM.fullmatch(name))
    )
    names = [header.index(name) for name in _NAMES if name in header]
    people = [row for row in range(1, len(grid.rows)) if any(grid.value(row, place) for place in ids)]
    lines = tuple(
        GradeLine(
            row,
            tuple(grid.value(row, place) for place in ids),
            " ".join(filter(None, (grid.value(row, place) for place in names))),
        )
        for row in people
    )
    marks = [grid.value(row, column.place) for column in columns for row in people]
    return GradeFile(TITLE, grid, columns, lines, numbers=(marks,))


def _maximum(about: str) -> Decimal | None:
    found = _MAXIMUM.search(about)
    return Decimal(found[1].replace(",", ".")) if found else None
