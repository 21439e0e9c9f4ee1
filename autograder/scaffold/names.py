"""What a homework, a function and a rule may be called: names that are safe as files and in Python."""

from __future__ import annotations

import builtins
import keyword
import re
import sys
from pathlib import Path

import autograder.kit
import autograder.rules
from autograder.errors import AutograderError

_LONGEST = 60
# Names that mean something else beside a rubric, in a notebook or in a kit.
_OURS = {
    *("autograder", "checks", "conftest", "data", "matplotlib", "np", "numpy", "plt", "pytest", "rubric"),
    "solutions",
}
_DEVICES = re.compile(r"con|prn|aux|nul|com\d|lpt\d", re.IGNORECASE)


class ScaffoldError(AutograderError):
    """What cannot be begun; the message says why, and what to do."""


def homework(name: str) -> None:
    """Make sure that a homework can have this name.

    Raises
    ------
    ScaffoldError
        When it cannot.
    """
    _plain(name, "homework")
    if name.startswith("test_") or name in sys.stdlib_module_names:
        raise _taken(name, "homework", "Python or pytest has a module of that name")


def function(name: str) -> None:
    """The same for a function that students write."""
    _plain(name, "exercise")
    if name.startswith("test_") or name in dir(builtins):
        raise _taken(name, "exercise", "Python or pytest has a function of that name")


def rule(name: str) -> None:
    """The same for a rule's folder."""
    _plain(name, "rule")
    places = (Path(package.__path__[0]) for package in (autograder.kit, autograder.rules))
    if name in {path.stem for place in places for path in place.iterdir()} | {"judge", "check", "rule"}:
        raise _taken(name, "rule", "the autograder has a part of that name")
    if not name[0].islower():
        raise _taken(name, "rule", "a folder begins with a small letter, its class with a capital one")


def course(name: str) -> str:
    """A course's name as nbgrader can have it."""
    return re.sub(r"[^A-Za-z0-9_-]+", "_", name).strip("_") or "course"


def _plain(name: str, what: str) -> None:
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name) or len(name) > _LONGEST:
        raise ScaffoldError(
            f"{name!r} cannot be the name of a new {what}: use at most {_LONGEST} letters (a to z), digits "
            "and underscores, and begin with a letter."
        )
    if keyword.iskeyword(name) or name in _OURS or _DEVICES.fullmatch(name):
        raise _taken(name, what, "it means something else already")


def _taken(name: str, what: str, why: str) -> ScaffoldError:
    return ScaffoldError(f"{name!r} cannot be the name of a new {what}: {why}. Choose another one.")
