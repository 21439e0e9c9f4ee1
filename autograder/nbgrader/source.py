"""solutions/ becomes source/, from which nbgrader makes what it releases."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import autograder
import symbolic_checks
from autograder.course import digest, homework_names, load_homework
from autograder.errors import HomeworkError
from autograder.release import ReleaseError, replace_folder
from autograder.release.build import build
from autograder.release.notebook import with_metadata
from autograder.release.source import read_source

_STAMP = Path(".autograder", "nbgrader.json")


def refresh(course: Path) -> list[str]:
    """Write source/ for each homework that has changed since; returns their names.

    A homework that cannot be released is said so, and the others are written.
    """
    stamps = _read(course / _STAMP)
    written = []
    for name in homework_names(course):
        target, stamp = course / "source" / name, _stamp(name, course)
        if stamps.get(name) == stamp and target.is_dir():
            continue
        try:
            replace_folder(target, files(name, course))
        except (HomeworkError, ReleaseError) as error:
            print(f"source/{name} was not written: {error}", file=sys.stderr)
            continue
        stamps[name] = stamp
        written.append(name)
    if written:
        (course / _STAMP).parent.mkdir(mode=0o700, exist_ok=True)
        (course / _STAMP).write_text(json.dumps(stamps, indent=1) + "\n", encoding="utf-8")
    return written


def files(name: str, course: Path) -> dict[str, bytes]:
    """The files of nbgrader's source of a homework by name: the kit, with the solutions in the notebook.

    Parameters
    ----------
    name
        The homework's.
    course
        The folder that holds ``solutions/``.

    Raises
    ------
    HomeworkError, ReleaseError
        When the homework cannot be loaded or released.
    """
    import nbformat

    homework = load_homework(name, course)
    made = build(homework, course)
    notebook = nbformat.writes(with_metadata(homework, read_source(homework, course)))
    return {**made, f"{name}.ipynb": notebook.encode() + b"\n"}


def _stamp(name: str, course: Path) -> str:
    """What the source of a homework is made of, as a hash."""
    total = hashlib.sha256(digest(name, course).encode())
    for package in (autograder, symbolic_checks):
        folder = Path(package.__path__[0])
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                where = path.relative_to(folder).as_posix()
                total.update(where.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _read(path: Path) -> dict[str, str]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
