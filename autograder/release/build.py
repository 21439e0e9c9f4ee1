"""The files of a kit, as bytes: the same for the same solutions, wherever and whenever they are made."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

from autograder.course import data_file
from autograder.handouts import BEGIN, END
from autograder.homework import GIVEN, Homework
from autograder.kit.editions import fingerprint
from autograder.release.examples import examples
from autograder.release.kit import FOLDER, checks
from autograder.release.notebook import first_line, released
from autograder.release.source import ReleaseError, read_source

# What the checks need to know, and which files are the release's.
MANIFEST = f"{FOLDER}/examples.json"


def build(homework: Homework, course: Path) -> dict[str, bytes]:
    """Every file of a homework's release by its name.

    Parameters
    ----------
    homework
        What to hand out.
    course
        The folder that holds ``solutions/``.

    Raises
    ------
    ReleaseError
        When the notebook, the rubric or the data do not fit together.
    """
    source = read_source(homework, course)
    notebook = released(homework, source)
    module = _module(homework, json.loads(notebook), source.path)
    files = {
        f"{homework.name}.ipynb": notebook,
        f"{homework.name}.py": module,
        f"test_{homework.name}.py": _render("kit_test.py.jinja", homework),
        "README.md": _render("kit_README.md.jinja", homework),
        **checks(homework),
    }
    for name in homework.data:
        path = data_file(homework.name, name, course)
        if Path(name).name != name or name in files:
            raise ReleaseError(
                f"The rubric of {homework.name} asks for the data {name!r}: give the name of a file that "
                "lies beside the rubric or in solutions/data, and none of the release's own."
            )
        if path is None:
            raise ReleaseError(
                f"The rubric of {homework.name} asks for {name}, which lies neither beside it nor in "
                f"{course / 'solutions' / 'data'}."
            )
        files[name] = path.read_bytes()
    files[MANIFEST] = _json({**_published(homework, notebook, module), "files": sorted({*files, MANIFEST})})
    return files


def _published(homework: Homework, notebook: bytes, module: bytes) -> dict[str, Any]:
    """What the checks need to know, and what the two editions are as they are handed out."""
    cells = ["".join(cell["source"]) for cell in json.loads(notebook)["cells"] if cell["cell_type"] == "code"]
    released = {
        f"{homework.name}.ipynb": fingerprint(cells),
        f"{homework.name}.py": fingerprint([module.decode()]),
    }
    return {**examples(homework), "released": released, "given": GIVEN}


def _json(value: Any) -> bytes:
    return (json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True, allow_nan=False) + "\n").encode()


def _render(template: str, homework: Homework) -> bytes:
    import jinja2

    loader = jinja2.PackageLoader("autograder")
    environment = jinja2.Environment(
        loader=loader, keep_trailing_newline=True, undefined=jinja2.StrictUndefined
    )
    return environment.get_template(template).render(homework=homework).encode()


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
        if metadata.get("solution") and cell["cell_type"] == "code":
            _check_stub(metadata["grade_id"], text, path)
            parts.append("\n" + text)
            begun = True
        elif not begun and cell["cell_type"] == "code" and only_functions(text):
            parts.append("\n" + text.partition("\n")[2].strip())
    text = "\n\n".join(parts) + "\n"
    try:
        # not with this module's own __future__: a student's annotations are evaluated
        code = compile(text, f"{homework.name}.py", "exec", dont_inherit=True)
        exec(code, {"__name__": homework.name})
    except Exception as error:
        raise ReleaseError(
            f"The stubs of {path} cannot be imported without the rest of the notebook: {first_line(error)}. "
            "Use nothing but NumPy, as np, in the exercises' defaults, annotations and decorators."
        ) from error
    return text.encode()


def only_functions(text: str) -> bool:
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
