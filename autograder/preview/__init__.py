"""What students will read of each exercise, in the feedback and from the kit, before it is handed out.

`trying` runs the solution, the stub and the misconceptions that a rule knows, `in_process` stands for the
sandbox, `students_kit` for the folder that students have, `screen` shows what came of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from autograder.course import load_homework, required_names
from autograder.errors import HomeworkError
from autograder.preview.screen import show
from autograder.preview.trying import Preview, Tried, preview

__all__ = ["Preview", "Tried", "preview", "run", "show"]


def run(
    names: Collection[str], course: Path, only: Collection[str], *, everything: bool, level: str = "auto"
) -> Iterator[Preview]:
    """Preview the exercises of homeworks one after another, and print each.

    Parameters
    ----------
    names
        Of homeworks; empty for all of the course.
    course
        The folder that holds ``solutions/``.
    only
        Names of exercises; empty for all.
    everything
        Whether to try all misconceptions, not only the commonest.
    level
        The sandbox in which the solution and the stub run.

    Raises
    ------
    HomeworkError
        When an exercise is asked for that there is not.
    ReleaseError
        When a homework cannot be released.
    """
    homeworks = [load_homework(name, course) for name in names or required_names(course)]
    known = [exercise.function for homework in homeworks for exercise in homework.exercises]
    unknown = [name for name in only if name not in known]
    if unknown:
        raise HomeworkError(f"There is no exercise {', '.join(unknown)}: choose from {', '.join(known)}.")
    for homework in homeworks:
        for made in preview(homework, course, only, everything=everything, level=level):
            show(made)
            yield made
