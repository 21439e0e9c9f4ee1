"""Commands for what students hand in: collect, grade, doctor."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from autograder.cli.course import course_of
from autograder.sandbox.limits import LEAST_MEMORY, Limits


class _Seconds(click.FloatRange):
    """A number of seconds; `nan`, which lies outside no range, is refused."""

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> Any:
        seconds = super().convert(value, parameter, context)
        if math.isnan(seconds):
            self.fail(f"{value!r} is not a number.", parameter, context)
        return seconds


# As in autograder.submission.layouts, which is not loaded before it is needed; a test compares the two.
LAYOUTS = (
    "auto", "gradescope", "moodle", "canvas", "brightspace", "blackboard", "sakai", "teams", "submitty",
    "nbgrader", "ilias", "classroom", "plain",
)  # fmt: skip
_Command = TypeVar("_Command", bound=Callable[..., Any])


def _intake_options(command: _Command) -> _Command:
    """The options that say whose each file is, and which of them count."""
    options = [
        click.option(
            "--layout",
            type=click.Choice(LAYOUTS),
            default="auto",
            show_default=True,
            help="The platform of the download; plain: files and folders are named after students.",
        ),
        click.option("--inside", default="", help="The folder in the download that holds the students."),
        click.option(
            "--roster",
            type=click.Path(path_type=Path, dir_okay=False),
            help="A CSV of all students: who handed in nothing gets a line.",
        ),
        click.option(
            "--attempt",
            type=click.Choice(["latest", "best", "first"]),
            help="Which attempt counts. Default: the latest if the platform dates them, else the best.",
        ),
        click.option("--due", help="When it was due, as 2026-11-30T23:59+01:00."),
        click.option("--yes", is_flag=True, help="Continue although something looks wrong."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def _cores() -> int:
    from autograder.processes import cores

    return len(cores())


def _asked(
    layout: str, inside: str, roster: Path | None, attempt: Any, due: str | None, yes: bool, late: str = ""
) -> Any:
    from autograder.intake import Asked
    from autograder.submission.lateness import due_date, late_rule

    date, rule = due_date(due) if due else None, late_rule(late) if late else None
    if rule is not None and rule.per and date is None:
        raise click.UsageError(
            f"--late {late!r} counts time, so it needs --due, the date from which it counts."
        )
    return Asked(layout, inside, roster, attempt, date, late, yes)


@click.command()
@click.argument("what", nargs=-1, required=True, metavar="[HOMEWORK] SUBMISSIONS")
@_intake_options
@click.option(
    "--list", "everybody", is_flag=True, help="One line a student, and every file that was left out."
)
@click.pass_context
def collect(context: click.Context, what: tuple[str, ...], everybody: bool, **options: Any) -> None:
    """Say who handed in what, and grade nothing.

    HOMEWORK may be left out where the course has one, or where the files tell which it is. SUBMISSIONS and
    the options are those of `autograder grade`.
    """
    from autograder import collecting_run

    if len(what) > 2:
        raise click.UsageError("Name a homework and one folder or file of submissions.")
    homework = what[0] if len(what) == 2 else None
    collecting_run.run(homework, Path(what[-1]), course_of(context), _asked(**options), everybody)


class _Grade(click.Command):
    """`--regrade` before HOMEWORK names nobody: what follows is no student where an argument is missing."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(context, list(args))
        except click.MissingParameter:
            everybody = [f"{each}=*" if each == "--regrade" else each for each in args]
            if everybody == args:
                raise
            return super().parse_args(context, everybody)


@click.command(cls=_Grade)
@click.argument("homework")
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Default: graded/HOMEWORK.")
@click.option("--workers", type=click.IntRange(1, 256), default=_cores, show_default="cores")
@click.option("--dask", default="", help="Grade on a Dask cluster: its scheduler, as tcp://HOST:8786.")
@click.option(
    "--sandbox",
    type=click.Choice(["auto", "namespaces", "landlock", "none"]),
    default="auto",
    show_default=True,
    help="none runs submissions without protection: for your own code only.",
)
@click.option(
    "--timeout",
    type=_Seconds(0.1, 600),
    default=Limits.call_seconds,
    show_default=True,
    help="Processor seconds of one call of a student's function.",
)
@click.option(
    "--wall",
    type=_Seconds(0.1, 6000),
    show_default=f"{Limits.patience:g} x timeout",
    help="Seconds by the clock of one call, including sleep and waiting for a busy machine.",
)
@click.option(
    "--total",
    type=click.IntRange(1, 36_000),
    default=Limits.total_seconds,
    show_default=True,
    help="Processor seconds of a whole submission.",
)
@click.option(
    "--memory",
    type=click.IntRange(LEAST_MEMORY >> 20, 1 << 20),
    default=Limits.memory >> 20,
    show_default=True,
    help="Megabytes.",
)
@click.option(
    "--output",
    type=click.IntRange(1, 1 << 16),
    default=Limits.output >> 10,
    show_default=True,
    help="Kilobytes of printed text that are kept.",
)
@_intake_options
@click.option("--late", default="", help='What lateness costs, as "10% a day, grace 15m, at most 50%".')
@click.option(
    "--regrade",
    multiple=True,
    is_flag=False,
    flag_value="*",
    metavar="[STUDENT]",
    help="Judge this student again although nothing changed; without a name, everybody.",
)
@click.option(
    "--written",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The written.csv of an earlier run, with points beside the answers in words.",
)
@click.pass_context
def grade(
    context: click.Context,
    homework: str,
    submissions: Path,
    out: Path | None,
    workers: int,
    dask: str,
    sandbox: str,
    timeout: float,
    wall: float | None,
    total: int,
    memory: int,
    output: int,
    regrade: tuple[str, ...],
    written: Path | None,
    **options: Any,
) -> None:
    """Grade the SUBMISSIONS to HOMEWORK; what did not change since the last time is not judged again.

    SUBMISSIONS is what a learning platform hands over; or a folder or a zip of <student>.py, <student>.ipynb,
    <student>.zip or <student>/…/HOMEWORK.py|.ipynb; or one student's file. Marks go to grades.csv,
    reports/<student>.json and feedback/<student>.html below the output folder; what they are made of is in
    ledger.sqlite there. A run that was stopped goes on when it is started again.
    """
    from autograder import grading_run

    patience = wall / timeout if wall else Limits.patience
    if patience < 1:
        raise click.UsageError(
            f"--wall {wall:g} is less than --timeout {timeout:g}: a call needs at least that."
        )
    limits = Limits(timeout, patience, max(total, math.ceil(timeout)), memory << 20, output << 10)
    course = course_of(context)
    wish = grading_run.Wish(workers, sandbox, limits, regrade, dask, written)
    faults = grading_run.run(
        homework, submissions, out or Path("graded", homework), course, wish, _asked(**options)
    )
    context.exit(1 if faults else 0)


@click.command()
def doctor() -> None:
    """Tell what this machine offers for running other people's code, and why not more."""
    from autograder.sandbox import doctor

    context = click.get_current_context()
    context.exit(0 if doctor.examine() else 1)
