"""One student after another in one process, with a sandbox that outlives them."""

from __future__ import annotations

import contextlib
import logging
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from autograder.budget import Allowance, SpentError, bounded, few_lines
from autograder.committed import committed
from autograder.course import load_homework, sources
from autograder.grading import fault_report, grade
from autograder.homework import Homework
from autograder.report import ExerciseReport, Report, Verdict, grader_version, total
from autograder.sandbox.host import Limits, Sandbox
from autograder.sandbox.levels import SandboxError
from autograder.submission import Submission
from autograder.written import waiting

# Seconds of the referee's own processor time for a student, for each that a submission may use.
_REFEREE_SECONDS = 2
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """What a process needs to know beside the submissions; no secret is in it."""

    homework: str
    course: Path
    sandbox: str = "auto"
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True)
class Work:
    """A student's files that are to be judged.

    Parameters
    ----------
    slug
        The student's, by which results are known again.
    submissions
        The files; what they may cost is shared among them.
    secret
        What this student's probes are drawn from, see `autograder.secret.secret_of`.
    """

    slug: str
    submissions: tuple[Submission, ...]
    secret: bytes


class Grader:
    """A homework and a sandbox, to grade one student after another."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._sandbox: Sandbox | None = None

    def grade(self, work: Work) -> tuple[Report, ...]:
        """A report for each file; a sandbox that breaks down is replaced once, then the fault is ours."""
        homework = homework_of(self._job.homework, self._job.course)
        with few_lines():
            for _ in range(2):
                try:
                    return self._judged(homework, work)
                except SandboxError:
                    self.close()
                except Exception:  # one submission must not end the run
                    _LOG.exception("the grader failed at %s", work.slug)
                    self.close()
                    break
        return faults(homework, work, self._job.sandbox)

    def _judged(self, homework: Homework, work: Work) -> tuple[Report, ...]:
        limits = self._job.limits
        allowance = Allowance(
            len(work.submissions), _REFEREE_SECONDS * limits.total_seconds, limits.whole_seconds
        )
        return tuple(
            bounded(self._report(homework, submission, work.secret, allowance))
            for submission in work.submissions
        )

    def _report(
        self, homework: Homework, submission: Submission, secret: bytes, allowance: Allowance
    ) -> Report:
        """The report of one file; where memory was short, it is tried once more when all is given back."""
        deadline = allowance.deadline()
        why = _TOO_LONG
        try:
            with allowance.next_file():
                for _ in range(2):
                    with contextlib.suppress(MemoryError):
                        return grade(homework, submission, self._opened(deadline), secret)
                    self.close()
                why = _TOO_LARGE
        except SpentError:
            self.close()
        return _stopped(homework, submission, self._opened(deadline).level, why)

    def _opened(self, deadline: float) -> Sandbox:
        """The sandbox, a new one where there is none."""
        sandbox = self._sandbox = self._sandbox or Sandbox(self._job.sandbox, self._job.limits)
        sandbox.deadline = deadline
        return sandbox

    def close(self) -> None:
        """End the sandbox."""
        if self._sandbox is not None:
            self._sandbox.close()
            self._sandbox = None


def faults(homework: Homework, work: Work, level: str) -> tuple[Report, ...]:
    """Reports of files that the grader could not judge.

    Parameters
    ----------
    homework
        What was to be judged by.
    work
        Whose files they are.
    level
        Of the sandbox, as the reports tell it.
    """
    return tuple(fault_report(homework, submission, level) for submission in work.submissions)


_LOOK = "Look at what your functions return and how often they call others: the exercise needs far less."
_TOO_LONG = (
    f"Stopped at the limit: judging this file took more of the grader's processor time than it may. {_LOOK}"
)
_TOO_LARGE = f"Stopped at the limit: judging this file took more of the grader's memory than it may. {_LOOK}"


def _stopped(homework: Homework, submission: Submission, level: str, why: str) -> Report:
    """The report of a file whose judging took more of the grader's time or memory than a student may cost."""
    exercises = []
    for exercise in homework.exercises:
        titles = {check.name: check.title for check in exercise.rule.checks}
        verdicts = [
            Verdict(check, 0.0, float(points), why if k == 0 else "Not judged.", title=titles[check])
            for k, (check, points) in enumerate(exercise.points.items())
        ]
        exercises.append(ExerciseReport(exercise.function, 0.0, exercise.max_score, "timeout", verdicts))
    exercises += waiting(homework, submission)
    guesses = committed(homework, submission)
    return Report(
        homework.name,
        submission.student,
        total(exercises, guesses),
        float(homework.max_score),
        level,
        exercises,
        [why],
        source=submission.source,
        grader=grader_version(),
        rubric=homework.digest,
        submission=submission.digest,
        guesses=guesses,
    )


def homework_of(name: str, course: Path) -> Homework:
    """A homework, loaded once a process, and again when its files have changed: a server lives long.

    Parameters
    ----------
    name
        The homework's.
    course
        The folder that holds ``solutions/``.

    Raises
    ------
    HomeworkError
        As `autograder.course.load_homework` does.
    """
    files = tuple((path, path.stat().st_mtime_ns) for path in sources(name, course))
    return _homework(name, course, files)


@lru_cache(maxsize=8)
def _homework(name: str, course: Path, files: tuple[tuple[Path, int], ...]) -> Homework:
    return load_homework(name, course)
