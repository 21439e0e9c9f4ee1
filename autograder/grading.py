"""One submission and one homework make one report; pure but for the sandbox it is handed."""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

import msgspec
import numpy as np

from autograder.apart import Apart, in_circles, judged_apart, nesting
from autograder.committed import committed
from autograder.explaining import NOTES_SHOWN, given_by, handed_out, missing, notes_of, unstarted
from autograder.homework import GIVEN, Exercise, Homework
from autograder.judging import reading
from autograder.judging.rule import StandIn
from autograder.judging.trial import Finding, Trial, not_started, sentence
from autograder.report import (
    CellError,
    ExerciseReport,
    Report,
    Status,
    Verdict,
    grader_version,
    total,
    what_stays,
)
from autograder.sandbox.host import Code, Fault, Loaded, Outcome, Raised, Returned, Sandbox, Session
from autograder.sandbox.levels import SandboxError
from autograder.sandbox.places import without_places
from autograder.submission import Submission
from autograder.written import waiting

_T = TypeVar("_T")
_OUTPUT_SHOWN = 4000
# Statuses of what is judged again where it may call what is wrong, and of what somebody tried to write.
_WRONG = ("failed", "partial", "error")
_WRITTEN = (*_WRONG, "timeout")
_LOG = logging.getLogger(__name__)


def seed(secret: bytes, homework: str, exercise: str, student: str) -> int:
    """The seed of a student's probes: unguessable without the course's secret, the same at a regrade.

    Parameters
    ----------
    secret
        What the student's probes are drawn from: bytes that nobody else knows.
    homework, exercise
        Their names; no exercise for what the submission itself takes for chance.
    student
        As reports name people.
    """
    message = "\0".join((homework, exercise, student)).encode("utf-8", "surrogatepass")
    return int.from_bytes(hmac.digest(secret, message, hashlib.sha256)[:16])


def grade(homework: Homework, submission: Submission, sandbox: Sandbox, secret: bytes) -> Report:
    """Judge every exercise of a submission.

    Parameters
    ----------
    homework, submission
        What to judge by, and what.
    sandbox
        Where the submission's code runs.
    secret
        What the student's probes are drawn from: bytes that nobody else knows.

    Returns
    -------
    Report
        With one entry for each exercise, whatever the submission does.

    Raises
    ------
    SandboxError
        When the sandbox itself breaks down; the submission has no mark then.
    """
    if submission.problem is not None:
        reason = sentence(submission.problem)
        absent = [_absent(exercise, reason, "missing") for exercise in homework.exercises]
        return _report(homework, submission, sandbox, absent, [reason, *notes_of(submission, Loaded())])
    with sandbox.session(code_of(submission, homework, secret)) as session:
        notes = notes_of(submission, session.loaded)
        reports, depths, printed = _judge_all(homework, submission, session, secret)
        errors = [
            CellError(p.cell, p.line, p.message) for p in session.loaded.problems[:NOTES_SHOWN] if not p.file
        ]
        _explain(homework.exercises, reports, session)
        # from here on the submission may hear answers, and nothing but points is told: see `apart`
        judged = _judge_again(homework, submission, session, secret, reports, depths)
        return _report(homework, submission, sandbox, judged, notes, printed, errors)


def code_of(submission: Submission, homework: Homework, secret: bytes = b"") -> Code:
    """What the sandbox loads of a submission; what it takes for chance comes from the secret.

    Parameters
    ----------
    submission
        What was read.
    homework
        Has the functions that are asked for, and modules among its data.
    secret
        What the student's probes are drawn from; empty where nothing is graded.
    """
    stem = submission.source.rpartition("/")[2].rpartition(".")[0]
    return Code(
        submission.cells,
        GIVEN,
        homework.modules,
        submission.modules,
        submission.notebook,
        stem,
        tuple(exercise.function for exercise in homework.exercises),
        seed(secret, homework.name, "", submission.student) % (1 << 62),
    )


def fault_report(homework: Homework, submission: Submission, level: str) -> Report:
    """The report of a submission that the grader could not judge at all, at that level of the sandbox.

    Parameters
    ----------
    homework
        What was to be judged by.
    submission
        What could not be judged.
    level
        As the report tells it.
    """
    reports = [_grader_fault(exercise) for exercise in homework.exercises] + waiting(homework, submission)
    guesses = committed(homework, submission)
    return Report(
        homework.name,
        submission.student,
        total(reports, guesses),
        float(homework.max_score),
        level,
        reports,
        source=submission.source,
        grader=grader_version(),
        rubric=homework.digest,
        submission=submission.digest,
        guesses=guesses,
    )


