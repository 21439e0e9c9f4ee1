"""Model answers for students, to hand out after the deadline: the solved notebook, with outputs and figures.

A real kernel runs it beside a fresh copy of the kit, as a student would.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from autograder.errors import cannot_write
from autograder.homework import Homework
from autograder.release.build import build
from autograder.release.notebook import check_cell, first_line, notebook_of
from autograder.release.source import Cell, ReleaseError, Source, read_source
from autograder.release.writing import write_at_once

# In a notebook's metadata: by it a file is known for one of ours, which may be replaced.
_MARK = "gradient_autograder_answers"
_SECONDS = 600  # for one cell; on a shared computer the slowest takes some
_INTRODUCTION = (
    "> **Model answers.** Every function is written, and every cell was run. To run it yourself, put this "
    "file into the folder of the homework, beside the folder `checks`."
)


def write_answers(homeworks: Sequence[Homework], course: Path, out: Path) -> list[Path]:
    """Write ``<homework>_answers.ipynb`` for each homework. Nothing is written before all of them have run.

    Parameters
    ----------
    homeworks
        What to answer.
    course
        The folder of the course.
    out
        Where the notebooks go; not inside ``assignments/``.

    Returns
    -------
    list of Path
        The notebooks.

    Raises
    ------
    HomeworkError, ReleaseError
        When a notebook cannot be read, a cell fails, or a file cannot be written.
    """
    assignments = (course / "assignments").resolve()
    if out.resolve().is_relative_to(assignments):
        raise ReleaseError(
            f"{out} lies inside {assignments}, which students receive before the deadline: "
            "name another folder with --out."
        )
    targets = [out / f"{homework.name}_answers.ipynb" for homework in homeworks]
    for target in targets:
        if target.exists() and not _is_ours(target):
            raise ReleaseError(
                f"{target} was not made by this command: move it away, or name another folder with --out."
            )
    made = [answers(homework, course) for homework in homeworks]
    for target, text in zip(targets, made, strict=True):
        _replace(target, text)
    return targets


def answers(homework: Homework, course: Path) -> str:
    """The solved notebook of a homework as JSON, with outputs and figures.

    Parameters
    ----------
    homework
        What to answer.
    course
        The folder that holds ``solutions/``.

    Raises
    ------
    HomeworkError, ReleaseError
        When it cannot be read, or a cell fails.
    """
    import nbformat

    source = read_source(homework, course)
    notebook = solved(homework, source)
    with tempfile.TemporaryDirectory() as place:
        for name, data in build(homework, course).items():
            path = Path(place, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        _run(notebook, Path(place), source.path)
    return nbformat.writes(notebook) + "\n"


def solved(homework: Homework, source: Source) -> Any:
    """The notebook with the solutions, right guesses and answers in words in place and a check after each
    solution, without nbgrader's metadata.

    Parameters
    ----------
    homework
        Has the right guesses, and the answers in words.
    source
        Its notebook, as `read_source` gives it.
    """
    from nbformat import v4

    exercises = {exercise.function: exercise for exercise in homework.exercises}
    written = {each.name: each.answer for each in homework.written}
    cells = [v4.new_markdown_cell(_INTRODUCTION)]
    for cell in source.cells:
        if cell.kind == "code":
            cells.append(v4.new_code_cell(_guessed(_without_markers(cell), homework)))
        elif cell.kind == "markdown":
            cells.append(v4.new_markdown_cell(written.get(cell.written or "", cell.text)))
        if cell.exercise is not None:
            cells.append(v4.new_code_cell(check_cell(exercises[cell.exercise]).source))
    for number, each in enumerate(cells):
        each.id = f"cell-{number}"  # the same every time
    notebook = notebook_of(cells)
    notebook.metadata[_MARK] = homework.name
    return notebook


def _without_markers(cell: Cell) -> str:
    return cell.text if cell.exercise is None else "\n".join(cell.all_lines)


def _guessed(text: str, homework: Homework) -> str:
    """A cell with the right answer in the place of None, if it asks for a guess."""
    for guess in homework.guesses:
        for quote in "\"'":
            call = f"checks.guess({quote}{guess.name}{quote}, "
            text = text.replace(f"{call}None)", f"{call}{json.dumps(guess.right)})")
    return text


def _run(notebook: Any, place: Path, path: Path) -> None:
    """Run every cell in order; outputs go into the notebook."""
    from jupyter_client.kernelspec import NoSuchKernel
    from nbclient import NotebookClient
    from nbclient.exceptions import CellControlSignal, CellExecutionError, DeadKernelError

    client = NotebookClient(
        notebook,
        timeout=_SECONDS,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(place)}},
    )
    # Whatever is set for this terminal: figures belong into the notebook. The kernel's log is for nobody.
    environment = {**os.environ, "MPLBACKEND": "module://matplotlib_inline.backend_inline"}
    try:
        client.execute(env=environment, stderr=subprocess.DEVNULL)
    except NoSuchKernel:
        raise ReleaseError(
            "There is no Jupyter kernel to run the notebook in: run pip install ipykernel."
        ) from None
    except CellExecutionError as error:
        raise ReleaseError(
            f"{_failed(notebook, path)} fails: {error.ename}: {_first_of(error.evalue)}. "
            "Fix it, or install what it imports."
        ) from None
    except (CellControlSignal, DeadKernelError, RuntimeError) as error:
        raise ReleaseError(f"{path} cannot be run: {first_line(error)}.") from error


def _first_of(text: str) -> str:
    return (text.strip().splitlines() or ["no reason given"])[0].rstrip(".")


def _failed(notebook: Any, path: Path) -> str:
    """Where the notebook stopped: the one cell with an error in its outputs."""
    for cell in notebook.cells:
        if any(output.output_type == "error" for output in cell.get("outputs", [])):
            begin = next((line for line in cell.source.splitlines() if line.strip()), "")
            return f"The cell of {path} that begins with {begin!r}"
    return f"A cell of {path}"


def _is_ours(path: Path) -> bool:
    try:
        return _MARK in json.loads(path.read_text(encoding="utf-8"))["metadata"]
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _replace(path: Path, text: str) -> None:
    try:
        write_at_once(path, text)
    except OSError as error:
        raise ReleaseError(cannot_write(path, error, "name another folder with --out")) from None
