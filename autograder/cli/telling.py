"""Commands that tell what was graded: report, explain."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.course import GRADED, course_of, only_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.changes import GradedRun
    from autograder.class_page import Alike
    from autograder.ledger import Ledger, Participant, Run

# Columns of text that can be read well.
_WIDTH = 100


@click.command()
@click.argument("homework")
@click.option(
    "--graded",
    type=click.Path(file_okay=False, path_type=Path),
    help="The output folder of `autograder grade`. Default: graded/HOMEWORK.",
)
@click.option(
    "--similar",
    type=click.Path(path_type=Path),
    metavar="SUBMISSIONS",
    help="Also show whose files are alike; off unless you ask for it.",
)
@click.pass_context
def report(context: click.Context, homework: str, graded: Path | None, similar: Path | None) -> None:
    """Show the class that was graded for HOMEWORK at a glance: a page for staff.

    The page index.html tells who handed in, how marks are spread, what is wrong in each exercise, and who
    has which mistake. `autograder grade` makes it too; this makes it again, with all that shows the last run.

    With --similar, which takes what was graded, a section and the page similar.html show pairs of files that
    have more in common than the task, the kit and the solution ask for. They show nothing about anybody.
    """
    from autograder import class_page, ledger, views
    from autograder.errors import CommandError
    from autograder.processes import cores

    place = graded or Path("graded", homework)
    with ledger.opened(place) as opened:
        there = opened.insist_on_current().facts.outline.name
    if there != homework:
        raise CommandError(f"{place} holds marks of {there}: name the folder of {homework} with --graded.")
    with ledger.held(place) as held:
        views.insist_on_places(place)
        views.finish(held)
        current = held.insist_on_current()
        if similar is not None:
            people = list(held.people(current.number))
            alike = _alike(homework, similar, place, course_of(context), people)
            views.set_alike(held, current, alike)
        written = views.write(held, current, len(cores()))
        for line in class_page.lines(current.facts.outline, views.portraits(held, current)):
            click.echo(line)
    click.echo(f"\nClass     {place / views.INDEX}")
    if similar is not None:
        click.echo(f"Alike     {place / class_page.SIMILAR}")
    if written.aside:
        click.echo(f"Before    {place / written.aside}")


def _alike(
    homework: str, submissions: Path, out: Path, course: Path, people: Sequence[Participant]
) -> list[Alike]:
    from autograder import similar_run
    from autograder.course import load_homework
    from autograder.intake import Asked

    return similar_run.run(load_homework(homework, course), submissions, course, Asked(), out, people)


@click.command()
@click.argument("student", required=False)
@click.option("--run", "number", type=int, help="A run other than the last; `autograder runs` lists them.")
@click.option(
    "--diff",
    "old",
    metavar="OLD",
    help="Whose mark differs from the run OLD, and why; OLD may also be another output folder.",
)
@GRADED
@click.pass_context
def explain(
    context: click.Context, student: str | None, number: int | None, old: str | None, graded: Path | None
) -> None:
    """Tell what a STUDENT was told, or what a run changed.

    STUDENT is a name or a number as in grades.csv. With --diff, all whose marks are not those of the run OLD
    are listed, check by check: after you mended a rubric, and before you hand marks on.
    """
    from autograder import feedback, ledger, naming, views

    if student is None and old is None:
        raise click.UsageError("Name a STUDENT, or a run with --diff.")
    place = graded or only_folder(context)
    with ledger.opened(place) as opened:
        run = _run(opened, number)
        person = None
        if student is not None:
            person = naming.the_one(list(opened.people(run.number)), student)
        if old is not None:
            _show_changes(opened, run, old, person.slug if person else "")
            return
        assert person is not None
        told = views.report_of(views.Sheets(opened, run).sheet(person.slug))
    if told is None:
        click.echo(f"{person.student} handed in nothing.")
        return
    width = min(shutil.get_terminal_size().columns, _WIDTH)
    click.echo(feedback.text(told, width), nl=False)
    page = place / views.FEEDBACK / f"{person.slug}.html"
    if number is None and page.is_file():
        click.echo(f"\nPage      {page}")


def _run(ledger: Ledger, number: int | None) -> Run:
    """The run of a number that came to its end; the current one where none is named."""
    if number is None:
        return ledger.insist_on_current()
    found = next((run for run in ledger.runs() if run.number == number and run.ended), None)
    if found is None:
        known = ", ".join(str(run.number) for run in ledger.runs() if run.ended)
        raise click.UsageError(f"There is no run {number} in {ledger.folder}: there is {known or 'none'}.")
    return found


def _show_changes(ledger: Ledger, run: Run, old: str, only: str) -> None:
    from autograder import changes
    from autograder.ledger import opened

    new = changes.GradedRun(ledger, run)
    if old.isdecimal():
        _show_changes_between(changes.GradedRun(ledger, _run(ledger, int(old))), new, only)
        return
    with opened(Path(old)) as other:
        _show_changes_between(changes.GradedRun(other, other.insist_on_current()), new, only)


def _show_changes_between(old: GradedRun, new: GradedRun, only: str) -> None:
    from autograder import changes

    names = [each.run.facts.outline.name for each in (old, new)]
    if names[0] != names[1]:
        raise click.UsageError(
            f"The one run is of {names[0]}, and the other of {names[1]}: name two runs of the same homework."
        )
    for line in changes.about_runs(old.run, new.run):
        click.echo(line)
    up = down = others = 0
    for person in changes.compared(old, new, only):
        if not person.has_other_mark:
            others += person.reads_other
            continue
        up, down = up + (person.change > 0), down + (person.change < 0)
        first, *more = changes.lines(person)
        click.secho(f"\n{first}", fg="green" if person.change > 0 else "red" if person.change < 0 else None)
        for line in more:
            click.echo(line)
    click.echo(f"\n{up} with more points, {down} with fewer.")
    if others:
        click.echo(f"{others} more have the same points, but other sentences.")
