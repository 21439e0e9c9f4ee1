"""Commands that make what is handed out, and show that it is right."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.cli.course import course_of


@click.command()
@click.argument("homework", nargs=-1)
@click.option(
    "--answers",
    is_flag=True,
    help="Write model answers instead, to hand out after the deadline: solved and run.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="With --answers: the folder for the notebooks.  [default: answers]",
)
@click.pass_context
def generate(context: click.Context, homework: tuple[str, ...], answers: bool, out: Path | None) -> None:
    """Write the release of each HOMEWORK (all, if none is named) to assignments/.

    Its derivations are proven, the solution is graded, and the examples in its docstrings are tried first.
    """
    from autograder import release, solution
    from autograder.course import load_homework, required_names
    from autograder.release import proofs

    course = course_of(context)
    names = list(homework) or required_names(course)
    if answers:
        _write_answers(names, course, out or Path("answers"))
        return
    if out is not None:
        raise click.UsageError("--out goes with --answers. A release is always written to assignments/.")
    for name in names:
        made = load_homework(name, course)
        certified = sum(map(proofs.prove, made.exercises))
        solution.insist(made, course)
        declared = [exercise.function for exercise in made.exercises if proofs.not_derived(exercise)]
        also = f"; not derived: {', '.join(declared)}" if declared else ""
        said = f"{len(made.exercises)} exercises, {certified} derivations certified by SymPy{also}"
        (released,) = release.generate([made], course)
        click.echo(f"{release.folder(name, course)}: {said}.")
        if released.kept:
            click.echo(f"  Not part of the release, and kept: {', '.join(released.kept)}.")


def _write_answers(names: list[str], course: Path, out: Path) -> None:
    from autograder import solution
    from autograder.course import load_homework
    from autograder.release.answers import write_answers

    homeworks = [load_homework(name, course) for name in dict.fromkeys(names)]
    for homework in homeworks:
        solution.insist(homework, course)
    for path in write_answers(homeworks, course, out):
        click.echo(path)


@click.command()
@click.argument("homework", nargs=-1)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("handbook"),
    show_default=True,
    help="Folder for the pages.",
)
@click.option(
    "--short", is_flag=True, help="One page to print instead, short.html: a few sheets for a course."
)
@click.pass_context
def handbook(context: click.Context, homework: tuple[str, ...], out: Path, short: bool) -> None:
    """Write the solution reference of each HOMEWORK (all, if none is named) as HTML pages for instructors.

    Derivations step by step, solutions, checks, probes, and the mistakes that feedback names.
    """
    from autograder import handbook
    from autograder.course import required_names

    course = course_of(context)
    write = handbook.write_short if short else handbook.write
    for page in write(list(homework) or required_names(course), course, out):
        click.echo(page)


@click.command()
@click.argument("homework", nargs=-1)
@click.option("--exercise", multiple=True, help="Only this exercise; may be given several times.")
@click.option("--notes", is_flag=True, help="Also list which wrong formulas are the same function.")
@click.option(
    "--special",
    is_flag=True,
    help="Also try solutions that are wrong only for special arguments (0, whole numbers, one entry, …), and "
    "list special arguments that no student gets; takes some seconds for each exercise.",
)
@click.pass_context
def audit(
    context: click.Context,
    homework: tuple[str, ...],
    exercise: tuple[str, ...],
    notes: bool,
    special: bool,
) -> None:
    """Prove that each HOMEWORK (all, if none is named) is graded rightly, and list what could slip through.

    The solution must get full marks and the stub none; the probes must separate all wrong formulas that SymPy
    makes; every change of one thing in a solution must lose points, or be shown to change nothing; hints must
    be there and hold no code; and no worked example may be a probe.
    """
    from autograder.audit import audit, describe
    from autograder.course import load_homework, required_names

    course, holes = course_of(context), 0
    chosen = [load_homework(name, course) for name in homework or required_names(course)]
    known = {each.function for made in chosen for each in made.exercises}
    if not set(exercise) <= known:
        unknown = ", ".join(sorted(set(exercise) - known))
        raise click.UsageError(f"There is no exercise {unknown}: choose from {', '.join(sorted(known))}.")
    for made in chosen:
        click.echo(f"\n{made.title}")
        for audited in audit(made, course, only=exercise, special=special):
            holes += len(audited.holes)
            for line in describe(audited, notes=notes):
                click.echo(line)
    click.echo(f"\n{holes} hole{'s' * (holes != 1)} found." if holes else "\nNo hole found.")
    context.exit(1 if holes else 0)


@click.command()
@click.argument("homework", nargs=-1)
@click.option("--exercise", multiple=True, help="Only this exercise; may be given several times.")
@click.option("--all", "everything", is_flag=True, help="Try every mistake, not only the commonest.")
@click.pass_context
def preview(
    context: click.Context, homework: tuple[str, ...], exercise: tuple[str, ...], everything: bool
) -> None:
    """Show what students will read of each HOMEWORK (all, if none is named).

    The solution, the stub and common mistakes are graded for real, and given to the kit's check; the
    docstring's examples are run. The exit status is 1 where the solution loses points, a mistake keeps all
    of them or is taken for another one, or an example does not hold.
    """
    from autograder.preview import run

    course = course_of(context)
    problems = [p for made in run(homework, course, exercise, everything=everything) for p in made.problems]
    click.echo(f"\n{len(problems)} to fix." if problems else "\nAll is well.")
    context.exit(1 if problems else 0)
