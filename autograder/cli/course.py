"""Where the course is that a command works on, and where its marks are."""

from __future__ import annotations

from pathlib import Path

import click

GRADED = click.option(
    "--graded",
    type=click.Path(file_okay=False, path_type=Path),
    help="The output folder of `autograder grade`. Default: the one in graded/, if there is only one.",
)


def course_of(context: click.Context) -> Path:
    """The course's folder, looked for where the user stands."""
    if context.obj is not None:
        return Path(context.obj)
    here = Path.cwd()
    return next((p for p in (here, *here.parents) if (p / "solutions").is_dir()), here)


def only_folder(context: click.Context) -> Path:
    """The output folder, where there is only one: in graded/ here, or else in the course's."""
    from autograder.ledger import known_at

    places = dict.fromkeys((Path("graded"), course_of(context) / "graded"))
    listed = ([path for path in sorted(place.glob("*")) if known_at(path)] for place in places)
    found = next(filter(None, listed), [])
    if len(found) == 1:
        return found[0]
    which = " or ".join(map(str, found)) or "a folder that `autograder grade` wrote"
    raise click.UsageError(f"Which one? Name {which}.")
