"""Finds the homeworks of a course, and loads them.

The folder ``solutions/`` is imported as a package with a name of its own for each course: a rubric takes what
lies beside it with ``from .my_rule import MyRule``, and what all share with ``from ..data import penguins``.
"""

from __future__ import annotations

import hashlib
import importlib.util
import sys
import traceback
from collections.abc import Sequence
from dataclasses import replace
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from autograder.errors import HomeworkError, NoHomeworkError
from autograder.handouts import handouts
from autograder.homework import Homework
from autograder.own_code import JUDGES, code_digest
from autograder.rubric import insist, questions_in
from symbolic_checks.keeping import shelf

# What all homeworks of a course may use: data, and modules that read them.
SHARED = "data"
# How the packages' names begin.
_TOP = "course_"
_NOT_SOURCES = {"__pycache__", ".ipynb_checkpoints"}


def homework_names(course: Path) -> list[str]:
    """The homeworks of a course: the folders of ``solutions/`` that hold a ``rubric.py``."""
    return sorted(path.parent.name for path in (course / "solutions").glob("*/rubric.py"))


def required_names(course: Path) -> list[str]:
    """The same, where there must be some.

    Raises
    ------
    HomeworkError
        When there is none.
    """
    known = homework_names(course)
    if not known:
        raise NoHomeworkError(
            f"No homework was found in {course / 'solutions'}: each is a folder with a rubric.py. "
            "Run the command in the course's folder, or name it with --course."
        )
    return known


def insist_on_homework(name: str, course: Path) -> list[str]:
    """That there is a homework of this name; returns the names of all.

    Parameters
    ----------
    name
        The homework's, as somebody gave it.
    course
        The folder that holds ``solutions/``.

    Raises
    ------
    HomeworkError
        When there is none.
    """
    known = required_names(course)
    if name not in known:
        raise NoHomeworkError(
            f"There is no homework {name!r} in {course / 'solutions'}: choose from {', '.join(known)}."
        )
    return known


def load_homework(name: str, course: Path) -> Homework:
    """Import ``solutions/<name>/rubric.py`` of the course folder and return its ``HOMEWORK``.

    Parameters
    ----------
    name
        The homework's.
    course
        The folder that holds ``solutions/``.

    Raises
    ------
    HomeworkError
        When there is no such homework, its rubric declares none, or one that cannot be graded by.
    """
    known = insist_on_homework(name, course)
    path = course / "solutions" / name / "rubric.py"
    homework = getattr(_imported(path, course), "HOMEWORK", None)
    if not isinstance(homework, Homework):
        raise HomeworkError(f"{path} declares no HOMEWORK = Homework(...): add it.")
    found = digest(name, course)
    _insist_once(homework, path, {each: data_file(name, each, course) for each in homework.data}, found)
    exercises = [exercise.function for exercise in homework.exercises]
    given = handouts(course / "solutions", known, name, exercises)
    notebook = path.with_name(f"{name}.py")
    asked = questions_in(notebook, homework)
    return replace(homework, digest=found, handouts=tuple(given), questions=asked)


def _insist_once(homework: Homework, rubric: Path, data: dict[str, Path | None], files: str) -> None:
    """As `insist`, which tries every reference and every mistake: what was found right by this code is not
    looked at again until a file of the homework changes."""
    key = f"a rubric that can be graded by: {rubric.parent.name} {files} {code_digest(*JUDGES)}"
    if shelf().get(key) is None:
        insist(homework, rubric, data)
        shelf().put(key, b"")


def data_file(homework: str, name: str, course: Path) -> Path | None:
    """Where a file of the kit's data lies: beside the rubric, or in what all homeworks share.

    Parameters
    ----------
    homework
        Its name.
    name
        The file's.
    course
        The folder that holds ``solutions/``.

    Returns
    -------
    Path or None
        None where it lies in neither.
    """
    places = (course / "solutions" / homework / name, course / "solutions" / SHARED / name)
    return next((place for place in places if place.is_file()), None)


def sources(name: str, course: Path) -> list[Path]:
    """All files that a homework is made of, in an order of their own.

    Parameters
    ----------
    name
        The homework's.
    course
        The folder that holds ``solutions/``.
    """
    found = []
    for folder in (course / "solutions" / name, course / "solutions" / SHARED):
        paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
        found += [path for path in paths if not _NOT_SOURCES.intersection(path.parts)]
    return found


def digest(name: str, course: Path) -> str:
    """A SHA-256 of all files that a homework is made of, with their names.

    Parameters
    ----------
    name
        The homework's.
    course
        The folder that holds ``solutions/``.
    """
    total = hashlib.sha256()
    for path in sources(name, course):
        where = path.relative_to(course / "solutions").as_posix()
        total.update(f"{where}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def _imported(path: Path, course: Path) -> ModuleType:
    """The rubric's module, made anew: what was imported of this course before is forgotten."""
    solutions = (course / "solutions").resolve()
    path = path.resolve()
    top = f"{_TOP}{hashlib.sha256(str(solutions).encode()).hexdigest()[:12]}"
    for known in [known for known in sys.modules if known.partition(".")[0] == top]:
        del sys.modules[known]
    name = ""
    for part, folder in ((top, solutions), (path.parent.name, solutions / path.parent.name)):
        name = f"{name}.{part}".lstrip(".")
        package = ModuleType(name)
        package.__path__ = [str(folder)]
        sys.modules[name] = package
    name += ".rubric"
    spec = importlib.util.spec_from_file_location(name, path, loader=_Uncached(name, str(path)))
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)  # dataclasses look for it there
    if _Fresh not in sys.meta_path:
        sys.meta_path.insert(0, _Fresh)
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        lines = [
            frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)
        ]
        where = f", line {lines[-1]}" if lines else ""
        reason = f"{type(error).__name__}: {error}"
        raise HomeworkError(f"{path}{where} cannot be imported: {reason}. Fix the rubric.") from error
    return module


class _Uncached(SourceFileLoader):
    """Loads what stands in a file now: bytecode is neither read nor written, so that an edit within a second
    is seen, and nothing is left among the course's files."""

    def get_code(self, fullname: str) -> CodeType:
        """The file's code, compiled."""
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


class _Fresh:
    """Finds the modules of courses, and has them loaded uncached."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: Any = None) -> ModuleSpec | None:
        """As `importlib.abc.MetaPathFinder` says."""
        if not name.startswith(_TOP):
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Uncached(spec.loader.name, spec.loader.path)
        return spec
