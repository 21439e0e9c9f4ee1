"""Commands for what was graded: runs, set."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import click

from autograder.cli.course import GRADED, only_folder


class _Points(click.FloatRange):
    """A number that is not negative, also with a decimal comma."""

    def __init__(self) -> None:
        super().__init__(min=0)

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> Any:
        if isinstance(value, str):
            value = re.sub(r"^(\d+),(\d+)$", r"\1.\2", value)
        return super().convert(value, param, context)


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), required=False)
@click.pass_context
def runs(context: click.Context, folder: Path | None) -> None:
    """List the runs that a ledger knows; FOLDER is the output folder of `autograder grade`."""
    from autograder import ledger

    with ledger.opened(folder or only_folder(context)) as opened:
        current = opened.current()
        for run in opened.runs():
            facts = run.facts
            if not run.ended:
                how = "stopped, or still running"
            else:
                people = f"{run.people} student{'s' * (run.people != 1)}"
                how = f"{people}: {run.graded} graded, {run.unchanged} unchanged"
            shown = "*" if current and run.number == current.number else " "
            click.echo(
                f"{shown}{run.number:4}  {run.begun[:16].replace('T', ' ')}  {facts.outline.name}  {how}; "
                f"{facts.place}, {facts.level}, rubric {facts.rubric[:8]}, grader {facts.judge[:8]}"
            )


@click.command("set")
@click.argument("student")
@click.argument("exercise")
@click.argument("points", type=_Points(), required=False)
@click.option("--why", default="", help="The reason, which the student reads.")
@click.option("--undo", is_flag=True, help="Let the grader's points count again.")
@GRADED
@click.pass_context
def set_mark(
    context: click.Context,
    student: str,
    exercise: str,
    points: float | None,
    why: str,
    undo: bool,
    graded: Path | None,
) -> None:
    """Give STUDENT these POINTS for EXERCISE, whatever the grader says, now and when graded again.

    STUDENT is a name or a number as in grades.csv. The points and the reason are shown in feedback and
    reports, and exported.
    """
    from autograder import marking

    if undo == (points is not None):
        raise click.UsageError("Name POINTS, or --undo.")
    if points is not None and math.isnan(points):
        raise click.UsageError("POINTS is not a number: nan.")
    if points is not None and not why.strip():
        raise click.UsageError('Say why, as --why "Explained it at the board".')
    click.echo(marking.run(graded or only_folder(context), student, exercise, points, why.strip()))
