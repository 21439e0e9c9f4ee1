"""An instructor's notebook, read as cells: which one is which exercise, and what in it is the solution."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.errors import AutograderError
from autograder.handouts import BEGIN, END
from autograder.homework import Homework
from autograder.questions import WRITE_HERE, asks_for


class ReleaseError(AutograderError):
    """A homework that cannot be released; the message says what, where, and what to do next."""


@dataclass(frozen=True)
class Cell:
    """A cell of the notebook; ``exercise`` is the function it defines, if it is an exercise, ``written`` the
    answer in words that students write there."""

    kind: str
    text: str
    exercise: str | None = None
    written: str | None = None

    @property
    def solution_lines(self) -> list[str]:
        """The lines between the markers."""
        return [line for line, secret in self._marked() if secret]

    @property
    def given_lines(self) -> list[str]:
        """All other lines."""
        return [line for line, secret in self._marked() if not secret]

    @property
    def all_lines(self) -> list[str]:
        """The whole cell without its markers."""
        return [line for line, _ in self._marked()]

    def _marked(self) -> list[tuple[str, bool]]:
        marked, inside = [], False
        for line in self.text.splitlines():
            if line.strip() == BEGIN:
                inside = True
            elif line.strip() == END:
                inside = False
            else:
                marked.append((line, inside))
        return marked


@dataclass(frozen=True)
class Source:
    """The notebook of a homework."""

    path: Path
    cells: tuple[Cell, ...]


def read_source(homework: Homework, course: Path) -> Source:
    """Read ``solutions/<homework>/<homework>.py`` and match its cells with the rubric's exercises.

    Parameters
    ----------
    homework
        Whose exercises and written answers the cells are matched with.
    course
        The folder that holds ``solutions/``.

    Raises
    ------
    ReleaseError
        When the notebook is missing or no Python, an exercise has no cell, or two, or one that holds more
        than its function, or a cell whose solution is not marked.
    """
    import jupytext

    path = course / "solutions" / homework.name / f"{homework.name}.py"
    try:
        notebook = jupytext.reads(path.read_text(encoding="utf-8"), fmt="py:percent")
    except OSError as error:
        raise ReleaseError(f"The notebook {path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise ReleaseError(f"The notebook {path} is not encoded in UTF-8: save it so.") from None
    except Exception as error:  # Jupytext's, where its header is damaged, have no class in common
        raise ReleaseError(
            f"The notebook {path} cannot be read by Jupytext ({type(error).__name__}: {error}): "
            "look at the lines between the first two # ---."
        ) from None
    exercises = {exercise.function for exercise in homework.exercises}
    cells: list[Cell] = []
    for raw in notebook.cells:
        name = _exercise(raw.source, exercises, path) if raw.cell_type == "code" else None
        if name is not None and any(cell.exercise == name for cell in cells):
            raise ReleaseError(f"Two cells of {path} define {name}: leave one.")
        cell = Cell(raw.cell_type, raw.source, name, _written(raw, cells, homework))
        _check_markers(cell, path)
        cells.append(cell)
    missing = exercises - {cell.exercise for cell in cells}
    if missing:
        raise ReleaseError(
            f"No cell of {path} defines {', '.join(sorted(missing))}: "
            "add one for each exercise of the rubric, or take the exercise out of rubric.py."
        )
    return Source(path, tuple(cells))


def _written(raw: Any, before: Sequence[Cell], homework: Homework) -> str | None:
    """The answer in words that a cell is the place for: the one that the cell before it asks for."""
    if raw.cell_type != "markdown" or raw.source.strip() != WRITE_HERE or not before:
        return None
    asked = before[-1].text if before[-1].kind == "markdown" else ""
    return next((each.name for each in homework.written if asks_for(each.name, asked)), None)


def _exercise(text: str, exercises: set[str], path: Path) -> str | None:
    """The exercise that a code cell defines, if any."""
    try:
        body = ast.parse(text).body
    except SyntaxError as error:
        start = text.strip().splitlines()[0]
        reason = f"{error.msg} in line {error.lineno} of the cell that begins {start!r}"
        raise ReleaseError(f"{path} is not valid Python: {reason}.") from None
    names = [node.name for node in body if isinstance(node, ast.FunctionDef) and node.name in exercises]
    if not names:
        return None
    if len(body) > 1:
        raise ReleaseError(
            f"The cell of {names[0]} in {path} holds more than that function: give the rest its own cell."
        )
    return names[0]


def _check_markers(cell: Cell, path: Path) -> None:
    marks = [line.strip() for line in cell.text.splitlines() if line.strip() in (BEGIN, END)]
    where = f"the cell of {cell.exercise}" if cell.exercise else "a cell that is no exercise"
    if cell.exercise is None and marks:
        raise ReleaseError(f"In {path} {where} has solution markers: they belong into exercises only.")
    if cell.exercise is not None and marks != [BEGIN, END] * (len(marks) // 2 or 1):
        raise ReleaseError(
            f"In {path} {where} must have its solution between the lines {BEGIN} and {END}: "
            f"found {marks or 'none'}."
        )
