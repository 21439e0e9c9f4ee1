"""What grading makes: verdicts, and the report that holds all verdicts of one submission.

`docs/report.md` describes the JSON form for other programs.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from typing import Any, Literal

import msgspec

from autograder.printable import number

Status = Literal[
    "passed", "partial", "failed", "not_started", "missing", "error", "timeout", "grader_fault", "written"
]


SCHEMA = 1


@cache
def grader_version() -> str:
    """The version of this program; empty where it is not installed."""
    try:
        return metadata.version("gradient-autograder")
    except metadata.PackageNotFoundError:
        return ""


# How sentences begin of calls that gave nothing; no value looks so.
_GAVE_NOTHING = ("It ", "Its ", "Your ")


class Example(msgspec.Struct, frozen=True, omit_defaults=True):
    """The call that showed a mistake, as text: the inputs, what came back, and what was expected where
    the rubric lets that out."""

    call: str
    got: str
    expected: str | None = None

    @property
    def gave_nothing(self) -> bool:
        """Whether a sentence stands in place of what came back, as the call raised or was stopped."""
        return self.got.startswith(_GAVE_NOTHING)


class Formula(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a student's function computes, read from the function itself: evidence, never a score.

    ``yours`` is an equation for one element of the result, ``sizes`` the inputs for which it was read, as in
    ``"5 examples and 3 features"``, and ``legend`` tells what the names in it mean. ``difference`` and
    ``right`` are there where the rubric lets them out.
    """

    yours: str
    sizes: str = ""
    legend: str = ""
    difference: str | None = None
    right: str | None = None


class Curves(msgspec.Struct, frozen=True):
    """A student's learning curve beside the reference's. ``None`` stands for a loss that is not finite."""

    title: str
    student: list[float | None]
    reference: list[float]
    x_label: str = "step"
    y_label: str = "loss"


class Verdict(msgspec.Struct, frozen=True):
    """One judged check; ``title`` is its name as students read it."""

    check: str
    score: float
    max_score: float
    message: str
    misconception: str | None = None
    example: Example | None = None
    curves: Curves | None = None
    formula: Formula | None = None
    title: str = ""


class ByHand(msgspec.Struct, frozen=True):
    """Points that a person gave in place of the grader's: why, and how many it would have been."""

    why: str
    judged: float


class ExerciseReport(msgspec.Struct, frozen=True, omit_defaults=True):
    """All verdicts of one exercise; ``by_hand`` where a person decided on its points."""

    name: str
    score: float
    max_score: float
    status: Status
    verdicts: list[Verdict]
    by_hand: ByHand | None = None


def what_stays(score: float, max_score: float) -> str:
    """The end of a verdict's message where a mistake does not cost all points; empty where it does.

    Parameters
    ----------
    score, max_score
        Of the verdict.

    Examples
    --------
    >>> what_stays(1.5, 3.0)
    ' 1.5 of 3 points stay.'
    """
    return f" {number(score)} of {number(max_score)} points stay." if 0 < score < max_score else ""


# Which check of a written answer has its text as the message.
ANSWER = "answer"


def is_written(exercise: ExerciseReport) -> bool:
    """Whether it is an answer in words, with points or without."""
    return any(verdict.check == ANSWER for verdict in exercise.verdicts)


# The points are not known yet: the grader failed, or a person has to read it.
OPEN: tuple[Status, ...] = ("grader_fault", "written")


def is_open(exercise: ExerciseReport) -> bool:
    """Whether its points are not known yet."""
    return exercise.status in OPEN


class CommittedGuesses(msgspec.Struct, frozen=True):
    """Guesses before experiments that a student committed to, right or wrong: how many of how many.

    ``earned`` is what they may make up for, whether points are lost or not: see `made_up`. ``text`` says
    which are still open; it is empty where none is.
    """

    earned: float
    committed: int
    count: int
    text: str = ""


# A homework without points for guesses has nothing to say of them, and its reports no such field.
Guesses = CommittedGuesses | msgspec.UnsetType


def total(exercises: Iterable[ExerciseReport], guesses: Guesses = msgspec.UNSET) -> float:
    """The points of a submission before what lateness costs: of its exercises, and what guesses give back.

    Parameters
    ----------
    exercises
        As they count, with points by hand.
    guesses
        What the student committed to.

    Examples
    --------
    >>> half = ExerciseReport("f", 4.0, 5.0, "partial", [])
    >>> total([half]), total([half], CommittedGuesses(2.0, 3, 3)), total([half], CommittedGuesses(0.25, 1, 8))
    (4.0, 4.5, 4.25)
    """
    exercises = list(exercises)
    return float(sum(exercise.score for exercise in exercises)) + made_up(exercises, guesses)


