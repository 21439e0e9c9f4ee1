"""The `autograder` command."""

from __future__ import annotations

import os

# Before NumPy is loaded anywhere: small products need no threads, and workers are forked.
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import math
from pathlib import Path
from typing import Any

import click

from autograder.errors import AutograderError
from autograder.sandbox.limits import LEAST_MEMORY, Limits
from symbolic_checks.errors import SymbolicError

# What must be installed beside the grader for each command; a command that is not here needs nothing more.
_EXTRAS = {
    "generate": "release",
    "handbook": "release",
    "audit": "release",
    "preview": "release",
    "export": "nbgrader",
}


class _Commands(click.Group):
    """Shows every expected error as one sentence, without a traceback."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except (AutograderError, SymbolicError) as error:
            raise click.ClickException(str(error)) from None
        except ModuleNotFoundError as error:
            extra = _EXTRAS.get(context.invoked_subcommand or "")
            package = (error.name or "").partition(".")[0]
            if extra is None or package in ("", "autograder", "symbolic_checks"):
                raise
            raise click.ClickException(
                f"`autograder {context.invoked_subcommand}` needs the package {package}, which is not "
                f"installed: run pip install 'gradient-autograder[{extra}]'."
            ) from None


class _Seconds(click.FloatRange):
    """A number of seconds; `nan`, which lies outside no range, is refused."""

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> Any:
        seconds = super().convert(value, parameter, context)
        if math.isnan(seconds):
            self.fail(f"{value!r} is not a number.", parameter, context)
        return seconds


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gradient-autograder")
@click.option(
    "--course",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the course, which holds solutions/. Default: this folder, or the nearest one above.",
)
@click.pass_context
def main(context: click.Context, course: Path | None) -> None:
    """Hand out, grade and explain homework on gradient descent and SGD."""
    context.obj = course


def _course(context: click.Context) -> Path:
    """The course's folder, looked for where the user stands."""
    if context.obj is not None:
        return Path(context.obj)
    here = Path.cwd()
    return next((p for p in (here, *here.parents) if (p / "solutions").is_dir()), here)


@main.command()
@click.argument("homework", nargs=-1)
@click.pass_context
def generate(context: click.Context, homework: tuple[str, ...]) -> None:
    """Write the release of each HOMEWORK (all, if none is named) to assignments/.

    Its derivations are proven, the solution is graded, and the examples in its docstrings are tried first.
    """
    from autograder import release, solution
    from autograder.course import load_homework, required_names
    from autograder.release import proofs

    course = _course(context)
    for name in list(homework) or required_names(course):
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


@main.command()
@click.argument("homework", nargs=-1)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("handbook"),
    show_default=True,
    help="Folder for the pages.",
)
@click.pass_context
def handbook(context: click.Context, homework: tuple[str, ...], out: Path) -> None:
    """Write the solution reference of each HOMEWORK (all, if none is named) as HTML pages for instructors.

    Derivations step by step, solutions, checks, probes, and the mistakes that feedback names.
    """
    from autograder import handbook
    from autograder.course import required_names

    course = _course(context)
    for page in handbook.write(list(homework) or required_names(course), course, out):
        click.echo(page)


@main.command()
@click.argument("homework", nargs=-1)
@click.option("--exercise", multiple=True, help="Only this one; may be given several times.")
@click.option(
    "--notes", is_flag=True, help="List as well which wrong formulas are one and the same function."
)
@click.pass_context
def audit(context: click.Context, homework: tuple[str, ...], exercise: tuple[str, ...], notes: bool) -> None:
    """Prove that each HOMEWORK (all, if none is named) is graded rightly, and list what could slip through.

    The solution must get full marks and the stub none; the probes must separate all wrong formulas that SymPy
    makes; every change of one thing in a solution must lose points, or be shown to change nothing; hints must
    be there and hold no code; and no worked example may be a probe.
    """
    from autograder.audit import audit, describe
    from autograder.course import load_homework, required_names

    course, holes = _course(context), 0
    chosen = [load_homework(name, course) for name in homework or required_names(course)]
    known = {each.function for made in chosen for each in made.exercises}
    if not set(exercise) <= known:
        unknown = ", ".join(sorted(set(exercise) - known))
        raise click.UsageError(f"There is no exercise {unknown}: choose from {', '.join(sorted(known))}.")
    for made in chosen:
        click.echo(f"\n{made.title}")
        for audited in audit(made, course, only=exercise):
            holes += len(audited.holes)
            for line in describe(audited, notes=notes):
                click.echo(line)
    click.echo(f"\n{holes} hole{'s' * (holes != 1)} found." if holes else "\nNo hole found.")
    context.exit(1 if holes else 0)


@main.command()
@click.argument("homework", nargs=-1)
@click.option("--exercise", multiple=True, help="Only this one; may be given several times.")
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

    course = _course(context)
    problems = [p for made in run(homework, course, exercise, everything=everything) for p in made.problems]
    click.echo(f"\n{len(problems)} to mend." if problems else "\nAll is well.")
    context.exit(1 if problems else 0)


