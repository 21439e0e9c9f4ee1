"""A kit's own checks, run in the sandbox on somebody's file: what students see on their machines.

The kit is given to the sandbox as if it were files of the student's. What it says is the student's own word,
and no mark: a file that lies to its own checks gains nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.errors import AutograderError
from autograder.explaining import notes_of
from autograder.judging.trial import failure
from autograder.kit.judging import LAST_LINE
from autograder.printable import printable, printable_lines
from autograder.sandbox.host import Code, Limits, Outcome, Returned, Sandbox
from autograder.submission import Submission, read

__all__ = ["LAST_LINE", "CheckError", "Kit", "PublicCheck", "checked", "kit_at", "submission_at"]

# As the release lays a kit out; a test compares it.
_CHECKS, _EXAMPLES = "checks", "examples.json"
_PACKAGE = "public_checks_of_the_kit"
_CALLED = "public_check_of_the_kit"
# What one file may hold.
_MOST_BYTES = 20 << 20
# A kit's check of an exercise calls its function a few hundred times.
_SECONDS, _PATIENCE = 10.0, 3.0

_TEST = re.compile(r"^def test_(\w+)\(", re.MULTILINE)

_CELL = """
def {called}(name):
    import importlib, json
    published = importlib.import_module("{package}.published")
    published._content = lambda: json.loads({examples!r})
    published.module = lambda name: importlib.import_module("{package}." + name)
    right, text, _ = importlib.import_module("{package}.judging").judge(name, globals(), 0)
    return bool(right), str(text)
"""


class CheckError(AutograderError):
    """A kit or a file that cannot be used; the message says which, and what to do."""


@dataclass(frozen=True)
class Kit:
    """What students were given of a homework.

    Parameters
    ----------
    exercises
        Names of the functions, in the notebook's order.
    examples
        The content of ``examples.json``.
    files
        The modules of the checks, and those that they need, by their paths in a package.
    modules
        Names of the modules that lie beside the notebook.
    """

    exercises: tuple[str, ...]
    examples: Mapping[str, Any]
    files: tuple[tuple[str, str], ...]
    modules: tuple[str, ...]


@dataclass(frozen=True)
class PublicCheck:
    """What the kit says of one exercise."""

    exercise: str
    right: bool
    text: str

    @property
    def unwritten(self) -> bool:
        """Whether the function is still as it was handed out."""
        return not self.right and self.text.startswith(f"{self.exercise}: not written yet")


def kit_at(homework: str, course: Path) -> Kit:
    """The kit of a homework that was released, or the one in a folder of that name.

    Parameters
    ----------
    homework
        The name of a homework, or the path of a folder with a kit; a folder comes first.
    course
        The course's folder, which holds released kits in ``assignments``.

    Raises
    ------
    CheckError
        When there is none, or it is not whole.
    """
    places = (Path(homework), course / "assignments" / homework)
    folder = next((each for each in places if (each / _CHECKS / _EXAMPLES).is_file()), None)
    if folder is None:
        raise CheckError(
            f"There is no kit of {printable(homework)}: run `autograder generate {printable(homework)}` "
            "first, or name the folder that students were given."
        )
    try:
        examples = json.loads((folder / _CHECKS / _EXAMPLES).read_text(encoding="utf-8"))
        name = examples["homework"]
        own = (name, f"test_{name}")
        tests = (folder / f"test_{name}.py").read_text(encoding="utf-8")
        ordered = [each for each in _TEST.findall(tests) if each in examples["exercises"]]
        if set(ordered) != set(examples["exercises"]):
            raise ValueError(f"test_{name}.py is of another edition")
        beside = [path for path in sorted(folder.glob("*.py")) if path.stem not in own]
        inside = sorted((folder / _CHECKS).rglob("*.py"))
        files = [
            *((f"{_PACKAGE}/{path.relative_to(folder / _CHECKS).as_posix()}", path) for path in inside),
            *((f"{_PACKAGE}/{path.name}", path) for path in beside),
        ]
        texts = tuple((name, path.read_text(encoding="utf-8")) for name, path in files)
        return Kit(tuple(ordered), examples, texts, tuple(path.stem for path in beside))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CheckError(f"The kit in {folder} is damaged ({error}): make it again.") from None


def submission_at(path: Path) -> Submission:
    """A file as a submission.

    Raises
    ------
    CheckError
        When it cannot be read.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise CheckError(f"{path} has more than {_MOST_BYTES >> 20} MB: name the notebook or the module.")
        data = path.read_bytes()
    except OSError as error:
        raise CheckError(f"{path} cannot be read: {error.strerror}.") from None
    found = read(data, path.name, path.stem)
    if found.problem:
        raise CheckError(f"{path} cannot be read: {found.problem}")
    return found


def checked(
    kit: Kit, submission: Submission, level: str, only: tuple[str, ...] = ()
) -> Iterator[str | PublicCheck]:
    """What was noticed while the file was loaded, as sentences, then what the kit says of each exercise.

    Parameters
    ----------
    kit, submission
        By what is checked, and what.
    level
        Of the sandbox.
    only
        Names of exercises, where not all are asked for.

    Raises
    ------
    SandboxError
        When the level cannot be had on this machine.
    """
    limits = Limits(call_seconds=_SECONDS, patience=_PATIENCE)
    with Sandbox(level, limits) as sandbox, sandbox.session(_code(kit, submission)) as session:
        yield from notes_of(submission, session.loaded)
        for name in only or kit.exercises:
            (outcome,) = session.call(_CALLED, [(name,)])
            yield _said(name, outcome)


def _code(kit: Kit, submission: Submission) -> Code:
    cell = _CELL.format(called=_CALLED, package=_PACKAGE, examples=json.dumps(kit.examples))
    return Code(
        (*submission.cells, cell),
        str(kit.examples.get("given", "")),
        kit.modules,
        (*submission.modules, *kit.files),
        submission.notebook,
        str(kit.examples["homework"]),
        (_CALLED,),
    )


def _said(name: str, outcome: Outcome) -> PublicCheck:
    if isinstance(outcome, Returned):
        value = outcome.value
        if isinstance(value, tuple | list) and len(value) == 2 and isinstance(value[1], str):
            return PublicCheck(name, value[0] is True, printable_lines(value[1]))
        return PublicCheck(name, False, f"{name}: its check gave no answer.")
    return PublicCheck(name, False, f"{name}: {printable_lines(failure(outcome))}.")
