"""Commands that tell what was graded: report."""

from __future__ import annotations

import os
from pathlib import Path

import click


@click.command()
@click.argument("homework")
@click.option(
    "--graded",
    type=click.Path(file_okay=False, path_type=Path),
    help="The output folder of `autograder grade`. Default: graded/HOMEWORK.",
)
def report(homework: str, graded: Path | None) -> None:
    """Show the class that was graded for HOMEWORK at a glance: a page for staff.

    The page index.html tells who handed in, how marks are spread, what is wrong in each exercise, and who
    has which mistake. `autograder grade` makes it too; this makes it again, with all that shows the last run.
    """
    from autograder import class_page, ledger, views

    place = graded or Path("graded", homework)
    with ledger.opened(place) as opened:
        there = opened.insist_on_current().facts.outline.name
    if there != homework:
        raise click.ClickException(
            f"{place} holds marks of {there}: name the folder of {homework} with --graded."
        )
    with ledger.held(place) as held:
        views.finish(held)
        current = held.insist_on_current()
        written = views.write(held, current, os.cpu_count() or 1)
        for line in class_page.lines(current.facts.outline, views.portraits(held, current)):
            click.echo(line)
    click.echo(f"\nClass     {place / views.INDEX}")
    if written.aside:
        click.echo(f"Before    {place / written.aside}")
