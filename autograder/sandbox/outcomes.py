"""What can come of a call in the sandbox, and of loading a submission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

FaultKind = Literal["timeout", "died", "protocol"]


@dataclass(frozen=True)
class Returned:
    """A call that came back: its value, and what the runner saw (evidence for form, never for values).

    ``changed`` are the positions of arguments changed in place; ``shares`` says what the result shares
    memory with (``"argument"``, ``"earlier result"`` or ``""``); ``silenced``: it switched NumPy's
    warnings off for the process.
    """

    value: Any
    changed: tuple[int, ...] = ()
    shares: str = ""
    warnings: tuple[str, ...] = ()
    silenced: bool = False

    @property
    def is_notable(self) -> bool:
        """Whether the runner saw anything beside the value."""
        return bool(self.changed or self.shares or self.warnings or self.silenced)


@dataclass(frozen=True)
class Raised:
    """A call that raised: the names of the exception's class and of its bases, its message, and the
    submission's innermost line, where known: its cell, number, function and text."""

    kinds: tuple[str, ...]
    message: str
    place: str = ""
    line: int = 0
    function: str = ""
    text: str = ""


@dataclass(frozen=True)
class Unsendable:
    """A call whose result is nothing that can be judged, such as a generator; `what` says what it is."""

    what: str


@dataclass(frozen=True)
class Fault:
    """A call that ended its child, or was not run since one before it had."""

    kind: FaultKind
    detail: str


Outcome = Returned | Raised | Unsendable | Fault


@dataclass(frozen=True)
class Problem:
    """A statement that failed while the submission was loaded: in a cell, or in `file`."""

    cell: int
    line: int
    message: str
    file: str = ""


@dataclass(frozen=True)
class Lost:
    """A name that should be a function and is not: where it became something else, and what it is: a type,
    nothing (``""``, it was deleted), or something of a package that is missing. `was` a function before?"""

    cell: int
    line: int
    file: str
    kind: str
    was: bool


@dataclass(frozen=True)
class Code:
    """What a session loads.

    Parameters
    ----------
    cells
        The work: the cells of a notebook, or one text.
    given
        The comment with which a cell begins of which only imports and definitions are run.
    modules
        Names of the kit's modules, which grading does not need.
    files
        The student's other files, by their paths from the work's folder.
    notebook
        Whether the work runs as a notebook does: as ``__main__``.
    name
        What other files import the work by, if anything.
    wanted
        The functions that will be called.
    seed
        Of all that the code takes for chance: the same seed gives the same.
    """

    cells: tuple[str, ...]
    given: str = "# Given"
    modules: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    notebook: bool = False
    name: str = ""
    wanted: tuple[str, ...] = ()
    seed: int = 0


@dataclass(frozen=True)
class Loaded:
    """What loading a submission gave: the names it made callable, and the statements that failed."""

    functions: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
    silenced: bool = False
    lost: Mapping[str, Lost] = field(default_factory=dict)
