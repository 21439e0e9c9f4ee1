"""solutions/ becomes assignments/: what students receive, without a trace of the solutions.

`source` reads the notebook of an instructor, `build` makes the files of a kit from it; here they are
written, compared with what lies there, and searched for leaks.
"""

from __future__ import annotations

import json
import math
import os
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.course import homework_names, load_homework
from autograder.errors import cannot_write
from autograder.homework import Homework
from autograder.release.build import MANIFEST, build
from autograder.release.source import ReleaseError, read_source

__all__ = ["ReleaseError", "are_near", "bare", "build", "generate", "leaks", "replace_folder", "stale"]

# Shorter lines of a solution, such as `return w`, tell nothing.
_TELLING = 10
# What Python and pytest leave behind where students' files are tried; it is never handed out.
_CACHES = {"__pycache__", ".pytest_cache"}
# By so much numbers differ that are the same, but for the processor that added them up.
_LAST_DIGITS = 1e-12


def folder(name: str, course: Path) -> Path:
    """Where the release of a homework lies.

    Parameters
    ----------
    name
        The homework's; it need not have been released.
    course
        The folder that holds ``solutions/`` and ``assignments/``.
    """
    return course / "assignments" / name


@dataclass(frozen=True)
class Released:
    """A homework that was released, and the files of its folder that are somebody else's and were kept."""

    homework: Homework
    kept: tuple[str, ...] = ()


def generate(homeworks: Iterable[Homework], course: Path) -> Iterator[Released]:
    """Write the release of each homework, all of it or nothing: a failed build leaves the old one as it was.

    Parameters
    ----------
    homeworks
        Each is built when the one before it is written.
    course
        The folder that holds ``solutions/``; ``assignments/`` is made beside it.

    Raises
    ------
    HomeworkError, ReleaseError
        When a rubric or a notebook cannot be released; the message says what to mend.
    """
    for homework in homeworks:
        place = folder(homework.name, course)
        yield Released(homework, replace_folder(place, _built(homework, course, place)))


def _built(homework: Homework, course: Path, place: Path) -> dict[str, bytes]:
    """The files of a release. Examples stay as they are where only last digits are others: by these,
    processors differ."""
    files = build(homework, course)
    try:
        there = (place / MANIFEST).read_bytes()
        if are_near(json.loads(there), json.loads(files[MANIFEST])):
            files[MANIFEST] = there
    except (OSError, ValueError):  # there is none yet, or it is damaged
        pass
    return files


def are_near(one: Any, other: Any) -> bool:
    """Whether two contents of JSON files differ in the last digits of numbers at most.

    Parameters
    ----------
    one, other
        As `json.loads` gives them.
    """
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=_LAST_DIGITS, abs_tol=_LAST_DIGITS)
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(are_near(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(are_near, one, other))
    return type(one) is type(other) and bool(one == other)


def replace_folder(target: Path, files: dict[str, bytes]) -> tuple[str, ...]:
    """Write a folder anew, all of it or nothing. What lies there and was not written here stays.

    Parameters
    ----------
    target
        The folder; it need not be there.
    files
        Contents by their paths in it, with ``/`` between parts.

    Returns
    -------
    tuple of str
        The names of the files that stayed.

    Raises
    ------
    ReleaseError
        When it cannot be written; the old one is as it was.
    """
    kept: list[str] = []
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".new-") as place:
            new, old = Path(place, "new"), Path(place, "old")
            new.mkdir()
            for name, data in files.items():
                (new / name).parent.mkdir(parents=True, exist_ok=True)
                (new / name).write_bytes(data)
            for path in _strangers(target, files):
                copy = new / path.relative_to(target)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, copy, follow_symlinks=False)
                kept.append(path.relative_to(target).as_posix())
            if target.exists():
                os.replace(target, old)
            try:
                os.replace(new, target)
            except OSError:
                if old.exists():
                    os.replace(old, target)
                raise
    except OSError as error:
        raise ReleaseError(cannot_write(target, error, "check the place and its rights")) from error
    return tuple(kept)


def _strangers(place: Path, files: Collection[str]) -> list[Path]:
    """The files in a folder that no release wrote: neither this one nor the one that lies there."""
    try:
        known = json.loads((place / MANIFEST).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        known = []
    own = {"__pycache__", *files, *(known if isinstance(known, list) else ())}
    paths = sorted(path for path in place.rglob("*") if path.is_symlink() or not path.is_dir())
    return [
        path
        for path in paths
        if path.relative_to(place).as_posix() not in own
        and "__pycache__" not in path.relative_to(place).parts
    ]


def stale(name: str, course: Path) -> list[str]:
    """The files of a release that differ from what would be written now, with what is wrong with each.

    Parameters
    ----------
    name
        The homework's.
    course
        The folder that holds ``solutions/`` and ``assignments/``.
    """
    place = folder(name, course)
    files = _built(load_homework(name, course), course, place)
    there = {path.relative_to(place).as_posix() for path in _files(place)}
    problems = [f"{extra} is not part of the release" for extra in sorted(there - set(files))]
    for file, data in sorted(files.items()):
        if file not in there:
            problems.append(f"{file} is missing")
        elif (place / file).read_bytes() != data:
            problems.append(f"{file} is out of date")
    return problems


def leaks(name: str, course: Path) -> list[str]:
    """Every place in a release where a line of a solution stands, of any homework, as ``file: line``.

    A line counts, however it is spaced or broken, when it is long enough to tell something. One of the
    homework's own does not where it also stands in the part of the notebook that students are given.

    Parameters
    ----------
    name
        Of the homework whose release is searched.
    course
        The folder that holds ``solutions/`` and ``assignments/``.
    """
    secret: dict[str, str] = {}
    for other in homework_names(course):
        source = read_source(load_homework(other, course), course)
        lines = {bare(line): line.strip() for cell in source.cells for line in cell.solution_lines}
        given = {bare(line) for cell in source.cells for line in cell.given_lines} if other == name else ()
        secret |= {bare: line for bare, line in lines.items() if len(bare) >= _TELLING and bare not in given}
    found = []
    place = folder(name, course)
    for path in _files(place):
        where = path.relative_to(place).as_posix()
        for text in _texts(path):
            whole = [line for line in text.splitlines() if any(part in bare(line) for part in secret)]
            seen = bare("\n".join(whole))
            broken = [line for part, line in secret.items() if part in bare(text) and part not in seen]
            found += [f"{where}: {line.strip()}" for line in (*whole, *broken)]
    return found


def _files(place: Path) -> list[Path]:
    """All files below a folder, apart from caches."""
    paths = sorted(path for path in place.rglob("*") if path.is_file())
    return [path for path in paths if not _CACHES.intersection(path.relative_to(place).parts)]


def _texts(path: Path) -> list[str]:
    """What there is to read in a file: its text, or every text in a JSON document."""
    text = path.read_text(encoding="utf-8", errors="replace")
    if path.suffix in (".ipynb", ".json"):
        try:
            return _strings(json.loads(text))
        except ValueError:
            return [text]  # damaged, which `stale` says
    return [text]


def _strings(value: Any) -> list[str]:
    """Every text in a JSON document; one that is stored as a list of its lines is put together."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [*value, *(string for item in value.values() for string in _strings(item))]
    if isinstance(value, list):
        parts = [string for item in value for string in _strings(item)]
        return ["".join(parts)] if all(isinstance(item, str) for item in value) else parts
    return []


def bare(text: str) -> str:
    """A text without blanks, line ends and continued lines: formatting hides nothing."""
    return "".join(text.replace("\\\n", "").split())