def _judge_all(
    homework: Homework, submission: Submission, session: Session, secret: bytes
) -> tuple[dict[str, ExerciseReport], dict[str, int], str]:
    """The first reports by function, how deep lists lie in what each gave, and what was printed meanwhile."""
    begun = deque((e.function, _start(homework, e, submission, session, secret)) for e in homework.exercises)
    reports, depths = {}, {}
    while begun:  # they run while others are judged; what came of one that is judged is dropped
        function, finish = begun.popleft()
        reports[function], depths[function] = finish()
    return reports, depths, without_places(session.printed())


def _judge_again(
    homework: Homework,
    submission: Submission,
    session: Session,
    secret: bytes,
    first: Mapping[str, ExerciseReport],
    depths: Mapping[str, int],
) -> list[ExerciseReport]:
    """All reports, with a second judging of what may call another function that is wrong, or gives lists."""
    known = {e.function: stand_in for e in homework.exercises if (stand_in := e.rule.stand_in()) is not None}
    right = {e.function for e in homework.exercises if first[e.function].score >= e.max_score}
    listing = {name for name, it in known.items() if name in right and depths[name] > it.depth}
    wrong = {name: it for name, it in known.items() if name not in right or name in listing}
    order = [e.function for e in homework.exercises]

    def others(exercise: Exercise, later: bool) -> dict[str, StandIn]:
        """Those of no use: earlier ones, and of later ones those that somebody tried to write."""
        place = order.index(exercise.function)
        written = {name for name in order if first[name].status in _WRITTEN} | listing
        there = [name for name in order[place + 1 :] if later and name in written]
        return {name: wrong[name] for name in (*order[:place], *there) if name in wrong}

    def apart(exercise: Exercise, later: bool) -> Apart:
        report, names = first[exercise.function], others(exercise, later)
        if report.status not in _WRONG or not names:
            return Apart(report)
        judge = partial(_judge, homework, exercise, submission, session, secret)
        return judged_apart(report, names, session, judge, listing)

    found = {exercise.function: apart(exercise, later=True) for exercise in homework.exercises}
    circles = in_circles({name: each.called for name, each in found.items()})
    again = {e.function: apart(e, later=False) for e in homework.exercises if e.function in circles}
    return [(again.get(name) or found[name]).report for name in order]


def _judge(
    homework: Homework,
    exercise: Exercise,
    submission: Submission,
    session: Session,
    secret: bytes,
    bind: Mapping[str, Callable[..., Any]],
) -> ExerciseReport:
    """One exercise alone, while these names stand for callables of the referee's."""
    return _start(homework, exercise, submission, session, secret, bind)()[0]


def _start(
    homework: Homework,
    exercise: Exercise,
    submission: Submission,
    session: Session,
    secret: bytes,
    bind: Mapping[str, Callable[..., Any]] | None = None,
) -> Callable[[], tuple[ExerciseReport, int]]:
    """Send an exercise's calls on their way, on the student's own inputs."""
    random = np.random.default_rng(seed(secret, homework.name, exercise.function, submission.student))
    return _begin(exercise, Trial(exercise, session, random, bind or {}), homework, session, submission)


def _explain(exercises: Iterable[Exercise], reports: dict[str, ExerciseReport], session: Session) -> None:
    """Put the formulas that wrong functions compute into their reports. The process that tells them is good
    for nothing afterwards: it has met what traces, and may keep it."""
    wrong = [e for e in exercises if reports[e.function].status in ("failed", "partial")]
    readers = {e.function: reader for e in wrong if (reader := _guarded(partial(e.rule.reader, e)))}
    if not readers:
        return
    found = _guarded(lambda: reading.read(readers, session)) or {}
    for function, read in found.items():
        report = reports[function]
        verdicts = [
            msgspec.structs.replace(verdict, formula=its.formula)
            if (its := read.get(verdict.check)) and not its.is_right and verdict.score < verdict.max_score
            else verdict
            for verdict in report.verdicts
        ]
        reports[function] = msgspec.structs.replace(report, verdicts=verdicts)


