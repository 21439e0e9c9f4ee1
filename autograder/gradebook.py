"""Reports on disk: one JSON file a student, and all marks as one CSV table."""

from __future__ import annotations

import csv
import io
import os
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from autograder.errors import AutograderError
from autograder.homework import Homework
from autograder.printable import number, printable
from autograder.report import HandedIn, Report, from_json, to_json
from autograder.submission.lateness import in_words

NOTHING = "nothing handed in"

# Spreadsheets take such a cell for a formula (OWASP, "CSV Injection"); the wide forms are theirs in Asia.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Half of Europe's spreadsheets split at semicolons, even where a cell stands in quotes that they do not know.
_AFTER_A_BREAK = re.compile(rf"([;,|\t][\s\"']*)(?=[{re.escape(''.join(_FORMULA))}])")
_MORE = ("status", "file", "attempt", "late", "note", "section")


class GradebookError(AutograderError):
    """Marks that cannot be written or read; the message says what, where, and what to do next."""


def write_report(out: Path, slug: str, report: Report) -> Path:
    """Store a report as ``out/reports/<slug>.json``.

    Whoever reads it meanwhile finds the old report or the new one, never half of one.

    Parameters
    ----------
    out
        The grader's output folder; made where it is missing.
    slug
        A student's file name, from `autograder.submission.Candidates`.
    report
        Any report; lone surrogates in its text become visible escapes.

    Raises
    ------
    GradebookError
        When the file cannot be written.
    """
    path = _place(out, "reports", slug, "json")
    try:
        data = to_json(report)
    except UnicodeEncodeError:
        data = to_json(msgspec.convert(_encodable(msgspec.to_builtins(report)), Report))
    _replace(path, data)
    return path


def write_page(out: Path, slug: str, page: str) -> Path:
    """Store a feedback page as ``out/feedback/<slug>.html``, as `write_report` does.

    Raises
    ------
    GradebookError
        When the file cannot be written.
    """
    path = _place(out, "feedback", slug, "html")
    _replace(path, page.encode("utf-8", "backslashreplace"))
    return path


def _place(out: Path, folder: str, slug: str, ending: str) -> Path:
    path = out / folder / f"{slug}.{ending}"
    if not slug or path.name != f"{slug}.{ending}":
        raise ValueError(f"{slug!r} is no file name")
    return path


def read_reports(out: Path) -> dict[str, Report]:
    """All stored reports by slug, in the slugs' order.

    Raises
    ------
    GradebookError
        When one of them cannot be read.
    """
    found: dict[str, Report] = {}
    for path in sorted((out / "reports").glob("*.json")):
        try:
            found[path.stem] = from_json(path.read_bytes())
        except OSError as error:
            raise GradebookError(f"{path} cannot be read ({error.strerror}): check its rights.") from error
        except msgspec.MsgspecError as error:
            raise GradebookError(f"{path} is not a report ({error}): delete it and grade again.") from error
    return found


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


def row_of(report: Report) -> Row:
    """The line of a report."""
    told = report.handed_in or HandedIn()
    late = in_words(told.late_seconds) if told.late_seconds else "late" if told.late else ""
    status = status_of(report)
    reason = next((note for note in report.notes), "") if status != "graded" else ""
    if failed := faults_of(report):
        reason = f"Not judged: {', '.join(failed)}, as the grader failed there. Grade it again."
    return Row(
        report.student,
        {e.name: number(e.score) for e in report.exercises if e.status != "grader_fault"},
        report.score,
        report.max_score,
        status,
        report.source,
        f"{told.attempt} of {told.attempts}" if told.attempts else "",
        late,
        " ".join(filter(None, (reason, told.note))),
        statuses={exercise.name: exercise.status for exercise in report.exercises},
    )


def absent_row(student: str, homework: Homework) -> Row:
    """The line of somebody who handed in nothing."""
    scores = {exercise.function: "0" for exercise in homework.exercises}
    return Row(student, scores, 0.0, homework.max_score, NOTHING, note="Nothing was handed in.")


def faults_of(report: Report) -> list[str]:
    """The exercises that the grader failed at: as long as there is one, the mark is not complete."""
    return [exercise.name for exercise in report.exercises if exercise.status == "grader_fault"]


def status_of(report: Report) -> str:
    """``graded``; or ``unreadable``, ``no functions`` of this homework, ``grader fault``."""
    statuses = {exercise.status for exercise in report.exercises}
    if faults_of(report):
        return "grader fault"
    if statuses == {"missing"}:
        return "no functions" if report.submission else "unreadable"
    return "graded"


def write_grades(out: Path, homework: Homework, reports: Iterable[Report | Row]) -> Path:
    """Write ``out/grades.csv``, a line a student, sorted; all cells are quoted.

    The columns: student, a score for every exercise, score, max_score, status, file, attempt, late, note,
    section. An
    exercise that a report does not hold leaves its cell empty. No cell is a formula to a spreadsheet.

    Raises
    ------
    GradebookError
        When the file cannot be written.
    """
    names = [exercise.function for exercise in homework.exercises]
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(map(_inert, ["student", *names, "score", "max_score", *_MORE]))
    rows = [row_of(each) if isinstance(each, Report) else each for each in reports]
    for row in sorted(rows, key=lambda row: (row.student.casefold(), row.student)):
        scores = [row.scores.get(name, "") for name in names]
        more = [getattr(row, name) for name in _MORE]
        writer.writerow(
            [_inert(row.student), *scores, number(row.score), number(row.max_score), *map(_inert, more)]
        )
    path = out / "grades.csv"
    _replace(path, table.getvalue().encode("utf-8", "backslashreplace"))
    return path


def _inert(cell: str) -> str:
    """A text that is no formula as a cell, nor in its parts where a spreadsheet splits at them."""
    cell = f"'{cell}" if cell.startswith(_FORMULA) else cell
    return printable(_AFTER_A_BREAK.sub(r"\1'", cell))


def _encodable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {key: _encodable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_encodable(item) for item in value]
    return value


def _replace(path: Path, data: bytes) -> None:
    """Write beside the file and rename: a run that is killed, or a full disk, leaves the old file whole."""
    new = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with open(new, "xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(new, path)
        finally:
            new.unlink(missing_ok=True)
    except OSError as error:
        raise GradebookError(
            f"{path} cannot be written ({error.strerror}): make room or name another folder."
        ) from error
