"""What the class page knows of one person: small, and made when the person's own page is."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from autograder.feedback.axes import SAME, finite, off_scale
from autograder.feedback.words import check_name
from autograder.gradebook import Row
from autograder.report import OPEN, Curves, ExerciseReport, Report, Status, Verdict, what_stays

# Characters of a sentence, and points of a curve, that are kept.
_SENTENCE = 300
_POINTS = 48
# Curves of an exercise that are kept, and checks and mistakes.
_CURVES = 2
_MOST = 50
_UNTOUCHED: tuple[Status, ...] = ("passed", "not_started", "missing", *OPEN)

Losses = list[float | None]


class Named(msgspec.Struct, frozen=True, array_like=True):
    """A mistake that was recognised, and what it is in a sentence."""

    name: str
    sentence: str


class Marked(msgspec.Struct, frozen=True, array_like=True):
    """A check, what it is called, and its points."""

    check: str
    title: str
    score: float
    max_score: float


class Learning(msgspec.Struct, frozen=True, array_like=True):
    """A learning curve, a loss for each ``every`` steps; no ``student`` where it is the reference's."""

    title: str
    x_label: str
    y_label: str
    every: int
    reference: Losses
    student: Losses | None
    right: bool


class ExerciseGlance(msgspec.Struct, frozen=True, array_like=True):
    """One exercise of one person.

    ``outcome`` is what was seen first where points are lost and no mistake has a name.
    """

    name: str
    score: float
    max_score: float
    status: Status
    checks: list[Marked]
    mistakes: list[Named]
    outcome: str
    curves: list[Learning]
    by_hand: bool


class Glance(msgspec.Struct, frozen=True, array_like=True):
    """What is read from a person's report."""

    parts: list[ExerciseGlance]
    late_seconds: float | None = None


class Portrait(msgspec.Struct, frozen=True):
    """Somebody as the class page shows them: the line of the table, and where their page is.

    Without a glance there is no page, as nothing was handed in.
    """

    row: Row
    slug: str = ""
    glance: Glance | None = None


class Alike(msgspec.Struct, frozen=True, array_like=True):
    """Two people whose files are alike, and the share of their structure that is."""

    one: str
    other: str
    share: float


def glance_of(report: Report) -> Glance:
    """What the class page knows of a report; all its text is taken for hostile."""
    late = report.handed_in.late_seconds if report.handed_in else None
    return Glance([_part(exercise) for exercise in report.exercises], late)


def _part(exercise: ExerciseReport) -> ExerciseGlance:
    verdicts = exercise.verdicts[:_MOST]
    lost = [verdict for verdict in verdicts if verdict.score < verdict.max_score]
    mistakes = {
        verdict.misconception: _cut(told(_without_cost(verdict))) for verdict in lost if verdict.misconception
    }
    outcome = ""
    if lost and not mistakes and exercise.status not in _UNTOUCHED:
        outcome = _cut(lost[0].message)
    return ExerciseGlance(
        exercise.name,
        exercise.score,
        exercise.max_score,
        exercise.status,
        [Marked(each.check, check_name(each), each.score, each.max_score) for each in verdicts],
        [Named(name, sentence) for name, sentence in mistakes.items()],
        outcome,
        [_learning(each, each.curves) for each in verdicts if each.curves][:_CURVES],
        exercise.by_hand is not None,
    )


def told(message: str) -> str:
    """What a mistake is, of a message that begins with where it was seen.

    Examples
    --------
    >>> told("dw is wrong with 7 examples. It has the opposite sign.")
    'It has the opposite sign.'
    >>> told("It always gives the same order.")
    'It always gives the same order.'
    """
    _, _, rest = message.partition(". ")
    return rest or message


def _without_cost(verdict: Verdict) -> str:
    """The message without what the mistake cost this one student."""
    return verdict.message.removesuffix(what_stays(verdict.score, verdict.max_score))


def _learning(verdict: Verdict, curves: Curves) -> Learning:
    every = max(1, math.ceil(max(len(curves.reference), len(curves.student)) / _POINTS))
    reference = finite(curves.reference)
    student = finite(curves.student, off_scale(reference))
    return Learning(
        _cut(curves.title),
        _cut(curves.x_label),
        _cut(curves.y_label),
        every,
        _thinned(reference, every),
        None if _same(student, reference) else _thinned(student, every),
        verdict.score >= verdict.max_score,
    )


def _same(ours: Losses, theirs: Losses) -> bool:
    return len(ours) == len(theirs) and all(
        mine is not None and other is not None and abs(mine - other) <= SAME * abs(other)
        for mine, other in zip(ours, theirs, strict=True)
    )


def _thinned(losses: Sequence[float | None], every: int) -> Losses:
    return [loss if loss is None else float(f"{loss:.4g}") for loss in losses[::every]]


def _cut(text: str) -> str:
    return text if len(text) <= _SENTENCE else f"{text[:_SENTENCE]}…"
