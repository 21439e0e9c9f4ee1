"""What the other homeworks of a course hand out complete that is an exercise here: nobody's own work.

Only the text is compared, line by line: nothing that was handed in is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.percent import cells_of

_FUNCTION = re.compile(r"def (\w+)[ \t]*\(")
_MOST_LINES = 400  # of a function that are compared
# How a solution is marked in the instructor's text.
BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
# What students find in its place.
STUB = 'raise NotImplementedError("not written yet: replace this line")'

Lines = tuple[str, ...]


@dataclass(frozen=True)
class Handout:
    """Another homework: the functions that students write there, and those it gives that are written here."""

    homework: str
    exercises: frozenset[str]
    given: Mapping[str, Lines]

    def is_all_of(self, text: str, own: Collection[str]) -> bool:
        """Whether a text is that homework's file, and has nothing of this homework's but what it gives.

        Parameters
        ----------
        text
            The submission.
        own
            The functions of this homework that it has.
        """
        if not own or not set(own) <= self.given.keys():
            return False
        found = dict(functions(text))
        theirs = self.exercises & found.keys()
        return 2 * len(theirs) >= len(self.exercises) and all(
            found.get(name) == self.given[name] for name in own
        )


def functions(text: str) -> Iterator[tuple[str, Lines]]:
    """The functions at the left margin with their lines; empty ones and comments are left out.

    >>> dict(functions("def f(x):\\n    # twice\\n    return 2 * x\\n\\ny = 3\\n"))
    {'f': ('def f(x):', '    return 2 * x')}
    """
    every = text.split("\n")
    for number, line in enumerate(every):
        begin = _FUNCTION.match(line)
        if begin is None:
            continue
        kept = [line.rstrip()]
        for below in every[number + 1 : number + 1 + _MOST_LINES]:
            if below[:1] not in ("", " ", "\t", "#", ")"):
                break
            if below.strip() and not below.lstrip().startswith("#"):
                kept.append(below.rstrip())
        yield begin[1], tuple(kept)


def handouts(
    solutions: Path, names: Collection[str], homework: str, exercises: Collection[str]
) -> list[Handout]:
    """What the other homeworks among `names` give of these exercises.

    Parameters
    ----------
    solutions
        The folder with a folder for each homework.
    names
        Of homeworks, also this one's.
    homework
        The name of this one.
    exercises
        The functions that students write in this one.
    """
    found = []
    for name in names:
        path = solutions / name / f"{name}.py"
        if name == homework or not path.is_file():
            continue
        written: set[str] = set()
        given: dict[str, Lines] = {}
        for cell in cells_of(path.read_text(encoding="utf-8", errors="replace")):
            inside = {} if cell.is_markdown else dict(functions(cell.text))
            if BEGIN in cell.text:
                written |= inside.keys()
            else:
                given |= inside
        here = {each: lines for each, lines in given.items() if each in exercises}
        if here and written:
            found.append(Handout(name, frozenset(written), here))
    return found
