"""What is looked for in a hand-in: a homework's names, its functions, and what students were given of it."""

from __future__ import annotations

import hashlib
import json
import os.path
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.course import homework_names
from autograder.handouts import BEGIN, END, STUB
from autograder.homework import Homework

# The checks that students are given: a folder, and modules that they once were.
_CHECKS = "checks"
_CHECK_MODULES = re.compile(r"conftest|checks(?:_(?:values|loops|batches|noise|selection))?")
# Marks of another copy, as programs put them: behind the name, or before it.
_COPY = re.compile(r"\s*\(\d+\)$|[ _-]+copy\d*$")
# So many functions of another homework are no chance.
_SEVERAL = 2
# a function or a name at the top of a module
_DEFINED = re.compile(r"(?:async[ \t]+)?def[ \t]+(\w+)[ \t]*\(|(\w+)[ \t]*(?::[^=\n]{0,100})?=(?!=)")


@dataclass(frozen=True)
class Wanted:
    """What is looked for.

    Parameters
    ----------
    name
        The homework's.
    data
        Files that it hands out, in lower case: nobody's work.
    functions
        Those that it asks for; where they are not known, files are chosen by their names alone.
    released
        Digests of the functions as students were given them, see `digest`.
    others
        The other homeworks of the course, each with those functions that it alone asks for.
    """

    name: str
    data: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    released: frozenset[str] = frozenset()
    others: tuple[tuple[str, frozenset[str]], ...] = ()

    @property
    def folded(self) -> str:
        """The name as names of files are compared with it."""
        return self.name.casefold()

    def another(self, text: str) -> str:
        """The other homework of which a text defines most functions, several at least; empty where there is
        none."""
        names = {name for name, _ in defined(text)}
        counted = [(len(names & functions), name) for name, functions in self.others]
        count, name = max(counted, default=(0, ""))
        return name if count >= _SEVERAL else ""

    def hands_out(self, path: Sequence[str]) -> bool:
        """Whether a file is a part of the kit: data, checks, tests; by its path in the student's folder."""
        name = path[-1]
        given = name.casefold() in self.data or stem(name) == f"test_{self.folded}"
        checks = _CHECKS in map(str.casefold, path[:-1]) or bool(_CHECK_MODULES.fullmatch(stem(name)))
        # in a folder it may be that of a student's package
        beside_the_work = len(path) == 1 and name.casefold() == "__init__.py"
        return given or checks or beside_the_work


def stem(name: str) -> str:
    """A file's name as the student meant it: no suffix, no mark of a second copy, one way to write it.

    Examples
    --------
    >>> stem("Gradient Descent (1).ipynb"), stem("sgd-Copy1.py")
    ('gradient_descent', 'sgd')
    """
    plain = _COPY.sub("", os.path.splitext(name)[0].casefold())
    return re.sub(r"[\s-]+", "_", plain)


def named(name: str, data: Collection[str] = ()) -> Wanted:
    """A homework of which nothing is known but its name and the files that it hands out.

    Parameters
    ----------
    name
        The homework's.
    data
        Names of files; case does not count.
    """
    return Wanted(name, frozenset(map(str.casefold, data)))


def wanted_of(homework: Homework, course: Path) -> Wanted:
    """All that is known of a homework, and what was handed out in the whole course.

    The stubs are those in ``assignments/``, and what a release would make of ``solutions/`` now.

    Parameters
    ----------
    homework, course
        The homework that is looked for, and the folder that holds ``solutions/`` and ``assignments/``.
    """
    functions = frozenset(exercise.function for exercise in homework.exercises)
    released: set[str] = set()
    asked: dict[str, frozenset[str]] = {}
    for name in homework_names(course):
        given = [each for text in _handed_out(name, course) for each in defined(text)]
        released.update(digest(lines) for _, lines in given)
        asked[name] = frozenset(function for function, lines in given if STUB in lines)
    others = [(name, asked[name].difference(functions)) for name in asked if name != homework.name]
    data = frozenset(map(str.casefold, homework.data))
    return Wanted(homework.name, data, functions, frozenset(released), tuple(others))


def defined(text: str) -> Iterator[tuple[str, str]]:
    """The names that a text of Python defines at its top, each with its lines.

    Nothing is parsed: what begins in the first column ends before the next line that does. Comments there
    belong to nobody.

    Examples
    --------
    >>> [name for name, _ in defined("def f(x):\\n    y = 1\\n# so\\ng = f\\n")]
    ['f', 'g']
    """
    name, lines = "", []
    for line in text.splitlines():
        if not line or line[0] in " \t#)]}":
            lines += [line] if name and line[:1] != "#" else []
            continue
        if name:
            yield name, "\n".join(lines)
        begun = _DEFINED.match(line)
        name, lines = (begun[1] or begun[2] or "") if begun else "", [line]
    if name:
        yield name, "\n".join(lines)


def digest(lines: str) -> str:
    """Of a definition, however it is spaced."""
    return hashlib.sha256("".join(lines.split()).encode("utf-8", "surrogatepass")).hexdigest()


def _handed_out(name: str, course: Path) -> Iterator[str]:
    """The texts in which students were given the functions of a homework."""
    folder = course / "assignments" / name
    for path in (folder / f"{name}.py", folder / f"{name}.ipynb", course / "solutions" / name / f"{name}.py"):
        try:
            text = path.read_text(encoding="utf-8")
            yield (
                _cells(json.loads(text)) if path.suffix == ".ipynb" else _without_solutions(text.splitlines())
            )
        except (OSError, ValueError, LookupError, TypeError):
            continue  # it was never released, or is damaged, which is for `autograder generate` to tell


def _cells(notebook: Any) -> str:
    return "\n".join("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code")


def _without_solutions(lines: Iterable[str]) -> str:
    kept: list[str] = []
    inside = False
    for line in lines:
        if line.strip() == BEGIN:
            inside = True
            kept.append(line[: len(line) - len(line.lstrip())] + STUB)
        elif line.strip() == END:
            inside = False
        elif not inside:
            kept.append(line)
    return "\n".join(kept)
