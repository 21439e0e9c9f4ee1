"""The command that hands marks on: export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from autograder.cli.course import course_of

# As in autograder.export.platforms, which is not loaded before it is needed; a test compares the two.
FILES = ("canvas", "moodle", "brightspace", "blackboard", "sakai", "submitty")
# What each takes beside HOMEWORK; a file of a platform takes all of the first line.
_OF_FILES = {"into", "out", "column", "comments", "pages", "marks_only", "dry_run", "graded", "accept_faults"}
_TAKES = {
    **dict.fromkeys(FILES, _OF_FILES),
    "nbgrader": {"graded", "accept_faults"},
    "gradescope": {"out", "second_user"},
    "classroom50": {"out"},
    "github": {"out"},
}
_CANVAS_API = {
    *(
        "into",
        "column",
        "marks_only",
        "attach_pages",
        "token_file",
        "send",
        "dry_run",
        "graded",
        "accept_faults",
    ),
}


@click.command()
@click.argument("homework")
@click.option("--to", "platform", type=click.Choice(list(_TAKES)), required=True, help="Whose gradebook.")
@click.option(
    "--into",
    help="The file that the platform exported; the marks are written into it. For canvas also the address of "
    "an assignment: the marks are sent there through its API.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Write another file, and leave the file of --into unchanged. For gradescope the zip to be uploaded; "
    "for classroom50 and github a folder.",
)
@click.option(
    "--column", default="", help="Which column takes the marks: its header, its title or its number."
)
@click.option(
    "--comments",
    default="",
    help="Which column takes the comments: its header, where it is in a language that is not known (moodle, "
    "blackboard).",
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
    help="Also write marks that are not complete: what was not judged counts as 0.",
)
@click.option(
    "--send", is_flag=True, help="Canvas's address: send the marks. Without it they are only shown."
)
@click.option(
    "--attach-pages", is_flag=True, help="Canvas's address: attach each student's page to a comment."
)
@click.option(
    "--token-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Canvas's address: a file of mode 0600 with the token. Default: the variable CANVAS_API_TOKEN.",
)
@click.option(
    "--second-user",
    is_flag=True,
    help="For Gradescope: if a container has no Landlock, run code as another user instead of refusing.",
)
@click.pass_context
def export(context: click.Context, homework: str, platform: str, **options: Any) -> None:
    """Write the marks of HOMEWORK, graded here, into another gradebook.

    Download the platform's own file, and name it with --into: its one column is filled, and everything else
    in it stays byte for byte. Students are matched by numbers and logins, never by names. docs/exporting.md
    says which file it is, and where to upload it. The exit status is 1 where somebody has no row, or a row is
    nobody's.

    nbgrader: into the course's gradebook.db, cell by cell. Grades given by hand stay. Doing it again changes
    nothing. A student at whose work the grader failed is left out, and the exit status is 1: grade again, or
    decide with --accept-faults.

    gradescope: no marks go there, the grader does. --out names a zip to be uploaded as the autograder of a
    programming assignment, which grades HOMEWORK there.

    classroom50, github: the public checks go there, to run in students' repositories. --out names the
    assignment's folder among Classroom 50's autograders, or a repository that students begin with.
    """
    to_an_address = platform == "canvas" and str(options["into"]).startswith(("https://", "http://"))
    takes = _CANVAS_API if to_an_address else _TAKES[platform]
    _insist_on_what_it_takes(context, "Canvas's API" if to_an_address else platform, takes)
    course = course_of(context)
    place = options["graded"] or Path("graded", homework)
    if platform == "nbgrader":
        context.exit(_to_nbgrader(homework, course, place, options["accept_faults"]))
    if platform in ("gradescope", "classroom50", "github"):
        if options["out"] is None:
            raise click.UsageError("Name what is to be made with --out.")
        if platform == "gradescope":
            _gradescope(homework, course, options["out"], options["second_user"])
        else:
            _checks(homework, course, options["out"], platform)
    elif to_an_address:
        context.exit(_to_canvas(homework, course, place, options))
    else:
        context.exit(_into_a_file(homework, platform, course, place, options))


def _insist_on_what_it_takes(context: click.Context, platform: str, takes: set[str]) -> None:
    """That no option was given which would do nothing."""
    for parameter in context.command.params:
        name = str(parameter.name)
        given = context.get_parameter_source(name) is ParameterSource.COMMANDLINE
        if given and name not in {"homework", "platform", *takes}:
            known = ", ".join(f"--{each.replace('_', '-')}" for each in sorted(takes))
            raise click.UsageError(f"{parameter.opts[0]} does not apply to {platform}, which takes {known}.")


def _into_a_file(homework: str, platform: str, course: Path, place: Path, options: dict[str, Any]) -> int:
    """Fill a platform's file; the exit status."""
    if options["into"] is None:
        raise click.UsageError(f"Name the file that {platform} exported with --into.")
    into = Path(options["into"])
    if not into.is_file():
        raise click.UsageError(
            f"There is no file {into}: download it from {platform}, and name it with --into."
        )
    from autograder import exporting_run

    order = exporting_run.Order(
        platform,
        into,
        options["out"],
        options["column"],
        options["comments"],
        options["pages"],
        options["marks_only"],
        options["dry_run"],
    )
    accepts = options["accept_faults"]
    return 0 if exporting_run.run(homework, place, course, order, accept_faults=accepts) else 1


def _to_canvas(homework: str, course: Path, place: Path, options: dict[str, Any]) -> int:
    """Send marks through Canvas's API; the exit status."""
    import canvasapi  # noqa: F401  first of all: what is not installed is told

    from autograder import sending_run

    posting = sending_run.Posting(
        options["into"],
        options["token_file"],
        options["column"],
        options["marks_only"],
        options["attach_pages"],
        options["send"] and not options["dry_run"],
    )
    accepts = options["accept_faults"]
    return 0 if sending_run.run(homework, place, course, posting, accept_faults=accepts) else 1


def _gradescope(homework: str, course: Path, out: Path, second_user: bool) -> None:
    """Make the zip with the grader."""
    from autograder.course import load_homework
    from autograder.export import archives
    from autograder.export.gradescope import bundle
    from autograder.export.replacing import write_all

    files = bundle.bundle(load_homework(homework, course), course, second_user=second_user)
    write_all({out: lambda file: archives.pack(file, files, bundle.EXECUTABLE)})
    click.echo(
        f"{out}: upload it as the autograder of a programming assignment, with base image Ubuntu 22.04."
    )
    click.echo("It holds the rubric and a secret: give it to nobody who is graded.")
    if second_user:
        click.echo(
            "Where a container has no Landlock, code runs there as a second user, who may read what anybody "
            "may; what is printed for instructors says so."
        )


def _checks(homework: str, course: Path, out: Path, platform: Any) -> None:
    """Write the public checks as they run on GitHub."""
    from autograder.course import load_homework
    from autograder.export.actions import bundle
    from autograder.export.replacing import write_files

    declared = load_homework(homework, course)
    files = bundle.bundle(declared, course, platform)
    write_files(out, files)
    scale, _ = bundle.whole_points(declared)
    click.echo(
        f"{len(files)} files are in {out}. Only public checks are among them: what they say is not a mark."
    )
    if scale != 1:
        click.echo(f"Scores are whole numbers there: points times {scale}.")


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
