"""The command that hands marks on: export."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.cli.course import course_of

# As in autograder.export.platforms, which is not loaded before it is needed; a test compares the two.
FILES = ("canvas", "moodle", "brightspace", "blackboard", "sakai", "submitty")


@click.command()
@click.argument("homework")
@click.option(
    "--to", "platform", type=click.Choice([*FILES, "nbgrader"]), required=True, help="Whose gradebook."
)
@click.option(
    "--into",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The file that the platform exported; the marks are written into it.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write another file, and leave the one of --into as it is.",
)
@click.option(
    "--column", default="", help="Which column takes the marks: its header, its title or its number."
)
@click.option(
    "--pages",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write a zip of students' pages to be uploaded (moodle, brightspace).",
)
@click.option("--marks-only", is_flag=True, help="Write no comments and no pages into the file.")
@click.option("--dry-run", is_flag=True, help="Show each cell that would change, and write nothing.")
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
def export(
    context: click.Context,
    homework: str,
    platform: str,
    into: Path | None,
    out: Path | None,
    column: str,
    pages: Path | None,
    marks_only: bool,
    dry_run: bool,
    graded: Path | None,
    accept_faults: bool,
) -> None:
    """Write the marks of HOMEWORK, graded here, into another gradebook.

    Download the platform's own file, and name it with --into: its one column is filled, and everything else
    in it stays byte for byte. Students are matched by numbers and logins, never by names. docs/exporting.md
    says which file it is, and where to upload it. The exit status is 1 where somebody has no row, or a row is
    nobody's.

    nbgrader: into the course's gradebook.db, cell by cell. Grades given by hand stay. Doing it again changes
    nothing. A student at whose work the grader failed is left out, and the exit status is 1: grade again, or
    decide with --accept-faults.
    """
    course = course_of(context)
    place = graded or Path("graded", homework)
    if platform == "nbgrader":
        if into or out or column or pages or marks_only or dry_run:
            raise click.UsageError(
                "nbgrader's gradebook.db is found by itself: only --graded and --accept-faults go."
            )
        context.exit(_to_nbgrader(homework, course, place, accept_faults))
    if into is None:
        raise click.UsageError(f"Name the file that {platform} exported with --into.")
    from autograder import exporting_run

    order = exporting_run.Order(platform, into, out, column, pages, marks_only, dry_run)
    everybody = exporting_run.run(homework, place, course, order, accept_faults=accept_faults)
    context.exit(0 if everybody else 1)


def _to_nbgrader(homework: str, course: Path, place: Path, accept_faults: bool) -> int:
    """Fill nbgrader's gradebook; the exit status."""
    import nbgrader.api  # noqa: F401  first of all: what is not installed is told

    from autograder import gradebook, views
    from autograder.course import load_homework
    from autograder.export.outgoing import insist_on_this
    from autograder.ledger import opened
    from autograder.nbgrader.export import export, insist_on_names
    from autograder.printable import listed, printable

    declared = load_homework(homework, course)
    with opened(place) as ledger:
        reports = list(views.reports(ledger, insist_on_this(ledger, homework, course)))
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
    return 1 if refused else 0
