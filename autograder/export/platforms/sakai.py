"""Sakai: ``grades.csv`` inside the zip that "Download All" gave, and pages among its feedback attachments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.export import archives
from autograder.export.cells import Grid
from autograder.export.errors import ExportError
from autograder.export.gradefile import GradeColumn, GradeFile, GradeLine

TITLE = "Sakai download"
_TABLE = re.compile(r"[^/]+/grades\.csv")
_WORKBOOK = re.compile(r"[^/]+/grades\.xlsx?")
_FOLDER = re.compile(r"(?P<folder>[^/]+/[^/]*\((?P<user>[^()/]+)\))/(?P<rest>.*)", re.DOTALL)
_FEEDBACK = "Feedback Attachment(s)"
_WORDS = re.compile(r"letter|pass|check|ungraded", re.IGNORECASE)
# Display ID, ID, Last Name, First Name, grade, …: the headers are in the language of the server.
_HEADER, _LAST, _FIRST, _GRADE, _WIDTH = 2, 2, 3, 4, 6
_MOST = 50_000_000


@dataclass(frozen=True)
class SakaiZip:
    """What lies in the zip: the table, and the folders of people by their logins."""

    place: Path
    table: str
    data: bytes
    folders: Mapping[str, str]
    takes_feedback: bool


def opened(place: Path) -> SakaiZip:
    """Look into the zip.

    Raises
    ------
    ExportError
        When it is none, or has no table of marks.
    """
    try:
        held = archives.names(place)
        tables = [name for name in held if _TABLE.fullmatch(name)]
        if len(tables) == 1 and held[tables[0]].file_size > _MOST:
            raise ExportError(f"{tables[0]} in {place} is too large to be a table of marks.")
        data = archives.content(place, held[tables[0]]) if len(tables) == 1 else b""
    except archives.DAMAGE as error:
        raise ExportError(
            f"{place} is not the zip that Sakai's “Download All” gives ({error}): download it again."
        ) from None
    if len(tables) != 1:
        hint = "choose CSV as its format" if any(map(_WORKBOOK.fullmatch, held)) else "tick the grade file"
        raise ExportError(f"{place} holds no grades.csv: download it again, and {hint}.")
    found = [match for match in map(_FOLDER.fullmatch, held) if match]
    folders = {match["user"]: match["folder"] for match in found}
    takes = any(match["rest"].startswith(f"{_FEEDBACK}/") for match in found)
    return SakaiZip(place, tables[0], data, folders, takes)


def read(grid: Grid) -> GradeFile | None:
    """The table in the zip; None where it is something else.

    Raises
    ------
    ExportError
        When the assignment has no points.
    """
    if len(grid.rows) <= _HEADER or len(grid.rows[_HEADER]) < _WIDTH or any(grid.values(1)):
        return None
    kind = " ".join(grid.values(0)[1:])
    if _WORDS.search(kind):
        raise ExportError(f"The assignment is graded in Sakai by {kind.strip()}: set it to points.")
    header = grid.values(_HEADER)
    people = [row for row in range(_HEADER + 1, len(grid.rows)) if grid.value(row, 0)]
    lines = tuple(
        GradeLine(
            row,
            (grid.value(row, 0), grid.value(row, 1)),
            f"{grid.value(row, _LAST)}, {grid.value(row, _FIRST)}",
        )
        for row in people
    )
    column = GradeColumn(_GRADE, header[_GRADE], grid.value(0, 0))
    marks = [grid.value(row, _GRADE) for row in people]
    return GradeFile(TITLE, grid, (column,), lines, sure=True, numbers=(marks,))


def pages(download: SakaiZip, pages: Iterable[tuple[GradeLine, bytes]], name: str) -> dict[str, bytes]:
    """Pages by their paths in the zip; whoever has no folder there has no page.

    Parameters
    ----------
    download
        What lies in the zip.
    pages
        Each with the row of whose it is.
    name
        What the file is called.
    """
    files = {}
    for line, page in pages:
        folder = next((download.folders[each] for each in line.ids if each in download.folders), None)
        if folder is not None:
            files[f"{folder}/{_FEEDBACK}/{name}"] = page
    return files
