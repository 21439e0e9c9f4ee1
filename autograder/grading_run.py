"""`autograder grade`: from a folder of submissions to marks, reports and feedback pages on disk."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from autograder import feedback, gradebook
from autograder.batch import Graded, Job, grade_class
from autograder.course import load_homework
from autograder.homework import Homework
from autograder.printable import number, printable
from autograder.report import Report
from autograder.sandbox import selftest
from autograder.sandbox.host import Limits, Sandbox
from autograder.secret import course_secret
from autograder.submission import collect

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
    name: str, submissions: Path, out: Path, course: Path, workers: int, sandbox: str, limits: Limits
) -> int:
    """Grade a folder of submissions; see the command's help for what is written.

    Returns
    -------
    int
        How many exercises could not be judged by a fault of the grader's.
    """
    console = Console(highlight=False)
    homework = load_homework(name, course)
    students = collect(submissions, name, homework.data)
    with Sandbox(sandbox, limits) as tried:
        selftest.insist(tried)
        level = tried.level
    job = Job(name, course, course_secret(course), level, limits)
    reports: dict[str, Report] = {}
    columns = (TextColumn("Grading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # refreshed by hand: a thread must not run while workers are forked
    with Progress(*columns, console=console, auto_refresh=False, transient=True) as progress:
        task = progress.add_task("", total=len(students))
        for graded in grade_class(job, students, workers):
            _store(out, homework, graded)
            reports[graded.candidates.slug] = graded.report
            progress.advance(task)
            progress.refresh()
    ordered = sorted(reports.values(), key=lambda report: report.student)
    grades = gradebook.write_grades(out, homework, ordered)
    _show(console, homework, ordered)
    tested = "" if level == "none" else ", after a self-test that got through nowhere"
    console.print(f"Sandbox   {level}{tested}", markup=False)
    console.print(f"Marks     {grades}", markup=False, soft_wrap=True)
    console.print(f"Feedback  {out / 'feedback'}/<student>.html", markup=False, soft_wrap=True)
    console.print(f"Reports   {out / 'reports'}/<student>.json", markup=False, soft_wrap=True)
    if level == "none":
        console.print("No sandbox was used: every submission ran with your rights.", style="bold red")
    faults = sum(e.status == "grader_fault" for report in ordered for e in report.exercises)
    if faults:
        text = f"{faults} exercises could not be judged by a fault of the grader's: see the reports."
        console.print(text, style="bold red")
    return faults


def _store(out: Path, homework: Homework, graded: Graded) -> None:
    slug = graded.candidates.slug
    gradebook.write_report(out, slug, graded.report)
    gradebook.write_page(out, slug, feedback.page(graded.report, homework.title))


def _show(console: Console, homework: Homework, reports: list[Report]) -> None:
    console.print(f"{homework.title} ({number(homework.max_score)} points)", style="bold", markup=False)
    table = Table()
    table.add_column("student", no_wrap=True)
    for k in range(1, len(homework.exercises) + 1):
        table.add_column(str(k), justify="right")
    table.add_column("score", justify="right", style="bold")
    for report in reports[:_ROWS_SHOWN]:
        marks = [Text(number(e.score), style=_STYLES.get(e.status, "red")) for e in report.exercises]
        table.add_row(Text(printable(report.student)), *marks, Text(number(report.score)))
    console.print(table)
    legend = "   ".join(
        f"{k} {e.function} ({number(e.max_score)})" for k, e in enumerate(homework.exercises, 1)
    )
    console.print(legend, style="dim", markup=False)
    if len(reports) > _ROWS_SHOWN:
        console.print(f"… and {len(reports) - _ROWS_SHOWN} more, all in the CSV.", markup=False)
