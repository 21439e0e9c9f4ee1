"""Commands for what was graded: runs, set, export."""

from __future__ import annotations

import math
from pathlib import Path

import click

from autograder.cli.course import course_of

_GRADED = click.option(
    "--graded",
    type=click.Path(file_okay=False, path_type=Path),
    help="The output folder of `autograder grade`. Default: the one in graded/, where there is one.",
)


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), required=False)
def runs(folder: Path | None) -> None:
    """List the runs that a ledger knows; FOLDER is the output folder of `autograder grade`."""
    from autograder import ledger

    with ledger.opened(folder or _only_folder()) as opened:
        current = opened.current()
        for run in opened.runs():
            facts = run.facts
            if not run.ended:
                how = "stopped, or still under way"
            else:
                how = f"{run.people} people: {run.graded} graded, {run.unchanged} unchanged"
            shown = "*" if current and run.number == current.number else " "
            click.echo(
                f"{shown}{run.number:4}  {run.begun[:16].replace('T', ' ')}  {facts.outline.name}  {how}; "
                f"{facts.place}, {facts.level}, rubric {facts.rubric[:8]}, grader {facts.judge[:8]}"
            )


@click.command("set")
@click.argument("student")
@click.argument("exercise")
@click.argument("points", type=click.FloatRange(min=0), required=False)
@click.option("--why", default="", help="The reason, which the student reads.")
@click.option("--undo", is_flag=True, help="Let the grader's points count again.")
@_GRADED
def set_mark(
    student: str, exercise: str, points: float | None, why: str, undo: bool, graded: Path | None
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
    click.echo(marking.run(graded or _only_folder(), student, exercise, points, why.strip()))


def _only_folder() -> Path:
    """The output folder, where there is only one."""
    from autograder.ledger import known_at

    found = [path for path in sorted(Path("graded").glob("*")) if known_at(path)]
    if len(found) == 1:
        return found[0]
    which = " or ".join(map(str, found)) or "a folder that `autograder grade` wrote"
    raise click.UsageError(f"Which one? Name {which}.")


@click.command()
@click.argument("homework")
@click.option("--to", type=click.Choice(["nbgrader"]), required=True, help="Whose gradebook.")
@click.option(
    "--graded",
    type=click.Path(file_okay=False, path_type=Path),
    help="The output folder of `autograder grade`. Default: graded/HOMEWORK.",
)
@click.option(
    "--accept-faults",
    is_flag=True,
    help="Also write marks of students at whose work the grader failed: what it did not judge stays open.",
)
@click.pass_context
def export(context: click.Context, homework: str, to: str, graded: Path | None, accept_faults: bool) -> None:
    """Write the marks of HOMEWORK, graded here, into another gradebook.

    nbgrader: into the course's gradebook.db, cell by cell. Grades given by hand stay. Doing it again changes
    nothing. A student at whose work the grader failed is left out, and the exit status is 1: grade again, or
    decide with --accept-faults.
    """
    import nbgrader.api  # noqa: F401  first of all: what is not installed is told

    from autograder import gradebook, ledger, views
    from autograder.course import load_homework
    from autograder.nbgrader.export import export, insist_on_names
    from autograder.printable import listed, printable

    course = course_of(context)
    declared = load_homework(homework, course)
    place = graded or Path("graded", homework)
    with ledger.opened(place) as opened:
        current = opened.insist_on_current()
        if current.facts.outline.name != homework:
            raise click.ClickException(
                f"{place} holds marks of {current.facts.outline.name}: name the folder of {homework} with "
                "--graded."
            )
        if current.facts.rubric != declared.digest:
            raise click.ClickException(
                f"{homework} was changed since {place} was graded: run `autograder grade {homework} "
                "SUBMISSIONS` again first."
            )
        reports = list(views.reports(opened, current))
        insist_on_names(reports)
    refused = {r.student: gradebook.faults_of(r) for r in reports if not accept_faults}
    refused = {student: faults for student, faults in refused.items() if faults}
    complete = [report for report in reports if report.student not in refused]
    done = export(declared, complete, course)
    click.echo(f"{done.students} students' marks are in {done.database}.")
    for student, faults in refused.items():
        click.echo(
            f"Not written: {printable(student)}, as the grader failed at {', '.join(faults)}.", err=True
        )
    if others := [student for student in done.others if student not in refused]:
        click.echo(
            f"nbgrader's gradebook has marks for {homework} of {len(others)} more, who have none in {place}: "
            f"{listed(list(map(printable, others)), 10)}. They stay there; `nbgrader db student remove` "
            "takes out all that it has of somebody."
        )
    if done.manual:
        click.echo(f"{done.manual} grades were given by hand and stay: look at them again.")
    if refused:
        click.echo("Grade them again, or write what there is with --accept-faults.", err=True)
        context.exit(1)
