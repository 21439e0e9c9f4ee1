"""One person's view: the report, the page, and the line of the table."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from autograder import feedback
from autograder.class_page import Glance, Portrait, glance_of
from autograder.gradebook import Row, absent_row, row_of
from autograder.ledger import JudgedFile, Ledger, LedgerError, Mark, Outline, Participant, Run
from autograder.own_code import code_digest
from autograder.report import Report, to_json, unpacked
from autograder.standing import of_nothing, standing
from autograder.submission.lateness import LateRule, late_rule
from autograder.views import files

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
        judged = [(file, _unpacked(sheet.member, data)) for file, data in sheet.files]
        return standing(sheet.member, judged, sheet.marks, rule)
    return of_nothing(sheet.member, sheet.outline, sheet.marks) if sheet.marks else None


def _unpacked(member: Participant, data: bytes) -> Report:
    try:
        return unpacked(data)
    except msgspec.DecodeError as error:
        raise LedgerError(
            f"The ledger is damaged: a report of {member.student} is not valid ({error}). Judge it "
            f"again, with `autograder grade … --regrade {member.slug}`."
        ) from None


def make(sheet: Sheet, folder: Path) -> tuple[str, str, str, str]:
    """Write somebody's report and page to the folders in `folder`, and return what the ledger keeps of it.

    Parameters
    ----------
    sheet
        What the view is made of.
    folder
        Holds `files.REPORTS` and `files.FEEDBACK`, without a file of this person.

    Returns
    -------
    tuple of str
        Slug, digest of the inputs, line of the table, and files: as `Ledger.stage` takes them.
    """
    report = report_of(sheet)
    slug = sheet.member.slug
    section = sheet.member.section
    row = absent_row(sheet.member.student, sheet.outline, section)
    glance: Glance | None = None
    written: dict[str, files.Kept] = {}
    if report is not None:
        row = row_of(report, section, of_nothing=not sheet.files)
        glance = glance_of(report)
        page = feedback.page(report, sheet.outline.title).encode("utf-8", "backslashreplace")
        for name, data in ((files.REPORTS, to_json(report)), (files.FEEDBACK, page)):
            written[name] = files.write(folder / name / files.name_in(name, slug), data)
    line = msgspec.json.encode(Portrait(row, slug, glance)).decode()
    return slug, sheet.inputs, line, files.packed(written)


def everybody(ledger: Ledger, run: Run) -> Iterator[tuple[Participant, Report | None]]:
    """Everybody in a run, sorted by name; without a report where nothing was handed in.

    Parameters
    ----------
    ledger, run
        An open ledger, and one of its runs.
    """
    sheets = Sheets(ledger, run)
    for member in list(ledger.people(run.number)):
        yield member, report_of(sheets.sheet(member.slug))


def reports(ledger: Ledger, run: Run) -> Iterator[Report]:
    """The reports of everybody in a run who has one, sorted by name.

    Parameters
    ----------
    ledger, run
        An open ledger, and one of its runs.
    """
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


def is_line(line: str) -> bool:
    """Whether it is what the ledger keeps of a view."""
    try:
        portrait_from(line)
    except (msgspec.DecodeError, UnicodeError):
        return False
    return True


def _templates() -> str:
    folder = Path(feedback.__file__).parents[1] / "templates"
    total = hashlib.sha256()
    for path in sorted(folder.glob("*.*")):
        total.update(path.read_bytes())
    return total.hexdigest()
