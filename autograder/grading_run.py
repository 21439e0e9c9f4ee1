"""`autograder grade`: from a download of submissions to marks, reports and feedback pages on disk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from autograder import feedback, gradebook
from autograder.batch import Graded, Job, grade_class, homework_of
from autograder.gradebook import Row
from autograder.homework import Homework
from autograder.intake import Asked, Intake, first_lines, taken_in
from autograder.plausible import insist
from autograder.printable import number, printable
from autograder.report import HandedIn
from autograder.sandbox import selftest
from autograder.sandbox.host import Limits, Sandbox
from autograder.secret import course_secret
from autograder.submission import Student

# A longer class is in the CSV; a terminal shows its beginning.
_ROWS_SHOWN = 60
_STYLES = {
    "passed": "green",
    "partial": "yellow",
    "not_started": "dim",
    "missing": "dim",
    "grader_fault": "magenta",
}


def run(
    name: str,
    submissions: Path,
    out: Path,
    course: Path,
    workers: int,
    sandbox: str,
    limits: Limits,
    asked: Asked | None = None,
) -> int:
    """Grade a download of submissions; see the command's help for what is written.

    Returns
    -------
    int
        How many exercises could not be judged by a fault of the grader's.
    """
    console = Console(highlight=False)
    asked = asked or Asked()
    homework = homework_of(name, course)
    with taken_in(submissions, homework, course, asked) as intake:
        for line in first_lines(intake):
            console.print(line, markup=False, soft_wrap=True)
        insist(intake, homework, course, asked)
        with Sandbox(sandbox, limits) as tried:
            selftest.insist(tried)
            level = tried.level
        job = Job(name, course, course_secret(course), level, limits, asked.late)
        rows, faults = _grade(console, job, homework, intake, out, workers)
    rows += [gradebook.absent_row(student, homework) for student in intake.absent]
    rows = [replace(row, section=intake.sections.get(row.student, "")) for row in rows]
    rows.sort(key=lambda row: (row.student.casefold(), row.student))
    grades = gradebook.write_grades(out, homework, rows)
    _show(console, homework, rows)
    tested = "" if level == "none" else ", after a self-test that got through nowhere"
    console.print(f"Sandbox   {level}{tested}", markup=False)
    console.print(f"Marks     {grades}", markup=False, soft_wrap=True)
    console.print(f"Feedback  {out / 'feedback'}/<student>.html", markup=False, soft_wrap=True)
    console.print(f"Reports   {out / 'reports'}/<student>.json", markup=False, soft_wrap=True)
    _show_what_is_not_graded(console, rows)
    if level == "none":
        console.print("No sandbox was used: every submission ran with your rights.", style="bold red")
    if faults:
        text = f"{faults} exercises are not judged by a fault of the grader's: their marks are not complete."
        console.print(text, style="bold red")
    return faults


def _grade(
    console: Console, job: Job, homework: Homework, intake: Intake, out: Path, workers: int
) -> tuple[list[Row], int]:
    """Grade all, and write what is made of each at once: only the lines of the table are kept."""
    students = {student.slug: student for student in intake.download.students}
    rows: list[Row] = []
    faults = 0
    columns = (TextColumn("Grading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # refreshed by hand: a thread must not run while workers are forked
    with Progress(*columns, console=console, auto_refresh=False, transient=True) as progress:
        task = progress.add_task("", total=len(students))
        for graded in grade_class(job, intake.read(), workers, len(students)):
            faults += sum(e.status == "grader_fault" for e in graded.report.exercises)
            rows += _store(out, homework, intake, students[graded.candidates.slug], graded)
            progress.advance(task)
            progress.refresh()
    return rows, faults


def _store(out: Path, homework: Homework, intake: Intake, student: Student, graded: Graded) -> list[Row]:
    """A report and a page for everybody whose work it is."""
    rows: list[Row] = []
    for member in student.people:
        person = intake.person(member)
        told = msgspec.structs.replace(
            graded.report.handed_in or HandedIn(),
            name=printable(person.name),
            ids=[printable(each) for each in person.ids],
        )
        report = msgspec.structs.replace(graded.report, student=member.student, handed_in=told)
        gradebook.write_report(out, member.slug, report)
        gradebook.write_page(out, member.slug, feedback.page(report, homework.title))
        rows.append(gradebook.row_of(report))
    return rows


def _show(console: Console, homework: Homework, rows: Sequence[Row]) -> None:
    console.print(f"{homework.title} ({number(homework.max_score)} points)", style="bold", markup=False)
    table = Table()
    table.add_column("student", no_wrap=True)
    for k in range(1, len(homework.exercises) + 1):
        table.add_column(str(k), justify="right")
    table.add_column("score", justify="right", style="bold")
    shown = rows[:_ROWS_SHOWN]
    late = any(row.late for row in shown)
    if late:
        table.add_column("late", no_wrap=True)
    for row in shown:
        marks = [
            Text(_cell(row, e.function), style=_STYLES.get(row.statuses.get(e.function, ""), "red"))
            for e in homework.exercises
        ]
        when = [Text(row.late, style="yellow")] if late else []
        table.add_row(Text(printable(row.student)), *marks, Text(number(row.score)), *when)
    console.print(table)
    legend = "   ".join(
        f"{k} {e.function} ({number(e.max_score)})" for k, e in enumerate(homework.exercises, 1)
    )
    console.print(legend, style="dim", markup=False)
    if len(rows) > _ROWS_SHOWN:
        console.print(f"… and {len(rows) - _ROWS_SHOWN} more, all in the CSV.", markup=False)


def _cell(row: Row, function: str) -> str:
    missing = "not judged" if row.statuses.get(function) == "grader_fault" else ""
    return row.scores.get(function, missing)


def _show_what_is_not_graded(console: Console, rows: Sequence[Row]) -> None:
    """Everybody of whom there is nothing to be seen, or not everything, and why."""
    others = [row for row in rows if row.status != "graded"]
    for said, some in (
        ("Nothing to grade of", [row for row in others if row.status != "grader fault"]),
        ("Not judged completely:", [row for row in others if row.status == "grader fault"]),
    ):
        if some:
            console.print(f"{said} {len(some)}:" if said[-1] != ":" else said, style="bold", markup=False)
        for row in some[:_ROWS_SHOWN]:
            line = f"  {printable(row.student)}: {row.status}. {printable(row.note)}"
            console.print(line, markup=False, soft_wrap=True)
        if len(some) > _ROWS_SHOWN:
            console.print(f"  … and {len(some) - _ROWS_SHOWN} more, all in the CSV.", markup=False)
