"""`autograder grade`: from a download of submissions to a ledger, and to the marks and pages that show it."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from autograder import showing, views
from autograder.batch import Team, grade_all
from autograder.errors import AutograderError
from autograder.grader import Job, homework_of
from autograder.intake import Asked, first_lines, taken_in
from autograder.ledger import held
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
    """

    workers: int = 1
    sandbox: str = "auto"
    limits: Limits = field(default_factory=Limits)
    regrade: tuple[str, ...] = ()
    dask: str = ""


def run(name: str, submissions: Path, out: Path, course: Path, wish: Wish, asked: Asked | None = None) -> int:
    """Grade a download of submissions; see the command's help for what is written.

    Returns
    -------
    int
        How many exercises could not be judged by a fault of the grader's.

    Raises
    ------
    StoppedError
        When somebody stopped it.
    """
    console = Console(highlight=False)
    asked = asked or Asked()
    homework = homework_of(name, course)
    with taken_in(submissions, homework, course, asked) as intake:
        for line in first_lines(intake):
            console.print(line, markup=False, soft_wrap=True)
        insist(intake, homework, course, asked)
        job = Job(name, course, wish.sandbox, wish.limits)
        students = len(intake.download.students)
        with _team(job, wish, students) as (level, team), held(out) as ledger, _stoppable():
            job = replace(job, sandbox=level)
            for line in team.told:
                console.print(line, markup=False, soft_wrap=True)
            views.finish(ledger)
            roll = Roll(homework, job, intake, ledger, course_secret(course), wish.regrade)
            number = ledger.begin(roll.facts(submissions, asked))
            try:
                _grade(console, roll, number, team)
                current = ledger.end(number, roll.graded, roll.unchanged)
                written = views.write(ledger, current, wish.workers)
            except KeyboardInterrupt:
                raise StoppedError(_stopped(roll, out)) from None
            found = showing.seen(views.rows(ledger, current))
            given = ledger.whose_marks(current)
    showing.show(console, current.facts.outline, found)
    if roll.unchanged:
        console.print(f"{roll.unchanged} unchanged, {roll.graded} graded.", markup=False)
    tested = "" if level == "none" else ", after a self-test that got through nowhere"
    console.print(f"Sandbox   {level}{tested}", markup=False)
    console.print(f"Class     {out / views.INDEX}", markup=False, soft_wrap=True)
    console.print(f"Marks     {out / 'grades.csv'}", markup=False, soft_wrap=True)
    console.print(f"Feedback  {out / 'feedback'}/<student>.html", markup=False, soft_wrap=True)
    console.print(f"Reports   {out / 'reports'}/<student>.json", markup=False, soft_wrap=True)
    if written.aside:
        console.print(f"Before    {out / written.aside}", markup=False, soft_wrap=True)
    showing.show_what_is_not_graded(console, found)
    showing.show_marks_that_do_not_count(console, current.facts.outline, given)
    if level == "none":
        console.print("No sandbox was used: every submission ran with your rights.", style="bold red")
    if found.faults:
        text = f"{found.faults} exercises are not judged by a fault of the grader's: "
        console.print(f"{text}their marks are not complete.", style="bold red")
    return found.faults


@contextmanager
def _team(job: Job, wish: Wish, students: int) -> Iterator[tuple[str, Team]]:
    """Who grades, and at which level of the sandbox."""
    if wish.dask:
        from autograder.cluster import joined

        with joined(wish.dask, job) as cluster:
            yield cluster.level, cluster
        return
    with Sandbox(job.sandbox, job.limits) as tried:
        selftest.insist(tried)
        level = tried.level
    yield level, Processes(wish.workers, students)


def _stopped(roll: Roll, out: Path) -> str:
    there_are = len(roll.intake.download.students)
    done = roll.unchanged + roll.graded
    shown = f" What {out} shows is older." if (out / "grades.csv").exists() else ""
    return (
        f"Stopped: {done} of {there_are} are graded, and that is kept. Run the same command to go on.{shown}"
    )


@contextmanager
def _stoppable() -> Iterator[None]:
    """Let a request to end be as Ctrl-C is."""

    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, stop)
    except ValueError:  # not in the main thread: somebody else looks after signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _grade(console: Console, roll: Roll, number: int, team: Team) -> None:
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

        for judged in grade_all(roll.job, roll.works(number, advance), team):
            roll.put_down(number, judged)
            advance()
    roll.put_down_absent(number)
