"""Commands that begin a course, a homework, an exercise or a rule."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.cli.course import course_of


@click.group()
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

    made = scaffold.new_homework(name, course_of(context))
    click.echo(f"{made}: rubric.py and {name}.py with one exercise.\nNext: autograder preview {name}")


_HOMEWORK = click.option("--homework", help="Where it belongs; needed where there are several homeworks.")


@new.command("exercise")
@click.argument("name")
@_HOMEWORK
@click.pass_context
def new_exercise(context: click.Context, name: str, homework: str | None) -> None:
    """Add the function NAME to a homework's rubric and notebook."""
    from autograder import scaffold

    rubric, notebook = scaffold.new_exercise(name, homework, course_of(context))
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
        scaffold.new_rule(name, exercise, homework, course_of(context)),
        exercise or f"{name}_exercise",
    )
    click.echo(f"{made}: rule.py, judge.py and check.py; the exercise {function} uses them.")
    click.echo(f"Next: autograder preview {made.parent.name} --exercise {function}")
