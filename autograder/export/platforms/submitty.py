"""Submitty: the CSV of a numeric gradeable. Marks of programs are Submitty's own, and take none."""

from __future__ import annotations

from autograder.export.cells import Grid
from autograder.export.gradefile import GradeColumn, GradeFile, GradeLine
from autograder.submission.roster import meaning_of

TITLE = "Submitty's table of a numeric gradeable"
_KNOWN = ("first", "last", "name", "email", "section", "group")
_TOTAL = "total"


def read(grid: Grid) -> GradeFile | None:
    """The table of a numeric gradeable; None where it is something else."""
    header = grid.values(0) if grid.rows else []
    meanings = [meaning_of(cell) for cell in header]
    if grid.delimiter != "," or "id" not in meanings[:1] or len(header) < 2:
        return None
    columns = tuple(
        GradeColumn(place, name, name)
        for place, name in enumerate(header)
        if place
        and meanings[place] not in ("id", *_KNOWN)
        and name.strip()
        and name.strip().casefold() != _TOTAL
    )
    names = [place for place, meaning in enumerate(meanings) if meaning in ("first", "last", "name")]
    lines = tuple(
        GradeLine(row, (grid.value(row, 0),), " ".join(filter(None, (grid.value(row, k) for k in names))))
        for row in range(1, len(grid.rows))
        if grid.value(row, 0)
    )
    return GradeFile(TITLE, grid, columns, lines, numbers=())
