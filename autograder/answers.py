"""written.csv: the answers in words that a person reads, and the points that are put beside them."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import CommandError
from autograder.gradebook import from_cell, table_line
from autograder.ledger import Outline, Participant
from autograder.printable import number, printable
from autograder.report import ExerciseReport, Report, is_open, is_written
from autograder.submission.roster import decoded

NAME = "written.csv"
_COLUMNS = ("student", "row", "question", "points", "of", "why", "answer", "criteria")
_NEEDED = {"row", "question", "points"}
_MAX_BYTES = 1 << 28
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


class AnswersError(CommandError):
    """A table of answers that cannot be read back; the message says where, and what to do."""


@dataclass(frozen=True)
class Given:
    """Points that somebody put beside an answer.

    Parameters
    ----------
    line
        Of the table.
    slug, question
        Whose answer it is, by the name of the report's file, and to what.
    points
        What it gets; None where the cell is empty.
    why
        What the student reads with it; may be empty.
    answer
        The text that was read; empty where the table has none.
    student
        The name that stands beside it; empty where the table has none.
    """

    line: int
    slug: str
    question: str
    points: float | None
    why: str
    answer: str = ""
    student: str = ""

    def is_for(self, exercise: ExerciseReport) -> bool:
        """Whether the answer that was read is the one that there is, as far as a spreadsheet keeps a text."""
        read, there = _plain(self.answer), _plain(_text(exercise))
        return not read or read == there


@dataclass(frozen=True)
class GivenNow:
    """What became of a table of answers.

    Parameters
    ----------
    read, new
        How many answers have points in it, and how many of these were not there before.
    stale
        The lines about another answer than the one that there is: they were not given.
    cleared
        Those without points, whose answers have some from before: they keep them.
    """

    read: int
    new: int
    stale: tuple[str, ...]
    cleared: tuple[str, ...] = ()


def lines(outline: Outline, people: Iterable[tuple[Participant, Report | None]]) -> Iterator[str]:
    """The table: a line for each answer, with the points and the reason where there are some.

    Parameters
    ----------
    outline
        Of the homework.
    people
        Everybody, in the order of the lines.
    """
    yield table_line(_COLUMNS)
    for person, report in people:
        for exercise in report.exercises if report else ():
            if is_written(exercise) and (is_open(exercise) or exercise.by_hand):
                yield table_line(_cells(outline, person, exercise), keep="\n")


def _cells(outline: Outline, person: Participant, exercise: ExerciseReport) -> Sequence[str]:
    points = "" if is_open(exercise) else number(exercise.score)
    why = exercise.by_hand.why if exercise.by_hand else ""
    text = _text(exercise)
    criteria = " | ".join(outline.criteria.get(exercise.name, ()))
    return (
        *(person.student, person.slug, exercise.name, points, number(exercise.max_score)),
        *(why, text, criteria),
    )


def _text(exercise: ExerciseReport) -> str:
    return "\n".join(verdict.message for verdict in exercise.verdicts)


def _plain(text: str) -> str:
    """The letters and digits that no encoding and no spreadsheet changes."""
    return re.sub(r"[^A-Za-z0-9]+", "", text)


def read(path: Path) -> list[Given]:
    """The lines of a table that was filled in, also those that have no points.

    Raises
    ------
    AnswersError
        When it cannot be read, lacks a column, or holds what are no points.
    """
    try:
        with open(path, "rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise AnswersError(f"{path} cannot be read ({error.strerror}): check --written.") from None
    if len(data) > _MAX_BYTES:
        raise AnswersError(f"{path} has more than {_MAX_BYTES >> 20} MB: is it another file?")
    rows = _table(decoded(data), path)
    header = [cell.strip().casefold() for cell in rows[0][1]]
    places = {name: header.index(name) for name in _COLUMNS if name in header}
    found: dict[tuple[str, str], Given] = {}
    for line, cells in rows[1:]:
        row = {name: cells[k].strip() for name, k in places.items() if k < len(cells)}
        given = Given(
            line,
            row.get("row", ""),
            row.get("question", ""),
            _points(row, line, path),
            from_cell(row.get("why", "")),
            from_cell(row.get("answer", "")),
            from_cell(row.get("student", "")),
        )
        other = found.get((given.slug, given.question))
        if other and given.points is None:
            continue
        if other and other.points is not None:
            raise AnswersError(
                f"{path}, lines {other.line} and {line}: both give {printable(given.slug)} points for "
                f"{printable(given.question)}. Leave one of them."
            )
        found[given.slug, given.question] = given
    return list(found.values())


def _table(text: str, path: Path) -> list[tuple[int, list[str]]]:
    """The rows with the lines where they begin; a spreadsheet may have saved it with another separator."""
    limit = csv.field_size_limit(1 << 24)
    try:
        for delimiter in ",;\t":
            reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
            rows, before = [], 0
            try:
                for row in reader:  # an answer may have several lines: it is named by its first
                    rows += [(before + 1, row)] if any(row) else []
                    before = reader.line_num
            except csv.Error:
                continue
            if rows and {cell.strip().casefold() for cell in rows[0][1]} >= _NEEDED:
                return rows
    finally:
        csv.field_size_limit(limit)
    raise AnswersError(
        f"{path} is not the table of answers: its first line must have the columns "
        f"{', '.join(sorted(_NEEDED))}. Fill in the {NAME} that `autograder grade` wrote."
    )


def _points(row: dict[str, str], line: int, path: Path) -> float | None:
    text = row.get("points", "")
    if not text:
        return None
    points = float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else math.nan
    if not math.isfinite(points):
        raise AnswersError(
            f"{path}, line {line}: {printable(text)[:40]!r} are not points: write a number such as 1.5, or "
            "leave the cell empty."
        )
    return points
