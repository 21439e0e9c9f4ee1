"""The zip that an instructor uploads to Gradescope: scripts, the grader as a wheel, a rubric, its own secret.

Notebooks are in it as students have them, and in the container the rubric is closed to whoever is not root.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from autograder.course import SHARED, load_homework, required_names, sources
from autograder.errors import HomeworkError
from autograder.export.errors import ExportError
from autograder.export.gradescope.harness import COURSE, SECRET, SETTINGS, Settings
from autograder.export.gradescope.wheel import wheel
from autograder.handouts import BEGIN, END, STUB
from autograder.homework import Homework
from autograder.secret import course_secret

SETUP, RUN = "setup.sh", "run_autograder"
EXECUTABLE = frozenset({SETUP, RUN})
_SCRIPTS = Path(__file__).parents[2] / "templates" / "gradescope"
# Of the other homeworks students' files are compared with what was handed out; they are not graded here.
_ELSEWHERE = b'"""Only what this homework hands out is kept here."""\n'


def bundle(homework: Homework, course: Path, *, second_user: bool = False) -> dict[str, bytes]:
    """The files of the zip.

    Parameters
    ----------
    homework, course
        What is graded, and where its rubric is.
    second_user
        Whether code may run as another user where there is no Landlock.

    Raises
    ------
    ExportError
        When the rubric cannot be used without the solutions.
    """
    name, packed = wheel()
    settings = Settings(homework.name, second_user)
    files = {
        SETUP: _script(SETUP),
        RUN: _script(RUN),
        name: packed,
        SETTINGS: json.dumps(asdict(settings), indent=2).encode() + b"\n",
        # another's than the course's own, which stays at home
        SECRET: hmac.digest(course_secret(course), f"gradescope\0{homework.name}".encode(), hashlib.sha256),
    }
    rubric = rubric_files(homework, course)
    _insist_on_use(homework, rubric)
    return files | {f"{COURSE}/{path}": data for path, data in rubric.items()}


def rubric_files(homework: Homework, course: Path) -> dict[str, bytes]:
    """What of the course is needed to grade, by paths in it; without a line of a solution in any notebook.

    Parameters
    ----------
    homework, course
        What is graded, and the folder that holds ``solutions/``.
    """
    solutions = course / "solutions"
    files = {
        path.relative_to(course).as_posix(): _without_solutions(path)
        for path in sources(homework.name, course)
    }
    for name in required_names(course):
        notebook = solutions / name / f"{name}.py"
        if name not in (homework.name, SHARED) and notebook.is_file():
            files[f"solutions/{name}/{name}.py"] = _without_solutions(notebook)
            files[f"solutions/{name}/rubric.py"] = _ELSEWHERE
    return files


def _without_solutions(path: Path) -> bytes:
    """A file as students have it: where a solution stands there is a stub, between the same marks."""
    data = path.read_bytes()
    if BEGIN.encode() not in data:
        return data
    kept: list[str] = []
    inside = False
    for line in data.decode("utf-8", "surrogateescape").splitlines(keepends=True):
        if line.strip() == END:
            inside = False
        if not inside:
            kept.append(line)
        if line.strip() == BEGIN:
            inside = True
            kept.append(f"{line[: len(line) - len(line.lstrip())]}{STUB}\n")
    return "".join(kept).encode("utf-8", "surrogateescape")


def _insist_on_use(homework: Homework, files: Mapping[str, bytes]) -> None:
    """That the rubric can be loaded as it will be in the container, and is the same."""
    with tempfile.TemporaryDirectory() as place:
        for path, data in files.items():
            (Path(place) / path).parent.mkdir(parents=True, exist_ok=True)
            (Path(place) / path).write_bytes(data)
        try:
            there = load_homework(homework.name, Path(place))
        except HomeworkError as error:
            reason = str(error).replace(f"{place}/", "")
            raise ExportError(
                f"The rubric needs a solution, which must not leave the course: {reason}"
            ) from None
    points = [{each.function: dict(each.points) for each in one.exercises} for one in (homework, there)]
    if points[0] != points[1]:
        raise ExportError("The rubric is another one without the solutions: let it not depend on them.")


def _script(name: str) -> bytes:
    return (_SCRIPTS / f"{name.removesuffix('.sh')}.sh").read_bytes()
