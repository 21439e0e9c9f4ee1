"""Blackboard: a gradebook file, as a rule in UTF-16 with tabs and called ``.xls``."""

from __future__ import annotations

import re
from decimal import Decimal

from autograder.export.cells import Grid
from autograder.export.gradefile import Comments, GradeColumn, GradeFile, GradeLine
from autograder.submission.roster import meaning_of

TITLE = "Blackboard gradebook"
# `Lab 3 [Total Pts: 45 Score] |900123`; the words are in the language of whoever exported it.
_COLUMN = re.compile(r"(?P<title>.*?)\s*\[(?P<about>[^\[\]]*)\]\s*\|(?P<number>\d+)\s*", re.DOTALL)
_MAXIMUM = re.compile(r"\d+(?:[.,]\d+)?")
_CALCULATED = re.compile(r"\bup to\b|\bWeighted Total\b|\bRunning Total\b", re.IGNORECASE)
_FEEDBACK, _FORM = (
    re.compile(r"feedback to \w+", re.IGNORECASE),
    re.compile(r"feedback format", re.IGNORECASE),
)
_PLAIN = "PLAIN_TEXT"
_FORMS = {"", _PLAIN, "SMART_TEXT", "HTML"}
# Alone, before a number in parentheses, or in parentheses behind the points so far.
_IN_PROGRESS = re.compile(r"\bin progress\b", re.IGNORECASE)


def read(grid: Grid) -> GradeFile | None:
    """The gradebook that a table is; None where it is something else."""
    header = grid.values(0) if grid.rows else []
    found = {place: name for place, cell in enumerate(header) if (name := _COLUMN.fullmatch(cell))}
    meanings = [meaning_of(cell) for cell in header]
    ids = [place for place, meaning in enumerate(meanings) if meaning == "id" and place not in found]
    if not found or not ids:
        return None
    columns = tuple(
        GradeColumn(place, header[place], name["title"], name["number"], _maximum(name["about"]))
        for place, name in found.items()
        if not _CALCULATED.search(name["about"]) and _maximum(name["about"]) is not None
    )
    # the username joins rows, and stands before other numbers of a person
    people = [row for row in range(1, len(grid.rows)) if any(grid.value(row, place) for place in ids)]
    names = [place for place, meaning in enumerate(meanings) if meaning in ("first", "last", "name")]
    lines = tuple(_line(grid, row, ids, names) for row in people)
    marks = [grid.value(row, place) for place in found for row in people]
    return GradeFile(
        TITLE,
        grid,
        columns,
        lines,
        _comments(header, columns),
        lambda place: _named(grid, people, place),
        "“Feedback to Learner” with its “Feedback Format”",
        stays=_stays,
        numbers=(marks, _totals(found)),
    )


def _line(grid: Grid, row: int, ids: list[int], names: list[int]) -> GradeLine:
    numbers = tuple(grid.value(row, place) for place in ids)
    name = " ".join(filter(None, (grid.value(row, place) for place in reversed(names))))
    preview = any(number.endswith("_previewuser") for number in numbers)
    return GradeLine(row, numbers, name, "it is the preview user" if preview else "")


def _maximum(about: str) -> Decimal | None:
    numbers = _MAXIMUM.findall(about)
    return (
        Decimal(numbers[0].replace(",", "."))
        if len(numbers) == 1 and float(numbers[0].replace(",", "."))
        else None
    )


def _totals(found: dict[int, re.Match[str]]) -> list[str]:
    return [number for name in found.values() for number in _MAXIMUM.findall(name["about"])]


def _comments(header: list[str], columns: tuple[GradeColumn, ...]) -> dict[int, Comments]:
    """The feedback of a column that was exported alone: as plain text, so that nothing in it is markup."""
    texts = [place for place, name in enumerate(header) if _FEEDBACK.fullmatch(name.strip())]
    forms = [place for place, name in enumerate(header) if _FORM.fullmatch(name.strip())]
    if len(columns) != 1 or len(texts) != 1 or len(forms) != 1:
        return {}
    return {columns[0].place: Comments(texts[0], "text", ((forms[0], _PLAIN),))}


def _named(grid: Grid, people: list[int], place: int) -> Comments | None:
    """A column of feedback by its place: its formats must follow, as a text in HTML could be markup."""
    forms = {grid.value(row, place + 1) for row in people if place + 1 < len(grid.rows[row])}
    return Comments(place, "text", ((place + 1, _PLAIN),)) if forms and forms <= _FORMS else None


def _stays(cell: str) -> str:
    return "in progress" if _IN_PROGRESS.search(cell) else ""
