"""The files that run a homework's public checks on GitHub: nothing that students do not have anyway."""

from __future__ import annotations

import json
from fractions import Fraction
from math import lcm
from pathlib import Path
from typing import Literal

from autograder.export.actions import score
from autograder.homework import Homework
from autograder.release import build
from autograder.release.kit import FOLDER

Where = Literal["classroom50", "github"]
_WORKFLOW = Path(__file__).parents[2] / "templates" / "checks.yml"
# Points that are no fractions of this many parts are rounded.
_PARTS = 100


def bundle(homework: Homework, course: Path, where: Where) -> dict[str, bytes]:
    """The files, by their paths in the folder.

    Parameters
    ----------
    homework, course
        What is checked, and where its notebook is.
    where
        ``classroom50``: the folder of an assignment among a classroom's autograders. ``github``: the top of a
        repository, as a template of an assignment is.

    Raises
    ------
    HomeworkError, ReleaseError
        When the homework cannot be released.
    """
    kit = build(homework, course)
    # the checks take the kit's own modules and data from beside them
    taken = {name for name in kit if name.startswith(f"{FOLDER}/")} | set(homework.data)
    files = {name: data for name, data in kit.items() if name in taken}
    scale, points = whole_points(homework)
    told = {"homework": homework.name, "title": homework.title, "scale": scale, "exercises": points}
    files[score.EXERCISES] = json.dumps(told, indent=2, ensure_ascii=False).encode() + b"\n"
    program = Path(score.__file__).read_bytes()
    if where == "classroom50":
        return {"autograder.py": program, **files}
    below = {f".github/checks/{name}": data for name, data in {"score.py": program, **files}.items()}
    return {".github/workflows/checks.yml": _WORKFLOW.read_bytes(), **below}


def whole_points(homework: Homework) -> tuple[int, list[tuple[str, int]]]:
    """By how much points are multiplied so that they are whole numbers, and what each exercise has then."""
    exact = [Fraction(each.max_score).limit_denominator(_PARTS) for each in homework.exercises]
    scale = lcm(*(points.denominator for points in exact))
    if scale > _PARTS:
        scale = 1
    names = [each.function for each in homework.exercises]
    return scale, [(name, max(1, round(points * scale))) for name, points in zip(names, exact, strict=True)]
