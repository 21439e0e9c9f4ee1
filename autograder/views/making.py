"""One person's view: the report, the page, and the line of the table."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from autograder import feedback
from autograder.class_page import Glance, Portrait, glance_of
from autograder.gradebook import Row, absent_row, row_of
from autograder.keys import code_digest
from autograder.ledger import JudgedFile, Ledger, Mark, Outline, Participant, Run
from autograder.report import Report, to_json, unpacked
from autograder.standing import of_nothing, standing
from autograder.submission.lateness import LateRule, late_rule

REPORTS, FEEDBACK = "reports", "feedback"
# All code that a view depends on beside its report.
_MAKERS = (
    *("autograder/views", "autograder/class_page", "autograder/feedback", "autograder/gradebook.py"),
    *("autograder/standing.py", "autograder/penalty.py", "autograder/printable.py", "autograder/report.py"),
)


@dataclass(frozen=True)
class Sheet:
    """What one person's view is made of; small enough to be sent to another process.

    ``files`` are those that may count, each with its packed report; ``inputs`` is a digest of all.
    """

    member: Participant
    files: tuple[tuple[JudgedFile, bytes], ...]
    marks: Mapping[str, Mark]
    outline: Outline
    late: str
    inputs: str = ""


class Sheets:
    """What is needed of a run to make its views."""

    def __init__(self, ledger: Ledger, run: Run) -> None:
        self._ledger, self._run = ledger, run
        self._marks = ledger.whose_marks(run).marks()
        style = code_digest(*_MAKERS)
        self._common = repr((run.facts.outline, run.facts.late, style, _templates()))

    def inputs(self, slug: str) -> str:
        """A digest of all that somebody's view depends on."""
        entry = self._ledger.entry(self._run.number, slug)
        marks = self._marks.get(slug, {})
        text = repr((self._common, entry.people, entry.files, sorted(marks.items())))
        return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()

    def sheet(self, slug: str) -> Sheet:
        """What somebody's view is made of."""
        entry = self._ledger.entry(self._run.number, slug)
        (member,) = entry.people
        return Sheet(
            member,
            tuple((file, self._ledger.packed_report(file.key)) for file in entry.files),
            self._marks.get(slug, {}),
            self._run.facts.outline,
            self._run.facts.late,
            self.inputs(slug),
        )


def report_of(sheet: Sheet) -> Report | None:
    """Somebody's report; None where there is none, as nothing was handed in."""
    rule: LateRule | None = late_rule(sheet.late) if sheet.late else None
    if sheet.files:
        files = [(file, unpacked(data)) for file, data in sheet.files]
        return standing(sheet.member, files, sheet.marks, rule)
    return of_nothing(sheet.member, sheet.outline, sheet.marks) if sheet.marks else None


def make(sheet: Sheet, folder: Path) -> tuple[str, str, str, str]:
    """Write somebody's report and page to the folders in `folder`, and return what the ledger keeps of it."""
    report = report_of(sheet)
    slug = sheet.member.slug
    section = sheet.member.section
    row = absent_row(sheet.member.student, sheet.outline, section)
    glance: Glance | None = None
    files: dict[str, tuple[int, int]] = {}
    if report is not None:
        row = row_of(report, section, of_nothing=not sheet.files)
        glance = glance_of(report)
        page = feedback.page(report, sheet.outline.title)
        for path, data in (
            (folder / REPORTS / f"{slug}.json", to_json(report)),
            (folder / FEEDBACK / f"{slug}.html", page.encode("utf-8", "backslashreplace")),
        ):
            with open(path, "xb") as file:
                file.write(data)
                file.flush()  # what is written later has a later time
                files[path.parent.name] = _mark_of(os.fstat(file.fileno()), len(data))
    line = msgspec.json.encode(Portrait(row, slug, glance)).decode()
    return slug, sheet.inputs, line, json.dumps(files)


def link(slug: str, files: str, old: Path, new: Path) -> bool:
    """Let somebody's view be as it was; false where it is not there any more, or was changed."""
    places = {REPORTS: f"{slug}.json", FEEDBACK: f"{slug}.html"}
    known: dict[str, list[int]] = json.loads(files)
    done: list[Path] = []
    for folder, mark in known.items():
        source, target = old / folder / places[folder], new / folder / places[folder]
        try:
            found = os.lstat(source)
            same = list(_mark_of(found, found.st_size)) == mark
            if same:
                os.link(source, target, follow_symlinks=False)
        except OSError:
            same = False
        if not same:
            for each in done:
                each.unlink()
            return False
        done.append(target)
    return True


def is_as_written(folder: str, files: str, place: Path) -> bool:
    """Whether a file of a view is what was written."""
    known: dict[str, list[int]] = json.loads(files)
    found = os.lstat(place)
    return list(_mark_of(found, found.st_size)) == known.get(folder)


def everybody(ledger: Ledger, run: Run) -> Iterator[tuple[Participant, Report | None]]:
    """Everybody in a run, sorted by name; without a report where nothing was handed in."""
    sheets = Sheets(ledger, run)
    for member in list(ledger.people(run.number)):
        yield member, report_of(sheets.sheet(member.slug))


def reports(ledger: Ledger, run: Run) -> Iterator[Report]:
    """The reports of everybody in a run who has one, sorted by name."""
    for _, report in everybody(ledger, run):
        if report is not None:
            yield report


class _Line(msgspec.Struct):
    row: Row


def row_from(line: str) -> Row:
    """A line of the table, of what the ledger keeps of a view."""
    return msgspec.json.decode(line, type=_Line).row


def portrait_from(line: str) -> Portrait:
    """What the class page shows of somebody, of the same."""
    return msgspec.json.decode(line, type=Portrait)


def _mark_of(found: os.stat_result, size: int) -> tuple[int, int]:
    """By which a file is known again: an edit changes the one or the other."""
    return size, found.st_mtime_ns


def _templates() -> str:
    folder = Path(feedback.__file__).parents[1] / "templates"
    total = hashlib.sha256()
    for path in sorted(folder.glob("*.*")):
        total.update(path.read_bytes())
    return total.hexdigest()


def digest_of(*paths: Path) -> str:
    """A SHA-256 of files; empty where one of them is not there."""
    total = hashlib.sha256()
    for path in paths:
        if not path.is_file():
            return ""
        with open(path, "rb") as file:
            total.update(hashlib.file_digest(file, "sha256").digest())
    return total.hexdigest()