def _begin(
    exercise: Exercise, trial: Trial, homework: Homework, session: Session, submission: Submission
) -> Callable[[], tuple[ExerciseReport, int]]:
    """Send an exercise's calls on their way, and return what makes its report of their outcomes, and tells
    how deep lists lie in what was returned."""
    if exercise.function not in session.loaded.functions:
        why = missing(exercise.function, homework, session.loaded, submission)
        return lambda: (_absent(exercise, why, "missing"), 0)
    if handout := handed_out(homework, session.loaded, submission):
        text = given_by(exercise.function, homework, handout)
        return lambda: (_absent(exercise, text, "missing"), 0)
    finish = _guarded(lambda: exercise.rule.begin(trial))
    if finish is None:
        return lambda: (_grader_fault(exercise), 0)

    def report() -> tuple[ExerciseReport, int]:
        judged = _guarded(finish)
        if judged is None:
            return _grader_fault(exercise), 0
        findings, outcomes = judged
        depth = max((nesting(each.value) for each in outcomes if isinstance(each, Returned)), default=0)
        return _judged(exercise, findings, outcomes, submission), depth

    return report


def _guarded(step: Callable[[], _T]) -> _T | None:
    """The step's result, or None where the grader itself made a mistake in it.

    Too little memory is none: `batch` knows what to do then.
    """
    try:
        with np.errstate(all="ignore"):  # the referee meets a student's infinities quietly
            return step()
    except (SandboxError, MemoryError):
        raise
    except Exception:
        _LOG.exception("the grader failed")
        return None


def _judged(
    exercise: Exercise, findings: Mapping[str, Finding], outcomes: Sequence[Outcome], submission: Submission
) -> ExerciseReport:
    if not_started(exercise.function, outcomes):
        hint = unstarted(exercise.function, submission)
        reason = f"Not written yet: it still raises NotImplementedError.{hint}"
        return _absent(exercise, reason, "not_started")
    titles = _titles(exercise)
    verdicts = [
        _verdict(check, titles[check], points, findings[check], exercise.credit)
        for check, points in exercise.points.items()
    ]
    score = sum(verdict.score for verdict in verdicts)
    status = _status(score, exercise.max_score, findings.values(), outcomes)
    return ExerciseReport(exercise.function, score, exercise.max_score, status, verdicts)


def _titles(exercise: Exercise) -> dict[str, str]:
    return {check.name: check.title for check in exercise.rule.checks}


def _verdict(check: str, title: str, points: float, finding: Finding, credit: Mapping[str, float]) -> Verdict:
    stays = 0.0 if finding.passed else credit.get(finding.misconception or "", 0.0)
    score = float(points) * (1.0 if finding.passed else stays)
    return Verdict(
        check,
        score,
        float(points),
        finding.message + what_stays(score, points),
        None if finding.passed else finding.misconception,
        finding.example,
        finding.curves,
        title=title,
    )


def _status(
    score: float, max_score: float, findings: Iterable[Finding], outcomes: Sequence[Outcome]
) -> Status:
    if score >= max_score:
        return "passed"
    if score > 0:
        return "partial"
    faults = [finding.fault for finding in findings if finding.fault is not None]
    if any(isinstance(fault, Fault) and fault.kind == "timeout" for fault in faults):
        return "timeout"
    ended = [o for o in outcomes if isinstance(o, Raised | Fault)]
    if ended and not any(isinstance(outcome, Returned) for outcome in outcomes):
        return "error"
    return "failed"


def _grader_fault(exercise: Exercise) -> ExerciseReport:
    """An exercise that could not be judged: its points stay in the maximum, and the mark is not complete."""
    text = "Not judged: the grader failed here, not you. The mark is not complete until this is graded again."
    verdict = Verdict("grader", 0.0, exercise.max_score, text)
    return ExerciseReport(exercise.function, 0.0, exercise.max_score, "grader_fault", [verdict])


def _absent(exercise: Exercise, message: str, status: Status) -> ExerciseReport:
    """No points on any check, and the reason on the first."""
    titles = _titles(exercise)
    verdicts = [
        Verdict(check, 0.0, float(points), message if k == 0 else "Not judged.", title=titles[check])
        for k, (check, points) in enumerate(exercise.points.items())
    ]
    return ExerciseReport(exercise.function, 0.0, exercise.max_score, status, verdicts)


def _report(
    homework: Homework,
    submission: Submission,
    sandbox: Sandbox,
    reports: list[ExerciseReport],
    notes: list[str],
    printed: str = "",
    errors: Sequence[CellError] = (),
) -> Report:
    reports = [*reports, *waiting(homework, submission)]
    guesses = committed(homework, submission)
    return Report(
        homework.name,
        submission.student,
        total(reports, guesses),
        float(sum(report.max_score for report in reports)),
        sandbox.level,
        reports,
        notes,
        printed[:_OUTPUT_SHOWN],
        submission.source,
        list(errors),
        grader=grader_version(),
        rubric=homework.digest,
        submission=submission.digest,
        guesses=guesses,
    )
