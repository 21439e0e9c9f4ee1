"""The files of a kit, as bytes: the same for the same solutions, wherever and whenever they are made."""

from __future__ import annotations

import ast
import json
import logging
import sys
import tempfile
from pathlib import Path
from typing import Any

import autograder.kit
from autograder.homework import GIVEN, Exercise, Homework
from autograder.release.examples import examples
from autograder.release.source import BEGIN, END, ReleaseError, Source, read_source

_KIT = Path(autograder.kit.__file__).parent
STUB = 'raise NotImplementedError("not written yet: replace this line")'


def build(homework: Homework, course: Path) -> dict[str, bytes]:
    """Every file of a homework's release by its name.

    Raises
    ------
    ReleaseError
        When the notebook, the rubric or the data do not fit together.
    """
    source = read_source(homework, course)
    notebook = _released(homework, source)
    files = {
        f"{homework.name}.ipynb": notebook,
        f"{homework.name}.py": _module(homework, json.loads(notebook), source.path),
        f"test_{homework.name}.py": _render("kit_test.py.jinja", homework),
        "README.md": _render("kit_README.md.jinja", homework),
        "examples.json": _json(examples(homework)),
    }
    for path in sorted(_KIT.glob("*.py")):
        if path.name != "__init__.py":
            files[path.name] = path.read_bytes()
    for name in homework.data:
        if Path(name).name != name or name in files:
            raise ReleaseError(
                f"The rubric of {homework.name} asks for the data {name!r}: "
                f"give the name of a file in {_KIT}, and none of the release's own."
            )
        try:
            files[name] = (_KIT / name).read_bytes()
        except OSError:
            raise ReleaseError(
                f"The rubric of {homework.name} asks for {name}, which is not in {_KIT}."
            ) from None
    return files


def _json(value: Any) -> bytes:
    return (json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True, allow_nan=False) + "\n").encode()


def _render(template: str, homework: Homework) -> bytes:
    import jinja2

    loader = jinja2.PackageLoader("autograder")
    environment = jinja2.Environment(
        loader=loader, keep_trailing_newline=True, undefined=jinja2.StrictUndefined
    )
    return environment.get_template(template).render(homework=homework).encode()


# --------------------------------------------------------------------------------------- notebook


def _released(homework: Homework, source: Source) -> bytes:
    """The students' notebook, made by nbgrader's own ``generate_assignment`` from one with its metadata."""
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
        folder = Path(place, "source", homework.name)
        folder.mkdir(parents=True)
        nbformat.write(_with_metadata(homework, source), folder / f"{homework.name}.ipynb")
        step = GenerateAssignment(coursedir=CourseDirectory(config=settings), config=settings)
        step.no_database = True  # a release is no entry of a gradebook
        step.preprocessors = [each for each in step.preprocessors if each is not SaveCells]
        step.log, causes = _silent_log()
        try:
            step.start()
            made = Path(place, "release", homework.name, f"{homework.name}.ipynb").read_bytes()
        except (Exception, SystemExit) as error:
            reason = _first_line([*causes, error][0])
            raise ReleaseError(
                f"nbgrader could not release {source.path}: {reason}. "
                "Mend the cell, or its points in rubric.py."
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


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines() or ["no reason given"]
    return f"{type(error).__name__}: {lines[0].rstrip('.')}"


def _with_metadata(homework: Homework, source: Source) -> Any:
    """The source notebook as nbgrader wants it: solution cells, and a locked check cell after each."""
    from nbformat import v4

    points = {exercise.function: exercise for exercise in homework.exercises}
    cells = []
    for number, cell in enumerate(source.cells):
        if cell.kind != "code":
            new = v4.new_raw_cell if cell.kind == "raw" else v4.new_markdown_cell
            cells.append(new(cell.text, id=f"text-{number}"))
        elif cell.exercise is None:
            cells.append(v4.new_code_cell(cell.text, id=f"given-{number}"))
        else:
            name = cell.exercise
            metadata = {"nbgrader": _nbgrader(name, solution=True)}
            cells.append(v4.new_code_cell(cell.text, id=_cell_id(name), metadata=metadata))
            cells.append(_check_cell(points[name]))
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return v4.new_notebook(cells=cells, metadata={"kernelspec": kernel, "language_info": {"name": "python"}})


def _check_cell(exercise: Exercise) -> Any:
    from nbformat import v4

    name = exercise.function
    metadata = {"nbgrader": _nbgrader(f"check_{name}", points=exercise.max_score)}
    text = f"checks.check({name}, points={exercise.max_score:g})"
    return v4.new_code_cell(text, id=_cell_id(f"check_{name}"), metadata=metadata)


def _nbgrader(grade_id: str, *, solution: bool = False, points: float | None = None) -> dict[str, Any]:
    fields = {"grade_id": grade_id, "schema_version": 3, "solution": solution, "task": False}
    graded = {"grade": points is not None, "locked": points is not None}
    return {**fields, **graded, **({} if points is None else {"points": points})}


def _cell_id(name: str) -> str:
    return name.replace("_", "-")[:64]


# ----------------------------------------------------------------------------------------- module


def _module(homework: Homework, notebook: dict[str, Any], path: Path) -> bytes:
    """The same exercises as a module: the notebook's stubs, the functions that are given before the first of
    them, and nothing that runs."""
    parts = [
        f'"""{homework.title}.\n\nWrite the functions, and check them with: python -m pytest\n"""',
        "import numpy as np",
    ]
    begun = False
    for cell in notebook["cells"]:
        metadata = cell.get("metadata", {}).get("nbgrader", {})
        text = "".join(cell["source"]).rstrip()
        if metadata.get("solution"):
            _check_stub(metadata["grade_id"], text, path)
            parts.append("\n" + text)
            begun = True
        elif not begun and cell["cell_type"] == "code" and _only_functions(text):
            parts.append("\n" + text.partition("\n")[2].strip())
    text = "\n\n".join(parts) + "\n"
    try:
        # not with this module's own __future__: a student's annotations are evaluated
        code = compile(text, f"{homework.name}.py", "exec", dont_inherit=True)
        exec(code, {"__name__": homework.name})
    except Exception as error:
        raise ReleaseError(
            f"The stubs of {path} cannot be imported without the rest of the notebook: {_first_line(error)}. "
            "Use nothing but NumPy, as np, in the exercises' defaults, annotations and decorators."
        ) from error
    return text.encode()


def _only_functions(text: str) -> bool:
    """Whether a cell is given, and holds functions alone."""
    if not text.startswith(GIVEN):
        return False
    body = ast.parse(text).body
    return bool(body) and all(isinstance(node, ast.FunctionDef) for node in body)


def _check_stub(name: str, stub: str, path: Path) -> None:
    """What stands behind the solution would be handed out, and `leaks` would take it for given text."""
    try:
        body = ast.parse(stub).body
    except SyntaxError:
        body = []
    inside = body[0].body if len(body) == 1 and isinstance(body[0], ast.FunctionDef) else []
    raising = [k for k, statement in enumerate(inside) if isinstance(statement, ast.Raise)]
    if not raising or raising[0] != len(inside) - 1:
        raise ReleaseError(
            f"In {path} the solution of {name} must be the last thing in its function: put {BEGIN} and {END} "
            "around all of it, no deeper than the docstring, and nothing after."
        )
