"""`autograder grade`: from a download of submissions to a ledger, and to the marks and pages that show it."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from autograder import answers, marking, showing, views
from autograder.batch import Team, grade_all
from autograder.errors import AutograderError, CommandError
from autograder.grader import Job, homework_of
from autograder.intake import Asked, first_lines, taken_in
from autograder.ledger import Ledger, held
from autograder.outdated import outdated
from autograder.plausible import insist
from autograder.processes import Processes
from autograder.roll import Roll
from autograder.sandbox import selftest
from autograder.sandbox.host import Limits, Sandbox
from autograder.secret import course_secret

# The progress is drawn so often, in seconds.
_OFTEN = 0.1


class StoppedError(AutograderError):
    """Somebody stopped a run; the message says what is kept, and how to go on."""


@dataclass(frozen=True)
class Wish:
    """How a class is to be graded.

    Parameters
    ----------
    workers
        Processes on this machine.
    sandbox, limits
        See `autograder.sandbox`.
    regrade
        Names or numbers of students who are judged again though nothing changed; ``*`` for all.
    dask
        The address of a Dask scheduler, whose workers grade; empty for this machine.
    written
        A table of answers in words, in which somebody filled in points.
    """

    workers: int = 1
    sandbox: str = "auto"
    limits: Limits = field(default_factory=Limits)
    regrade: tuple[str, ...] = ()
    dask: str = ""
    written: Path | None = None


def run(name: str, submissions: Path, out: Path, course: Path, wish: Wish, asked: Asked | None = None) -> int:
    """Grade a download of submissions; see the command's help for what is written.

    Parameters
    ----------
    name
        The homework's.
    submissions
        A folder, a zip or a tar archive of a class, or one student's file.
    out
        The folder for the ledger, the marks and the pages.
    course
        The folder that holds ``solutions/``.
    wish
        How the class is to be graded.
    asked
        What was asked for beside the submissions; None for nothing.

    Returns
    -------
    int
        How many exercises could not be judged by a fault of the grader's.

    Raises
    ------
    StoppedError
        When somebody stopped it.
    """
    _insist_apart(submissions, out)
    asked = asked or Asked()
    console = Console(highlight=False)
    homework = homework_of(name, course)
    given = answers.read(wish.written) if wish.written else []
    with taken_in(submissions, homework, course, asked) as intake:
        for line in first_lines(intake):
            console.print(line, markup=False, soft_wrap=True)
        insist(intake, homework, course, asked)
        job = Job(name, course, wish.sandbox, wish.limits)
        with _team(job, wish) as (level, team), held(out) as ledger:
            job = replace(job, sandbox=level)
            for line in team.told:
                console.print(line, markup=False, soft_wrap=True)
            views.insist_on_places(out)
            views.finish(ledger)
            roll = Roll(homework, job, intake, ledger, course_secret(course), wish.regrade)
            number = ledger.begin(roll.facts(submissions, asked))
            try:
                _grade(console, roll, number, ledger.regraded_since(number, wish.regrade), team)
                current = ledger.end(number, roll.graded, roll.unchanged)
                if wish.written:
                    now = marking.give_all(ledger, current, given, wish.written)
                    showing.show_given(console, now, wish.written)
                written = views.write(ledger, current, wish.workers)
            except KeyboardInterrupt:
                raise StoppedError(_stopped(roll, ledger, number)) from None
            found = showing.seen(views.rows(ledger, current))
            marks = ledger.whose_marks(current)
            changed = list(outdated(ledger, current))
            damaged = ledger.damaged
    showing.show(console, current.facts.outline, found)
    if roll.unchanged:
        console.print(f"{roll.unchanged} unchanged, {roll.graded} graded.", markup=False)
    if damaged:
        console.print(f"{damaged} reports in the ledger were damaged and were judged again.", markup=False)
    _show_where(console, out, level, written)
    showing.show_what_is_not_graded(console, found)
    showing.show_marks_that_do_not_count(console, current.facts.outline, marks)
    showing.show_outdated_marks(console, changed)
    if found.unread:
        table = out / views.ANSWERS
        console.print(
            f"{showing.counted(found.unread)} to be graded by hand: put points into {table}, and grade again "
            f"with --written {table}",
            markup=False,
            soft_wrap=True,
        )
    if level == "none":
        console.print("No sandbox was used: every submission ran with your rights.", style="bold red")
    if found.faults:
        text = f"{found.faults} exercises are not judged, because the grader failed there: "
        console.print(f"{text}their marks are not complete.", style="bold red")
    return found.faults


def _insist_apart(submissions: Path, out: Path) -> None:
    """That nothing is written to where the submissions lie, nor to a folder around them.

    Raises
    ------
    CommandError
        When the one is in the other, also through links or under another name.
    """
    ours, theirs = (Path(os.path.realpath(path)) for path in (out, submissions))
    if _is_among(ours, theirs) or _is_among(theirs, ours):
        raise CommandError(
            f"The output folder {out} and the submissions {submissions} are not separate: name another "
            "folder with --out, so that neither is inside the other."
        )


def _is_among(path: Path, place: Path) -> bool:
    """Whether a path is a place, or lies below it; a folder may have several names."""
    for each in (path, *path.parents):
        with contextlib.suppress(OSError):
            if each == place or os.path.samefile(each, place):
                return True
    return False


def _show_where(console: Console, out: Path, level: str, written: views.Written) -> None:
    """Print where everything is."""
    tested = "" if level == "none" else "; sandbox self-test passed"
    console.print(f"Sandbox   {level}{tested}", markup=False)
    console.print(f"Class     {out / views.INDEX}", markup=False, soft_wrap=True)
    console.print(f"Marks     {out / 'grades.csv'}", markup=False, soft_wrap=True)
    console.print(f"Feedback  {out / 'feedback'}/<student>.html", markup=False, soft_wrap=True)
    console.print(f"Reports   {out / 'reports'}/<student>.json", markup=False, soft_wrap=True)
    if written.aside:
        edited = ", as somebody changed it" if written.edited else ""
        console.print(f"Before    {out / written.aside}{edited}", markup=False, soft_wrap=True)


@contextmanager
def _team(job: Job, wish: Wish) -> Iterator[tuple[str, Team]]:
    """Who grades, and at which level of the sandbox."""
    if wish.dask:
        from autograder.cluster import joined

        with joined(wish.dask, job) as cluster:
            yield cluster.level, cluster
        return
    with Sandbox(job.sandbox, job.limits) as tried:
        selftest.insist(tried)
        level = tried.level
    yield level, Processes(wish.workers)


def _stopped(roll: Roll, ledger: Ledger, number: int) -> str:
    there_are = len(roll.intake.download.students)
    done = roll.unchanged + roll.graded
    shows = ledger.fact("shown")
    shown = f" What {ledger.folder} shows is older." if shows and shows != str(number) else ""
    kept = f"Stopped: {done} of {there_are} are graded, and that is kept."
    return f"{kept} Run the same command to continue.{shown}"


def _grade(console: Console, roll: Roll, number: int, since: int, team: Team) -> None:
    """Grade who has to be graded, and put down everybody."""
    columns = (TextColumn("Grading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # refreshed by hand: a thread must not run while workers are forked
    with Progress(*columns, console=console, auto_refresh=False, transient=True) as progress:
        task = progress.add_task("", total=len(roll.intake.download.students))
        drawn = 0.0

        def advance() -> None:
            nonlocal drawn
            progress.advance(task)
            if time.monotonic() - drawn > _OFTEN:
                progress.refresh()
                drawn = time.monotonic()

        for judged in grade_all(roll.job, roll.works(number, since, advance), team):
            roll.put_down(number, judged)
            advance()
    roll.put_down_absent(number)
