"""From what was judged to what somebody has: which attempt counts, marks by hand, what lateness costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from autograder.ledger.rows import JudgedFile, Mark, Outline, Participant
from autograder.penalty import with_lateness
from autograder.report import (
    ByHand,
    ExerciseReport,
    HandedIn,
    Report,
    Status,
    Verdict,
    is_open,
    is_written,
    total,
)
from autograder.submission.lateness import LateRule

_NOTHING = "Nothing was handed in."


def standing(
    member: Participant,
    files: Sequence[tuple[JudgedFile, Report]],
    marks: Mapping[str, Mark],
    rule: LateRule | None,
) -> Report:
    """Somebody's report: of the attempt that earns most after what lateness costs; the first, on a tie.

    An attempt at which the grader failed comes first, so that no mark looks complete which is not.

    Parameters
    ----------
    member
        Whose report it is.
    files
        At least one, each with what was judged of it.
    marks
        By exercise: points that a person gave in place of the grader's.
    rule
        What lateness costs.
    """
    reports = [
        with_lateness(_with_marks(report, marks), file.told or HandedIn(), rule) for file, report in files
    ]
    best = max(reports, key=lambda report: (_has_faults(report), report.score))
    told = msgspec.structs.replace(best.handed_in or HandedIn(), name=member.name, ids=list(member.ids))
    return msgspec.structs.replace(best, student=member.student, handed_in=told)


def of_nothing(member: Participant, outline: Outline, marks: Mapping[str, Mark]) -> Report:
    """The report of somebody who handed in nothing, and was given marks by hand.

    Parameters
    ----------
    member
        Whose report it is.
    outline
        Of the homework.
    marks
        By exercise: points that a person gave.
    """
    exercises = [
        ExerciseReport(name, 0.0, points, "missing", [Verdict("", 0.0, points, _NOTHING)])
        for name, points in outline.exercises
    ]
    report = Report(outline.name, member.student, 0.0, outline.max_score, "", exercises, notes=[_NOTHING])
    told = HandedIn(name=member.name, ids=list(member.ids))
    return msgspec.structs.replace(_with_marks(report, marks), handed_in=told)


def _with_marks(report: Report, marks: Mapping[str, Mark]) -> Report:
    """The report with the points that a person gave."""
    if not any(exercise.name in marks for exercise in report.exercises):
        return report
    exercises = [
        _given(exercise, marks[exercise.name]) if exercise.name in marks else exercise
        for exercise in report.exercises
    ]
    return msgspec.structs.replace(report, score=total(exercises, report.guesses), exercises=exercises)


def _given(exercise: ExerciseReport, mark: Mark) -> ExerciseReport:
    points = min(max(0.0, mark.points), exercise.max_score)  # a rubric that changed may have fewer
    status: Status = exercise.status
    if points != exercise.score or is_open(exercise):
        status = "passed" if points >= exercise.max_score else "partial" if points > 0 else "failed"
    verdicts = exercise.verdicts
    if is_written(exercise):  # nothing but these points says how right it is
        verdicts = [msgspec.structs.replace(verdict, score=points) for verdict in verdicts]
    by_hand = ByHand(mark.why, exercise.score)
    return msgspec.structs.replace(exercise, score=points, status=status, verdicts=verdicts, by_hand=by_hand)


def _has_faults(report: Report) -> bool:
    return any(exercise.status == "grader_fault" for exercise in report.exercises)