@main.command()
@click.argument("homework")
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Default: graded/HOMEWORK.")
@click.option(
    "--workers", type=click.IntRange(1, 256), default=lambda: os.cpu_count() or 1, show_default="cores"
)
@click.option(
    "--sandbox",
    type=click.Choice(["auto", "namespaces", "landlock", "none"]),
    default="auto",
    show_default=True,
    help="none runs submissions unprotected: for your own code only.",
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
    help="Seconds by the clock of one call, sleep and a busy machine included.",
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
@click.pass_context
def grade(
    context: click.Context,
    homework: str,
    submissions: Path,
    out: Path | None,
    workers: int,
    sandbox: str,
    timeout: float,
    wall: float | None,
    total: int,
    memory: int,
    output: int,
) -> None:
    """Grade the SUBMISSIONS to HOMEWORK.

    SUBMISSIONS is a folder or a zip of <student>.py, <student>.ipynb, <student>.zip or
    <student>/…/HOMEWORK.py|.ipynb, or the zip that Canvas, Moodle or Gradescope hand over. Marks go to
    grades.csv, reports/<student>.json and feedback/<student>.html below the output folder.
    """
    from autograder import grading_run

    patience = wall / timeout if wall else Limits.patience
    if patience < 1:
        raise click.UsageError(
            f"--wall {wall:g} is less than --timeout {timeout:g}: a call needs at least that."
        )
    limits = Limits(timeout, patience, max(total, math.ceil(timeout)), memory << 20, output << 10)
    course = _course(context)
    faults = grading_run.run(
        homework, submissions, out or Path("graded", homework), course, workers, sandbox, limits
    )
    context.exit(1 if faults else 0)


@main.command()
@click.argument("homework")
@click.option("--to", type=click.Choice(["nbgrader"]), required=True, help="Whose gradebook.")
@click.option(
    "--graded",
    type=click.Path(file_okay=False, path_type=Path),
    help="The output folder of `autograder grade`. Default: graded/HOMEWORK.",
)
@click.pass_context
def export(context: click.Context, homework: str, to: str, graded: Path | None) -> None:
    """Write the marks of HOMEWORK, graded here, into another gradebook.

    nbgrader: into the course's gradebook.db, cell by cell. Grades given by hand stay. Doing it again changes
    nothing.
    """
    from autograder import gradebook
    from autograder.course import load_homework
    from autograder.nbgrader.export import export

    course = _course(context)
    reports = gradebook.read_reports(graded or Path("graded", homework)).values()
    if not reports:
        raise click.ClickException(
            f"There is no report in {graded or Path('graded', homework)}: run `autograder grade {homework} "
            "SUBMISSIONS` first, or name its output folder with --graded."
        )
    done = export(load_homework(homework, course), reports, course)
    click.echo(f"{done.students} students' marks are in {done.database}.")
    if done.manual:
        click.echo(f"{done.manual} grades were given by hand and stay: look at them again.")


@main.group()
def new() -> None:
    """Begin a course, homework, exercise or rule.

    Each is small, commented, and works as it is written: change it then.
    """


@new.command("course")
@click.argument("name", type=click.Path(file_okay=True, path_type=Path))
@click.option("--homework", default="homework1", show_default=True, help="Name of the first homework.")
def new_course(name: Path, homework: str) -> None:
    """Write a course with one homework to the folder NAME."""
    from autograder import scaffold

    made = scaffold.new_course(name, homework)
    click.echo(f"{made}: a course with the homework {homework}.\nNext: cd {made} && autograder preview")


@new.command("homework")
@click.argument("name")
@click.pass_context
def new_homework(context: click.Context, name: str) -> None:
    """Add the homework NAME, with one exercise, to the course."""
    from autograder import scaffold

    made = scaffold.new_homework(name, _course(context))
    click.echo(f"{made}: rubric.py and {name}.py with one exercise.\nNext: autograder preview {name}")


_HOMEWORK = click.option("--homework", help="Where it belongs; needed where there are several homeworks.")


@new.command("exercise")
@click.argument("name")
@_HOMEWORK
@click.pass_context
def new_exercise(context: click.Context, name: str, homework: str | None) -> None:
    """Add the function NAME to a homework's rubric and notebook."""
    from autograder import scaffold

    rubric, notebook = scaffold.new_exercise(name, homework, _course(context))
    click.echo(f"{rubric}: {name} is the last entry.\n{notebook}: {name} is the last cell.")
    click.echo(f"Next: autograder preview {rubric.parent.name} --exercise {name}")


@new.command("rule")
@click.argument("name")
@_HOMEWORK
@click.option("--exercise", help="Name of the exercise that is judged by it. Default: NAME_exercise.")
@click.pass_context
def new_rule(context: click.Context, name: str, homework: str | None, exercise: str | None) -> None:
    """Write a rule of one's own to the folder NAME beside a rubric, and an exercise that uses it."""
    from autograder import scaffold

    made, function = (
        scaffold.new_rule(name, exercise, homework, _course(context)),
        exercise or f"{name}_exercise",
    )
    click.echo(f"{made}: rule.py, judge.py and check.py; the exercise {function} uses them.")
    click.echo(f"Next: autograder preview {made.parent.name} --exercise {function}")


@main.command()
def doctor() -> None:
    """Tell what this machine offers for running other people's code, and why not more."""
    from autograder.sandbox import doctor

    context = click.get_current_context()
    context.exit(0 if doctor.examine() else 1)


if __name__ == "__main__":
    main()
