"""Where the course is that a command works on."""

from __future__ import annotations

from pathlib import Path

import click


def course_of(context: click.Context) -> Path:
    """The course's folder, looked for where the user stands."""
    if context.obj is not None:
        return Path(context.obj)
    here = Path.cwd()
    return next((p for p in (here, *here.parents) if (p / "solutions").is_dir()), here)
