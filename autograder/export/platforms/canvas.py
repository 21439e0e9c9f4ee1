"""Canvas: the gradebook as CSV, with a column for each assignment."""

from __future__ import annotations

import re

from autograder.export import points
from autograder.export.cells import Grid
from autograder.export.gradefile import GradeColumn, GradeFile, GradeLine

TITLE = "Canvas gradebook"
# The number is read greedily: `Lab (week 2) (4242)` has 4242.
_ASSIGNMENT = re.compile(r"(.*)\s\((\d+)\)", re.DOTALL)
# Canvas drops such columns, and assignments that are called so.
_TOTAL = re.compile(r"(Current|Final) (Score|Points|Grade)|Override (Score|Grade|Status)")
_IDS = ("ID", "SIS User ID", "SIS Login ID", "Integration ID")
_POSTING = re.compile(r"\s*((Muted|Manual Posting).*)?\s*", re.IGNORECASE | re.DOTALL)
_GUARD = re.compile(r'="(.*)"', re.DOTALL)
_TEST_STUDENT = ("student, test", "test student")


def read(grid: Grid) -> GradeFile | None:
    """The gradebook that a table is; None where it is something else."""
    header = grid.values(0) if grid.rows else []
    has_two_names = header[:2] == ["LastName", "FirstName"]
    number = 2 if has_two_names else 1
    if len(header) <= number + 2 or header[number] != "ID" or not (has_two_names or "Student" in header[0]):
        return None
    if "Section" not in header:
        return None
    most = next((row for row in range(1, len(grid.rows)) if _is_points(grid, row)), None)
    columns = tuple(_columns(grid, header, most))
    people = [row for row in range(1, len(grid.rows)) if _is_person(grid, row)]
    ids = [header.index(name) for name in _IDS if name in header]
    lines = tuple(_line(grid, row, ids, has_two_names) for row in people)
    places = [column.place for column in columns]
    maxima = [grid.value(most, place) for place in places] if most else []
    marks = [grid.value(row, place) for place in places for row in people]
    return GradeFile(TITLE, grid, columns, lines, stays=_stays, numbers=(marks, maxima))


def _columns(grid: Grid, header: list[str], most: int | None) -> list[GradeColumn]:
    """Assignments; a column that is read-only, in whatever language, has no number of points."""
    found = []
    for place in range(header.index("Section") + 1, len(header)):
        name = _ASSIGNMENT.fullmatch(header[place])
        if name is None or _TOTAL.search(header[place]):
            continue
        told = grid.value(most, place) if most is not None else ""
        maximum = points.read(told)
        if maximum is None and told.strip():
            continue
        found.append(GradeColumn(place, header[place], name[1], name[2], maximum))
    return found


def _is_points(grid: Grid, row: int) -> bool:
    return "Points Possible" in grid.value(row, 0)


def _is_person(grid: Grid, row: int) -> bool:
    if _is_points(grid, row) or all(_POSTING.fullmatch(cell) for cell in grid.values(row)):
        return False
    return grid.value(row, 0).strip().casefold() not in _TEST_STUDENT


def _line(grid: Grid, row: int, ids: list[int], has_two_names: bool) -> GradeLine:
    names = [_plain(grid.value(row, place)) for place in ((0, 1) if has_two_names else (0,))]
    numbers = tuple(_plain(grid.value(row, place)) for place in ids)
    return GradeLine(row, numbers, ", ".join(filter(None, names)))


def _plain(cell: str) -> str:
    """A cell without the guard that Canvas puts around what a spreadsheet would take for a formula."""
    found = _GUARD.fullmatch(cell)
    return found[1].replace('""', '"') if found else cell


def _stays(cell: str) -> str:
    told = cell.strip().upper()
    return {"EX": "excused", "N/A": "not assigned"}.get(told, "")
