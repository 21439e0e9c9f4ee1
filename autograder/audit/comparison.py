"""Whether two texts of a function are the same function, as far as many inputs can tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.grading import grade
from autograder.homework import GIVEN, Exercise, Homework
from autograder.sandbox.host import Code, Outcome, Raised, Request, Returned, Sandbox, Session, prepare
from autograder.submission import Submission

SECRET = b"an audit's own"
# Draws of every probe, and students whose calls are repeated, on which two functions are compared.
DRAWS = 40
_STUDENTS = 12
_SAME = 1e-9
_AT_ONCE = 50
_REFUSED = "must raise ValueError"


@dataclass(frozen=True)
class Asked:
    """Calls that a function is compared on, what they are, and the size to which rounding is relative."""

    request: Request
    name: str
    scales: tuple[float, ...]


class _Recorded(Session):
    """A session that remembers what it was asked."""

    def __init__(self, sandbox: Sandbox, code: Code, requests: list[Request]) -> None:
        self._requests = requests
        super().__init__(sandbox, code)

    def send(self, request: Request) -> Any:
        self._requests.append(request)
        return super().send(request)


@dataclass
class _Recorder:
    """A sandbox whose sessions remember what they were asked."""

    sandbox: Sandbox
    requests: list[Request] = field(default_factory=list)

    @property
    def level(self) -> str:
        return self.sandbox.level

    def session(self, code: Code) -> Session:
        return _Recorded(self.sandbox, code, self.requests)


def many_calls(
    homework: Homework, exercise: Exercise, cells: tuple[str, ...], sandbox: Sandbox
) -> list[Asked]:
    """Calls of an exercise's function: of every probe many drawings, or what many students are asked.

    Parameters
    ----------
    homework, exercise
        The exercise whose function is called, and the homework it is of.
    cells
        Texts of the code cells; they run only where the rule draws no inputs beforehand.
    sandbox
        Where these cells run.
    """
    if exercise.rule.inputs():
        return list(_drawn(exercise))
    return [
        Asked(request, "what students are asked", (1.0,) * request.count)
        for k in range(_STUDENTS)
        for request in requests_of(f"student {k}", homework, exercise, cells, sandbox)
    ]


def requests_of(
    student: str, homework: Homework, exercise: Exercise, cells: tuple[str, ...], sandbox: Sandbox
) -> list[Request]:
    """What is asked of a function where a student hands it in.

    Parameters
    ----------
    student
        A name; the inputs depend on it.
    homework, exercise
        The exercise whose function is called, and the homework it is of.
    cells
        Texts of the code cells that are handed in.
    sandbox
        Where these cells run.

    Returns
    -------
    list of Request
        All that the sandbox's sessions were sent, in order.
    """
    recorder = _Recorder(sandbox)
    submission = Submission(student, cells, "the solution")
    grade(homework.with_only(exercise), submission, recorder, SECRET)  # type: ignore[arg-type]
    return recorder.requests


def _drawn(exercise: Exercise) -> Iterator[Asked]:
    random = np.random.default_rng(7)
    for given in exercise.rule.inputs():
        calls = [given.draw(random) for _ in range(DRAWS)]
        scales = [1.0 if given.kind == _REFUSED else _scale(exercise, call) for call in calls]
        for start in range(0, DRAWS, _AT_ONCE):
            some = slice(start, start + _AT_ONCE)
            yield Asked(prepare(exercise.function, calls[some]), given.name, tuple(scales[some]))


def _scale(exercise: Exercise, call: tuple[Any, ...]) -> float:
    sizes = [size for reference in exercise.rule.references() for size in reference.scale(*call)]
    return max(sizes, default=1.0)


def outcomes(
    asked: Sequence[Asked], cells: tuple[str, ...], homework: Homework, sandbox: Sandbox
) -> list[list[Outcome]]:
    """What a function gives for these calls, with the modules that its homework gives.

    Parameters
    ----------
    asked
        The calls, some in each request.
    cells
        Texts of the code cells that define the function.
    homework
        Gives the modules that the cells may import.
    sandbox
        Where these cells run.
    """
    with sandbox.session(Code(cells, GIVEN, homework.modules)) as session:
        return [session.collect(session.send(each.request)) for each in asked]


def difference(
    asked: Sequence[Asked], right: Sequence[Sequence[Outcome]], other: Sequence[Sequence[Outcome]]
) -> str | None:
    """With which calls two functions give something else; None where with none.

    Parameters
    ----------
    asked
        The calls, some in each request.
    right, other
        The outcomes of the two functions: for each request one list, with an outcome for each call.
    """
    for each, one, two in zip(asked, right, other, strict=True):
        if not all(_alike(a, b, scale) for a, b, scale in zip(one, two, each.scales, strict=True)):
            return f"it differs with {each.name}"
    return None


def _alike(one: Outcome, other: Outcome, scale: float) -> bool:
    """Whether two outcomes are the same in all that is judged."""
    if isinstance(one, Returned) and isinstance(other, Returned):
        return (
            one.changed == other.changed
            and bool(one.shares) == bool(other.shares)
            and _close(one.value, other.value, scale)
        )
    if isinstance(one, Raised) and isinstance(other, Raised):
        return ("ValueError" in one.kinds) == ("ValueError" in other.kinds)
    return False


def _close(one: Any, other: Any, scale: float) -> bool:
    if isinstance(one, tuple | list) and not isinstance(other, np.ndarray):
        return (
            isinstance(other, tuple | list)
            and len(one) == len(other)
            and all(_close(a, b, scale) for a, b in zip(one, other, strict=True))
        )
    if isinstance(one, str) or isinstance(other, str):
        return isinstance(one, str) and isinstance(other, str) and one == other
    try:
        a, b = np.asarray(one), np.asarray(other)
    except ValueError:  # of unequal lengths
        return False
    if a.shape != b.shape or a.dtype.kind not in "fib" or b.dtype.kind not in "fib":
        return False
    with np.errstate(all="ignore"):
        return bool(np.all((np.abs(a - b) <= _SAME * scale) | (a == b) | (np.isnan(a) & np.isnan(b))))
