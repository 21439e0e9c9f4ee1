"""Reports on disk: one JSON file a student, and all marks as one CSV table."""

from __future__ import annotations

import csv
import io
import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from autograder.errors import AutograderError
from autograder.homework import Homework
from autograder.printable import number, printable
from autograder.report import Report, from_json, to_json

# Spreadsheets take such a cell for a formula (OWASP, "CSV Injection"); the wide forms are theirs in Asia.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


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


def write_grades(out: Path, homework: Homework, reports: Iterable[Report]) -> Path:
    """Write ``out/grades.csv``: student, a score for every exercise, score, max_score; sorted by student.

    An exercise that a report does not hold leaves its cell empty. No cell is a formula to a spreadsheet.

    Raises
    ------
    GradebookError
        When the file cannot be written.
    """
    names = [exercise.function for exercise in homework.exercises]
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(map(_inert, ["student", *names, "score", "max_score"]))
    for report in sorted(reports, key=lambda report: (report.student.casefold(), report.student)):
        scores = {exercise.name: number(exercise.score) for exercise in report.exercises}
        row = [scores.get(name, "") for name in names]
        writer.writerow([_inert(report.student), *row, number(report.score), number(report.max_score)])
    path = out / "grades.csv"
    _replace(path, table.getvalue().encode())
    return path


def _inert(cell: str) -> str:
    cell = f"'{cell}" if cell.startswith(_FORMULA) else cell
    return printable(cell)


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
