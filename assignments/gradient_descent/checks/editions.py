"""The two editions of a homework, notebook and module: which one was edited, and whether it is right."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from . import published
from .judging import judge
from .running import Program, at_home, run

# A cell that asks for a guess: who writes functions in a module still guesses in the notebook.
_GUESS = re.compile(r"\s*(?:#[^\n]*\n\s*)*checks\.guess\([^\n]*\)[ \t]*(?:#[^\n]*)?\s*")


class Edition:
    """A file with the student's functions.

    Parameters
    ----------
    path
        The notebook or module.
    other
        The name of the other edition, if that was edited too but saved earlier.
    """

    def __init__(self, path: Path, other: str = "") -> None:
        self.path = path
        self.other = other

    def __str__(self) -> str:
        return f"{self.path.name}, saved last" if self.other else self.path.name

    def problem(self, name: str) -> str:
        """What is wrong with an exercise, in a few lines; nothing where it is right here."""
        with at_home(self.path.parent):
            text = self._problem(name)
        if text and self.other:
            text += f"\nTested is {self}. You have edited {self.other} too: it is not tested."
        return text

    def _problem(self, name: str) -> str:
        try:
            program = self.program
        except DamagedError as error:
            return str(error)
        if name in program.broken:
            return program.broken[name]
        if name not in program.names:
            return f"{name} is not defined in {self.path.name}: keep the names of the functions."
        right, text, _ = judge(name, program.names)
        return "" if right else text

    @cached_property
    def program(self) -> Program:
        """What the file defines.

        Raises
        ------
        DamagedError
            When the file cannot be read.
        """
        return run(self.path, _code(self.path), published.given())


class DamagedError(Exception):
    """A file that cannot be read; the message is a sentence for its owner."""


def edition(path: Path) -> Edition:
    """The edition that was edited, of the notebook and the module at `path`, which has no ending.

    Where both were, it is the one that was saved last; where none was, the module.
    """
    files = [path.with_suffix(".py"), path.with_suffix(".ipynb")]
    there = [file for file in files if file.is_file()] or files[:1]
    edited = sorted(filter(_is_edited, there), key=lambda file: file.stat().st_mtime_ns)
    if len(edited) == 2:
        return Edition(edited[1], edited[0].name)
    return Edition([*edited, *there][0])


def _is_edited(path: Path) -> bool:
    """Whether a file's code differs from what was handed out."""
    try:
        return path.is_file() and fingerprint(_code(path)) != published.released(path.name)
    except DamagedError:
        return True


def fingerprint(cells: Sequence[str]) -> str:
    """A SHA-256 of a file's code cells; a module is one.

    Running a notebook, saving it in another editor, an empty cell at its end, or a guess does not change it.
    """
    written = [cell for cell in cells if not _GUESS.fullmatch(cell)]
    lines = ["\n".join(line.rstrip() for line in cell.splitlines()).strip() for cell in written]
    return hashlib.sha256("\0".join(filter(None, lines)).encode()).hexdigest()


def _code(path: Path) -> list[str]:
    """The code cells of a notebook; a module is one."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise DamagedError(f"{path.name} is not text in UTF-8: save it in that encoding.") from None
    except OSError:
        raise DamagedError(f"There is no {path.stem}.py and no {path.stem}.ipynb in {path.parent}.") from None
    if path.suffix == ".py":
        return [text]
    try:
        cells = json.loads(text)["cells"]
        return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise DamagedError(
            f"{path.name} is damaged: open it in Jupyter and save it again, or take a new one from the kit."
        ) from None
