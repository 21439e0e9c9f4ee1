"""The command for who writes or looks at one file: check."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.course import course_of

if TYPE_CHECKING:
    from autograder.public_checks import Kit

# Seconds between two looks at a file that is watched.
_OFTEN = 0.5


@click.command()
@click.argument("homework")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--exercise", multiple=True, help="Only this exercise; may be given several times.")
@click.option("--watch", is_flag=True, help="Check again whenever the file is saved, until Ctrl-C.")
@click.option(
    "--sandbox",
    type=click.Choice(["auto", "namespaces", "landlock", "none"]),
    default="auto",
    show_default=True,
    help="none runs the file without protection: for your own file only.",
)
@click.pass_context
def check(
    context: click.Context, homework: str, file: Path, exercise: tuple[str, ...], watch: bool, sandbox: str
) -> None:
    """Run the public checks of HOMEWORK on a FILE: those that students have.

    HOMEWORK is a homework that was released, or the folder that students were given. FILE is a notebook or a
    module. The exit status is 0 where everything is right as far as these checks can see, else 1. They give
    no mark: the grade also uses other inputs.
    """
    from autograder.public_checks import kit_at

    kit = kit_at(homework, course_of(context))
    if unknown := [name for name in exercise if name not in kit.exercises]:
        raise click.UsageError(
            f"There is no exercise {', '.join(unknown)}: choose from {', '.join(kit.exercises)}."
        )
    if not watch:
        context.exit(0 if _checked(kit, file, sandbox, exercise) else 1)
    for _ in savings(file):
        click.clear()
        try:
            _checked(kit, file, sandbox, exercise)
        except click.ClickException as problem:
            problem.show()
        click.secho(f"\nWaiting until {file} is saved: Ctrl-C ends this.", dim=True)


def savings(file: Path, wait: Callable[[float], None] = time.sleep) -> Iterator[None]:
    """Once at first, then each time that a file was saved, until Ctrl-C.

    Parameters
    ----------
    file
        What is watched; it need not be there yet.
    wait
        Called between two looks, with the seconds to wait.
    """
    seen: object = ()
    try:
        while True:
            now = _state(file)
            if now != seen and (now is not None or seen == ()):
                seen = now
                yield
            wait(_OFTEN)
    except KeyboardInterrupt:
        return


def _state(file: Path) -> tuple[int, int] | None:
    """By which it is known that a file was saved; None while it is not there."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _checked(kit: Kit, file: Path, level: str, only: tuple[str, ...]) -> bool:
    """Print what the checks say; whether all is right."""
    from autograder.errors import AutograderError
    from autograder.printable import printable_lines
    from autograder.public_checks import LAST_LINE, PublicCheck, checked, submission_at

    right = total = 0
    try:
        for said in checked(kit, submission_at(file), level, only):
            if not isinstance(said, PublicCheck):
                click.secho(f"! {printable_lines(said)}", fg="yellow")
                continue
            right, total = right + said.right, total + 1
            first, *more = [line for line in said.text.splitlines() if line != LAST_LINE] or [said.exercise]
            color = "green" if said.right else "yellow" if said.unwritten else "red"
            click.secho(f"{'✓' if said.right else '○' if said.unwritten else '✗'} {first}", fg=color)
            for line in more:
                click.echo(f"  {line}")
    except AutograderError as error:
        raise click.ClickException(str(error)) from None
    click.secho(f"\n{right} of {total} right as far as can be seen here. {LAST_LINE}", bold=True)
    return right == total
