"""solutions/ becomes assignments/: what students receive, without a trace of the solutions.

`source` reads the notebook of an instructor, `build` makes the files of a kit from it; here they are
written, compared with what lies there, and searched for leaks.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.homework import Homework, load_homework
from autograder.release.build import build
from autograder.release.source import ReleaseError, read_source

__all__ = ["ReleaseError", "build", "generate", "leaks", "stale"]

# Shorter lines of a solution, such as `return w`, tell nothing.
_TELLING = 10


def folder(name: str, course: Path) -> Path:
    """Where the release of a homework lies."""
    return course / "assignments" / name


def generate(names: Sequence[str], course: Path) -> Iterator[Homework]:
    """Write the release of each homework, all of it or nothing: a failed build leaves the old one as it was.

    Raises
    ------
    HomeworkError, ReleaseError
        When a rubric or a notebook cannot be released; the message says what to mend.
    """
    for name in names:
        homework = load_homework(name, course)
        _replace(folder(name, course), build(homework, course))
        yield homework


def _replace(target: Path, files: dict[str, bytes]) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".new-") as place:
            new, old = Path(place, "new"), Path(place, "old")
            new.mkdir()
            for name, data in files.items():
                (new / name).write_bytes(data)
            if target.exists():
                os.replace(target, old)
            os.replace(new, target)
    except OSError as error:
        raise ReleaseError(f"{target} cannot be written: {error.strerror or error}.") from error
    shutil.rmtree(target / "__pycache__", ignore_errors=True)


def stale(name: str, course: Path) -> list[str]:
    """The files of a release that differ from what would be written now, with what is wrong with each."""
    files = build(load_homework(name, course), course)
    place = folder(name, course)
    there = {path.name for path in place.iterdir() if path.is_file()} if place.is_dir() else set()
    problems = [f"{extra} is not part of the release" for extra in sorted(there - set(files))]
    for file, data in sorted(files.items()):
        if file not in there:
            problems.append(f"{file} is missing")
        elif (place / file).read_bytes() != data:
            problems.append(f"{file} is out of date")
    return problems


def leaks(name: str, course: Path) -> list[str]:
    """Every place in a release where a line of a solution stands, as ``file: line``.

    A line counts, however it is spaced, when it is long enough to tell something and does not also stand in
    the part of the notebook that students are given.
    """
    source = read_source(load_homework(name, course), course)
    given = {_bare(line) for cell in source.cells for line in cell.given_lines}
    secret = {_bare(line) for cell in source.cells for line in cell.solution_lines} - given
    secret = {line for line in secret if len(line) >= _TELLING}
    found = []
    for path in sorted(folder(name, course).iterdir()):
        if path.is_file():
            for line in _lines(path):
                bare = _bare(line)
                if any(part in bare for part in secret):
                    found.append(f"{path.name}: {line.strip()}")
    return found


def _lines(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8", errors="replace")
    if path.suffix != ".ipynb":
        return text.splitlines()
    notebook = json.loads(text)
    return [line for cell in notebook["cells"] for line in "".join(cell["source"]).splitlines()]


def _bare(line: str) -> str:
    return "".join(line.split())
