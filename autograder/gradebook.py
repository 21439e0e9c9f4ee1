"""All marks of a class as one table: what stands in a line, and the table as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from autograder.errors import AutograderError
from autograder.homework import GUESSES
from autograder.ledger.rows import Outline
from autograder.printable import number, printable
from autograder.report import HandedIn, Report, is_open, made_up
from autograder.submission.lateness import in_words

NOTHING = "nothing handed in"
BY_HAND = "to be graded by hand"

# Spreadsheets take such a cell for a formula (OWASP, "CSV Injection"); the wide forms are theirs in Asia.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Half of Europe's spreadsheets split at semicolons, even where a cell stands in quotes that they do not know.
_AFTER_A_BREAK = re.compile(rf"([;,|\t][\s\"']*)(?=[{re.escape(''.join(_FORMULA))}])")
# What `as_cell` puts there.
_GUARD = re.compile(rf"([;,|\t][\s\"']*)'(?=[{re.escape(''.join(_FORMULA))}])")
_MORE = ("status", "file", "attempt", "late", "note", "section")


class GradebookError(AutograderError):
    """Marks that cannot be written or read; the message says what, where, and what to do next."""


@dataclass(frozen=True)
class Row:
    """One line of the table of marks.

    Parameters
    ----------
    student
        As in the report.
    scores
        By exercise; one that was not judged is not there.
    score, max_score
        Sums.
    status
        ``graded``, or why there is nothing to be seen: see `status_of`.
    file, attempt, late, note
        For those who grade: what was read, which time of how many, how late, and why points are missing.
    section
        The roster's.
    statuses
        Of the exercises.
    guesses
        Points that committed guesses give back; empty where nothing is known of guesses.
    """

    student: str
    scores: Mapping[str, str]
    score: float
    max_score: float
    status: str = "graded"
    file: str = ""
    attempt: str = ""
    late: str = ""
    note: str = ""
    section: str = ""
    statuses: Mapping[str, str] = field(default_factory=dict)
    guesses: str = ""


def row_of(report: Report, section: str = "", *, of_nothing: bool = False) -> Row:
    """The line of a report; of somebody who handed in nothing and has marks by hand, where that is told.

    Parameters
    ----------
    report
        With lateness and marks by hand, as it counts.
    section
        The roster's; empty where there is none.
    of_nothing
        Whether nothing was handed in.
    """
    told = report.handed_in or HandedIn()
    late = in_words(told.late_seconds) if told.late_seconds else "late" if told.late else ""
    status = NOTHING if of_nothing else status_of(report)
    reason = next((note for note in report.notes), "") if status != "graded" else ""
    if failed := faults_of(report):
        reason = f"Not judged: {', '.join(failed)}, as the grader failed there. Grade it again."
    elif unread := unread_of(report):
        reason = f"To be graded by hand: {', '.join(unread)}."
    given = [exercise.name for exercise in report.exercises if exercise.by_hand]
    by_hand = f"Points given by hand: {', '.join(given)}." if given else ""
    return Row(
        report.student,
        {e.name: number(e.score) for e in report.exercises if not is_open(e)},
        report.score,
        report.max_score,
        status,
        report.source,
        f"{told.attempt} of {told.attempts}" if told.attempts else "",
        late,
        " ".join(filter(None, (reason, told.note, by_hand))),
        section=section,
        statuses={exercise.name: exercise.status for exercise in report.exercises},
        guesses=number(made_up(report.exercises, report.guesses)) if report.guesses else "",
    )


def absent_row(student: str, outline: Outline, section: str = "") -> Row:
    """The line of somebody who handed in nothing.

    Parameters
    ----------
    student
        As reports name people.
    outline
        Of the homework.
    section
        The roster's; empty where there is none.
    """
    scores = {name: "0" for name, _ in outline.exercises}
    return Row(
        student, scores, 0.0, outline.max_score, NOTHING, note="Nothing was handed in.", section=section
    )


def faults_of(report: Report) -> list[str]:
    """The exercises that the grader failed at: as long as there is one, the mark is not complete."""
    return [exercise.name for exercise in report.exercises if exercise.status == "grader_fault"]


def unread_of(report: Report) -> list[str]:
    """The written answers to which nobody gave points yet: so long the mark is not complete either."""
    return [exercise.name for exercise in report.exercises if exercise.status == "written"]


def status_of(report: Report) -> str:
    """``graded``; or ``unreadable``, ``no functions`` of this homework, ``grader fault``, ``to be graded by
    hand``."""
    statuses = {exercise.status for exercise in report.exercises}
    if faults_of(report):
        return "grader fault"
    if statuses == {"missing"}:
        return "no functions" if report.submission else "unreadable"
    return BY_HAND if unread_of(report) else "graded"


def table_lines(outline: Outline, rows: Iterable[Row]) -> Iterator[str]:
    """The table as CSV, a line after the other, in the order of the rows; all cells are quoted.

    The columns: student, a score for every exercise, score, max_score, status, file, attempt, late, note,
    section. An exercise that a row does not hold leaves its cell empty. No cell is a formula to spreadsheets.
    Where guesses give lost points back, the column guesses before score has what came back.

    Parameters
    ----------
    outline
        Of the homework.
    rows
        They are read one after another.
    """
    names = [name for name, _ in outline.exercises]
    guesses = [GUESSES] if outline.guess_points else []
    yield table_line(["student", *names, *guesses, "score", "max_score", *_MORE])
    for row in rows:
        scores = [row.scores.get(name, "") for name in names] + [row.guesses or "0" for _ in guesses]
        more = [getattr(row, name) for name in _MORE]
        yield table_line([row.student, *scores, number(row.score), number(row.max_score), *more])


def table_line(cells: Iterable[str], keep: str = "") -> str:
    """A line of a table that spreadsheets open: all cells are quoted, and none is a formula.

    Of control characters only those to ``keep`` stay, such as line breaks in a cell.

    Parameters
    ----------
    cells
        Any texts.
    keep
        Control characters; empty for none.
    """
    text = io.StringIO()
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerow(
        as_cell(cell, keep) for cell in cells
    )
    return text.getvalue()


def as_cell(cell: str, keep: str = "") -> str:
    """A text as it stands in the table: no formula as a cell, nor in its parts where a spreadsheet splits.

    Parameters
    ----------
    cell
        Any text.
    keep
        Control characters that stay, as for `table_line`.
    """
    cell = f"'{cell}" if cell.startswith(_FORMULA) else cell
    return printable(_AFTER_A_BREAK.sub(r"\1'", cell), keep)


def from_cell(cell: str) -> str:
    """The text again of which `as_cell` made a cell.

    >>> from_cell(as_cell("=1+1; =2")), from_cell(as_cell("it's right"))
    ('=1+1; =2', "it's right")
    """
    cell = _GUARD.sub(r"\1", cell)
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
