"""Notebooks with nbgrader's metadata: an instructor's with the solutions, and the students' made from it."""

from __future__ import annotations

import logging
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from autograder.handouts import STUB
from autograder.homework import Exercise, Homework
from autograder.questions import WRITE_HERE
from autograder.release.source import ReleaseError, Source


def released(homework: Homework, source: Source) -> bytes:
    """The students' notebook, made by nbgrader's own ``generate_assignment`` from one with its metadata.

    Parameters
    ----------
    homework
        What to hand out.
    source
        Its notebook, as `read_source` gives it.

    Raises
    ------
    ReleaseError
        When nbgrader cannot release it; the message has nbgrader's reason.
    """
    import nbformat
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.preprocessors import SaveCells
    from traitlets.config import Config

    with tempfile.TemporaryDirectory() as place:
        settings = Config()
        settings.CourseDirectory.root = place
        settings.CourseDirectory.assignment_id = homework.name
        settings.ClearSolutions.code_stub = {"python": STUB}
        settings.ClearSolutions.text_stub = WRITE_HERE
        folder = Path(place, "source", homework.name)
        folder.mkdir(parents=True)
        nbformat.write(with_metadata(homework, source), folder / f"{homework.name}.ipynb")
        step = GenerateAssignment(coursedir=CourseDirectory(config=settings), config=settings)
        step.no_database = True  # a release is no entry of a gradebook
        step.preprocessors = [each for each in step.preprocessors if each is not SaveCells]
        step.log, causes = _silent_log()
        try:
            step.start()
            made = Path(place, "release", homework.name, f"{homework.name}.ipynb").read_bytes()
        except (Exception, SystemExit) as error:
            reason = first_line([*causes, error][0])
            raise ReleaseError(
                f"nbgrader could not release {source.path}: {reason}. "
                "Fix the cell, or its points in rubric.py."
            ) from error
    return made.rstrip(b"\n") + b"\n"


def _silent_log() -> tuple[logging.Logger, list[BaseException]]:
    """A log that prints nothing, and the errors that were being handled when something was written to it.

    What nbgrader raises in the end is only "see the above traceback".
    """
    causes: list[BaseException] = []

    def keep(record: logging.LogRecord) -> bool:
        error = sys.exc_info()[1]
        if error is not None and record.levelno >= logging.ERROR:
            causes.append(error)
        return False

    log = logging.Logger("nbgrader")
    log.addFilter(keep)
    return log, causes


def first_line(error: BaseException) -> str:
    """An exception's kind and the first line of what it says."""
    lines = str(error).strip().splitlines() or ["no reason given"]
    return f"{type(error).__name__}: {lines[0].rstrip('.')}"


def with_metadata(homework: Homework, source: Source) -> Any:
    """The source notebook as nbgrader wants it: solution cells, and a locked check cell after each.

    Parameters
    ----------
    homework
        Has the points.
    source
        Its notebook, as `read_source` gives it.
    """
    from nbformat import v4

    points = {exercise.function: exercise for exercise in homework.exercises}
    written = {each.name: each.points for each in homework.written}
    cells = []
    for number, cell in enumerate(source.cells):
        if cell.written is not None:
            cells.append(answer_cell(cell.written, written[cell.written], cell.text))
        elif cell.kind != "code":
            new = v4.new_raw_cell if cell.kind == "raw" else v4.new_markdown_cell
            cells.append(new(cell.text, id=f"text-{number}"))
        elif cell.exercise is None:
            cells.append(v4.new_code_cell(cell.text, id=f"given-{number}"))
        else:
            name = cell.exercise
            cells += [solution_cell(name, cell.text), check_cell(points[name])]
    return notebook_of(cells)


def notebook_of(cells: Sequence[Any]) -> Any:
    """A notebook for Python's usual kernel."""
    from nbformat import v4

    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return v4.new_notebook(cells=cells, metadata={"kernelspec": kernel, "language_info": {"name": "python"}})


def solution_cell(name: str, text: str) -> Any:
    """The cell that defines a function, as nbgrader knows it.

    Parameters
    ----------
    name
        The function's.
    text
        The cell's code.
    """
    from nbformat import v4

    metadata = {"nbgrader": _nbgrader(name, solution=True)}
    return v4.new_code_cell(text, id=_cell_id(name), metadata=metadata)


def check_cell(exercise: Exercise) -> Any:
    """The locked cell after it, which has its points."""
    from nbformat import v4

    name = exercise.function
    metadata = {"nbgrader": _nbgrader(check_id(name), points=exercise.max_score)}
    text = f"checks.check({name}, points={exercise.max_score:g})"
    return v4.new_code_cell(text, id=_cell_id(check_id(name)), metadata=metadata)


def answer_cell(name: str, points: float, text: str) -> Any:
    """The text cell in which an answer is written, and which a person gives points for.

    Parameters
    ----------
    name
        The written answer's, as in the rubric.
    points
        The most that it may get.
    text
        Markdown.
    """
    from nbformat import v4

    metadata = {"nbgrader": _nbgrader(answer_id(name), solution=True, points=points)}
    return v4.new_markdown_cell(text, id=_cell_id(answer_id(name)), metadata=metadata)


def answer_id(name: str) -> str:
    """What the cell of a written answer is called in nbgrader's gradebook."""
    return f"written_{name}"


def grade_ids(homework: Homework) -> dict[str, float]:
    """All that nbgrader's gradebook has points for, with the most there are."""
    return {
        **{check_id(exercise.function): exercise.max_score for exercise in homework.exercises},
        **{answer_id(written.name): float(written.points) for written in homework.written},
    }


def check_id(name: str) -> str:
    """What a function's check cell is called in nbgrader's gradebook."""
    return f"check_{name}"


def _nbgrader(grade_id: str, *, solution: bool = False, points: float | None = None) -> dict[str, Any]:
    fields = {"grade_id": grade_id, "schema_version": 3, "solution": solution, "task": False}
    graded = {"grade": points is not None, "locked": points is not None and not solution}
    return {**fields, **graded, **({} if points is None else {"points": points})}


def _cell_id(name: str) -> str:
    return name.replace("_", "-")[:64]
