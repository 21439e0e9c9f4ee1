"""What stands below the cells of a graded notebook: points, feedback, and errors as Jupyter shows them."""

from __future__ import annotations

from typing import Any

from autograder import feedback
from autograder.errors import AutograderError
from autograder.printable import printable, printable_lines
from autograder.release.notebook import check_id
from autograder.report import CellError, ExerciseReport, Report

_RED, _PLAIN = "\x1b[31m", "\x1b[0m"
_CONTEXT = 2


class GraderFaultError(AutograderError):
    """An exercise could not be judged; the message says what to do."""


def show(notebook: Any, report: Report) -> None:
    """Put a report's outputs below the cells of the notebook that was graded.

    Parameters
    ----------
    notebook
        Of `nbformat`; changed in place.
    report
        On the code cells of that notebook.

    Raises
    ------
    GraderFaultError
        When the grader failed at an exercise: nbgrader knows no mark that counts neither for nor against a
        student, so there must be none.
    """
    exercises = {check_id(exercise.name): exercise for exercise in report.exercises}
    faults = [exercise.name for exercise in report.exercises if exercise.status == "grader_fault"]
    if faults:
        raise GraderFaultError(
            f"The grader failed at {', '.join(faults)} of {report.student}, who gets no mark yet: "
            "run `nbgrader autograde` for this student again."
        )
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell in code:
        cell.outputs, cell.execution_count = [], None
    for error in report.errors:
        if 0 < error.cell <= len(code):
            cell = code[error.cell - 1]
            cell.outputs.append(_error(error, error.cell, cell.source))
    for place, cell in enumerate(code, start=1):
        exercise = exercises.get(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
        if exercise is not None:
            cell.outputs, cell.execution_count = _scored(exercise, place), place


def _scored(exercise: ExerciseReport, place: int) -> list[Any]:
    from nbformat import v4

    shown = {"text/html": feedback.cell(exercise), "text/plain": feedback.cell_text(exercise)}
    return [
        v4.new_output("display_data", shown),
        # the score, as nbgrader reads it
        v4.new_output("execute_result", {"text/plain": repr(float(exercise.score))}, execution_count=place),
    ]


def _error(error: CellError, place: int, source: str) -> Any:
    from nbformat import v4

    kind, _, text = error.message.partition(": ")
    kind, text = printable(kind), printable_lines(text)
    lines = source.splitlines()
    around = range(max(1, error.line - _CONTEXT), min(len(lines), error.line + _CONTEXT) + 1)
    shown = [
        f"{'----> ' if n == error.line else '      '}{n} {printable_lines(lines[n - 1])}" for n in around
    ]
    traceback = [
        f"{_RED}{kind}{_PLAIN}: Traceback (most recent call last)",
        "\n".join([f"Cell {place}, line {error.line}", *shown]),
        f"{_RED}{kind}{_PLAIN}: {text}",
    ]
    return v4.new_output("error", ename=kind, evalue=text, traceback=traceback)