def made_up(exercises: Iterable[ExerciseReport], guesses: Guesses) -> float:
    """How many of the lost points committed guesses give back: half of them, at most.

    So a submission without any guess loses nothing, and nobody has all points but who has lost none.

    Parameters
    ----------
    exercises, guesses
        As `total` takes them.
    """
    return max(0.0, min(guesses.earned, lost(exercises) / 2)) if guesses else 0.0


def lost(exercises: Iterable[ExerciseReport]) -> float:
    """How many points a submission lost. Where points are not known yet, none count as lost."""
    return float(sum(each.max_score - each.score for each in exercises if not is_open(each)))


class CellError(msgspec.Struct, frozen=True):
    """A statement at the top of a cell that raised an exception: where, both counted from 1, and what."""

    cell: int
    line: int
    message: str


class HandedIn(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whose a submission is as the platform tells it, when it came, and what lateness cost.

    ``layout`` is the platform's name here, ``name`` and ``ids`` the student's there. ``attempt`` counts from
    1 among ``attempts``; both are 0 where there was one. ``when`` is a date in ISO 8601, ``late_seconds`` how
    long after it was due, where both are known. ``penalty`` was taken from ``raw_score``; ``note`` says why.
    """

    layout: str = ""
    name: str = ""
    ids: list[str] = []
    attempt: int = 0
    attempts: int = 0
    when: str = ""
    late: bool = False
    late_seconds: float | None = None
    raw_score: float | None = None
    penalty: float = 0.0
    note: str = ""


class Report(msgspec.Struct, frozen=True):
    """All verdicts of one submission.

    ``sandbox`` is the level it ran at; ``source`` the file that was graded, ``errors`` where its code cells
    failed. ``notes`` are sentences about the submission as a whole (a cell that
    failed, a file that could not be read); ``output`` is what its code printed, cut to a few kilobytes.
    ``grader`` is the version of this program; ``rubric`` and ``submission`` are digests of what it was judged
    by, and of what was judged. Each of the three is empty where it is not known. ``handed_in`` says whose it
    is, and when it came. ``guesses`` is there where the rubric has points for them; ``score`` is the `total`,
    less what lateness costs.
    """

    homework: str
    student: str
    score: float
    max_score: float
    sandbox: str
    exercises: list[ExerciseReport]
    notes: list[str] = []
    output: str = ""
    source: str = ""
    errors: list[CellError] = []
    schema: int = SCHEMA
    grader: str = ""
    rubric: str = ""
    submission: str = ""
    handed_in: HandedIn | None = None
    guesses: Guesses = msgspec.UNSET


# More than any report has: what unpacks to more is none.
_MAX_REPORT = 1 << 26


class _Schema(msgspec.Struct):
    schema: int = SCHEMA


def to_json(report: Report) -> bytes:
    """The report as indented UTF-8 JSON, the contract described in docs/report.md."""
    return msgspec.json.format(msgspec.json.encode(report), indent=2)


def from_json(data: bytes) -> Report:
    """Read a report back.

    Raises
    ------
    msgspec.DecodeError
        When it is not a report of this schema.
    """
    try:
        schema = msgspec.json.decode(data, type=_Schema).schema
        if schema != SCHEMA:
            raise msgspec.DecodeError(f"its schema is {schema}, and this version reads schema {SCHEMA} only")
        return msgspec.json.decode(data, type=Report)
    except UnicodeDecodeError as error:
        raise msgspec.DecodeError(f"it is not UTF-8: {error.reason} at byte {error.start}") from None


def packed(report: Report) -> bytes:
    """The report as JSON, compressed; half characters in its texts become visible escapes."""
    try:
        data = msgspec.json.encode(report)
    except UnicodeEncodeError:
        data = msgspec.json.encode(_encodable(msgspec.to_builtins(report)))
    return zlib.compress(data, 3)


def unpacked(data: bytes) -> Report:
    """A report as it was packed.

    Raises
    ------
    msgspec.DecodeError
        When it is none.
    """
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(data, _MAX_REPORT)
    except zlib.error as error:
        raise msgspec.DecodeError(str(error)) from None
    if not unpacking.eof:
        raise msgspec.DecodeError("it has no end")
    return from_json(text)


def _encodable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {key: _encodable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_encodable(item) for item in value]
    return value
