"""Student files as data: each public function is one way to write the exercise its file is named after.

A comment right above a wrong function says what it costs: ``# loses: edges, form`` names all checks that are
lost (without it, all of them), ``# named: sign, summed`` the misconceptions that are told,
``# sometimes: constant`` what may be told on the inputs of some students. ``# odd: why`` marks what is no
single mistake in a formula.
"""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from autograder.course import load_homework
from autograder.grading import grade
from autograder.homework import Exercise, Homework
from autograder.report import ExerciseReport
from autograder.sandbox.host import Sandbox
from autograder.submission import Submission

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent / "submissions"
SECRET = b"for tests only"
_LISTS = ("loses", "named", "sometimes")


@dataclass(frozen=True)
class Variant:
    """One way to write an exercise. ``loses`` is empty where all checks are lost, or none is (right ones)."""

    homework: str
    exercise: str
    name: str
    source: str
    loses: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    sometimes: frozenset[str] = frozenset()
    odd: str = ""

    def __str__(self) -> str:
        return f"{self.exercise}-{self.name}"


@cache
def homework(name: str) -> Homework:
    """A homework of this course, loaded once."""
    return load_homework(name, ROOT)


def exercise(variant: Variant) -> Exercise:
    """The exercise that a variant is a way to write."""
    return next(e for e in homework(variant.homework).exercises if e.function == variant.exercise)


def variants(kind: str) -> Iterator[Variant]:
    """All functions in the files of a kind, ``"right"`` or ``"wrong"``."""
    for path in sorted(FOLDER.glob(f"*/{kind}/*.py")):
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines()
        for name, line in public_names(ast.parse(text)):
            notes: dict[str, str] = {}
            above = line - 2
            while above >= 0 and (match := re.match(r"# (loses|named|sometimes|odd): (.+)", lines[above])):
                notes[match[1]] = match[2]
                above -= 1
            declared = [frozenset(filter(None, notes.get(key, "").split(", "))) for key in _LISTS]
            source = f"{text}\n\n{path.stem} = {name}\n"
            yield Variant(path.parts[-3], path.stem, name, source, *declared, odd=notes.get("odd", ""))


def public_names(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Functions, and names that are bound to callables, with the first line of each."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node.name, min([node.lineno, *(d.lineno for d in node.decorator_list)])
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            if not name.startswith("_") and not name.isupper():
                yield name, node.lineno


def report(variant: Variant, sandbox: Sandbox, student: str) -> ExerciseReport:
    """The variant graded as one student's submission."""
    alone = homework(variant.homework).with_only(exercise(variant))
    (made,) = grade(alone, Submission(student, (variant.source,), "x.py"), sandbox, SECRET).exercises
    return made


def function_of(variant: Variant) -> Callable[..., Any]:
    """The function itself, in this process, with results as they come out of the sandbox: single numbers of
    NumPy's are plain ones."""
    names: dict[str, Any] = {}
    exec(variant.source, names)

    def plain(value: Any) -> Any:
        if isinstance(value, tuple | list):
            return (
                type(value)(map(plain, value)) if type(value) in (tuple, list) else tuple(map(plain, value))
            )
        return value.item() if isinstance(value, np.generic) else value

    def call(*arguments: Any) -> Any:
        copies = [np.copy(a) if isinstance(a, np.ndarray) else a for a in arguments]
        with np.errstate(all="ignore"), redirect_stdout(io.StringIO()):
            return plain(names[variant.exercise](*copies))

    return call


def lost(report: ExerciseReport) -> set[str]:
    """The checks that did not earn their points."""
    return {verdict.check for verdict in report.verdicts if verdict.score < verdict.max_score}


def told(report: ExerciseReport) -> str:
    """The verdicts as text, for the message of a failed test."""
    lines = [f"{v.check} {v.score}/{v.max_score} {v.misconception}: {v.message}" for v in report.verdicts]
    return "\n".join(lines)
