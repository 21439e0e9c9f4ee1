"""Many submissions over several processes, each with a sandbox of its own; reports come as they are made."""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import sys
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sized
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby, islice
from pathlib import Path

from autograder.budget import Allowance, SpentError, bounded, few_lines, limit_memory
from autograder.course import load_homework
from autograder.grading import fault_report, grade_best
from autograder.homework import Homework
from autograder.penalty import with_lateness
from autograder.report import ExerciseReport, HandedIn, Report, Verdict, grader_version
from autograder.sandbox.host import Limits, Sandbox
from autograder.sandbox.levels import SandboxError
from autograder.submission import Candidates, Submission
from autograder.submission.lateness import LateRule

# Seconds of the referee's own processor time for a student, for each that a submission may use.
_REFEREE_SECONDS = 2
# Bytes that a worker may take beside what it begins with: a few times what the largest results take.
_REFEREE_MEMORY = 1 << 30
# How much rather than others a worker is ended when the machine's memory is short (Linux).
_TO_BE_ENDED = 300
# So many will make most of the mistakes that there are: they are worked out once, before workers are forked.
_A_CLASS = 100
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """What a worker needs to know beside the submissions; small enough to be sent to it."""

    homework: str
    course: Path
    secret: bytes
    sandbox: str = "auto"
    limits: Limits = field(default_factory=Limits)
    late: LateRule | None = None


@dataclass(frozen=True)
class Graded:
    """One student's report."""

    candidates: Candidates
    report: Report


class Grader:
    """A homework and a sandbox, to grade one student after another."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._sandbox: Sandbox | None = None

    def grade(self, candidates: Candidates) -> Graded:
        """Grade a student; a sandbox that breaks down is replaced once, then the fault is ours."""
        homework = homework_of(self._job.homework, self._job.course)
        with few_lines():
            for _ in range(2):
                try:
                    return Graded(candidates, bounded(self._best(homework, candidates)))
                except SandboxError:
                    self.close()
                except Exception:  # one submission must not end the run
                    _LOG.exception("the grader failed at %s", candidates.slug)
                    self.close()
                    break
        return Graded(candidates, fault_report(homework, candidates.student, self._job.sandbox))

    def _best(self, homework: Homework, candidates: Candidates) -> Report:
        """The best of all attempts, after what lateness costs each of them; they share a student's time."""
        limits = self._job.limits
        allowance = Allowance(
            len(candidates.submissions), _REFEREE_SECONDS * limits.total_seconds, limits.whole_seconds
        )
        reports = [
            with_lateness(self._best_of(homework, submissions, allowance), told, self._job.late)
            for told, submissions in _attempts(candidates)
        ]
        return max(reports, key=lambda report: report.score)

    def _best_of(self, homework: Homework, submissions: list[Submission], allowance: Allowance) -> Report:
        """The best of what was handed in at one time; the first, on a tie."""
        reports = [self._judged(homework, submission, allowance) for submission in submissions]
        return max(reports, key=lambda report: report.score)

    def _judged(self, homework: Homework, submission: Submission, allowance: Allowance) -> Report:
        """The report of one file; where memory was short, it is tried once more when all is given back."""
        deadline = allowance.deadline()
        why = _TOO_LONG
        try:
            with allowance.next_file():
                for _ in range(2):
                    with contextlib.suppress(MemoryError):
                        return grade_best(homework, [submission], self._opened(deadline), self._job.secret)
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


_LOOK = "Look at what your functions return and how often they call others: about as much as is asked for."
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
    return Report(
        homework.name,
        submission.student,
        0.0,
        float(homework.max_score),
        level,
        exercises,
        [why],
        source=submission.source,
        grader=grader_version(),
        rubric=homework.digest,
        submission=submission.digest,
    )


def _attempts(candidates: Candidates) -> Iterator[tuple[HandedIn | None, list[Submission]]]:
    """The submissions of each time something was handed in."""
    if not candidates.handed_in:
        yield None, list(candidates.submissions)
        return
    pairs = zip(candidates.handed_in, candidates.submissions, strict=True)
    for told, several in groupby(pairs, key=lambda pair: pair[0]):
        yield told, [submission for _, submission in several]


def homework_of(name: str, course: Path) -> Homework:
    """A homework, loaded once a process, and again when its files have changed: a server lives long."""
    changed = tuple(path.stat().st_mtime_ns for path in sorted((course / "solutions" / name).glob("*.py")))
    return _homework(name, course, changed)


@lru_cache(maxsize=8)
def _homework(name: str, course: Path, changed: tuple[int, ...]) -> Homework:
    return load_homework(name, course)


class _Waiting:
    """Those who are not graded yet, read one after another."""

    def __init__(self, students: Iterable[Candidates]) -> None:
        self._students = iter(students)
        self._next: deque[Candidates] = deque()

    def __bool__(self) -> bool:
        if not self._next:
            self._next.extend(islice(self._students, 1))
        return bool(self._next)

    def take(self) -> Candidates:
        """The next one; there must be one."""
        return self._next.popleft()

    def put_back(self, candidates: Candidates) -> None:
        """It could not be given away."""
        self._next.append(candidates)


def grade_class(
    job: Job, students: Iterable[Candidates], workers: int = 1, count: int | None = None
) -> Iterator[Graded]:
    """Grade students, as many at a time as there are workers, and yield each as soon as it is done.

    Grading is done in workers, even where there is one: a worker that dies takes no result with it but that
    of the student in hand. All who were under way are tried once more at the end, each alone.

    Parameters
    ----------
    job
        What to grade by.
    students
        They are taken one after another, so that they may be read from disk then.
    workers
        How many processes.
    count
        How many students there are, where they have no length.
    """
    homework = homework_of(job.homework, job.course)  # derived once here, and inherited by the workers
    count = len(students) if isinstance(students, Sized) else count or workers
    workers = max(1, min(workers, count))
    if count >= _A_CLASS:
        for exercise in homework.exercises:
            exercise.rule.prepare()
    waiting = _Waiting(students)
    suspects: list[Candidates] = []
    while waiting:
        suspects += yield from _until_a_worker_dies(job, waiting, workers)
    for candidates in suspects:
        if (yield from _until_a_worker_dies(job, _Waiting([candidates]), 1)):
            yield Graded(candidates, fault_report(homework, candidates.student, job.sandbox))


class Worker:
    """A process that grades one student after another; where something ends it, another takes its place."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._pool: ProcessPoolExecutor | None = None

    def grade(self, candidates: Candidates) -> Graded:
        """Grade a student; if that ends the process twice, the report says that nobody could."""
        for _ in range(2):
            self._pool = self._pool or _pool(self._job, 1)
            try:
                return self._pool.submit(_grade, candidates).result()
            except BrokenProcessPool:
                self.close()
        homework = homework_of(self._job.homework, self._job.course)
        return Graded(candidates, fault_report(homework, candidates.student, self._job.sandbox))

    def close(self) -> None:
        """End the process."""
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None


def _until_a_worker_dies(
    job: Job, waiting: _Waiting, workers: int
) -> Generator[Graded, None, list[Candidates]]:
    """Grade those who wait; returns who was under way when a worker died, if one did."""
    running: dict[Future[Graded], Candidates] = {}
    with _pool(job, workers) as pool:
        try:
            while waiting or running:
                while len(running) < 2 * workers and waiting:
                    candidates = waiting.take()
                    try:
                        running[pool.submit(_grade, candidates)] = candidates
                    except BrokenProcessPool:
                        waiting.put_back(candidates)
                        raise
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    yield future.result()
                    del running[future]
        except BrokenProcessPool:
            pass
    return list(running.values())


def _pool(job: Job, workers: int) -> ProcessPoolExecutor:
    # forked workers inherit the derivations; BLAS has no threads here that a fork could break
    method = "fork" if sys.platform == "linux" else "spawn"
    context = multiprocessing.get_context(method)
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(job,))


# One grader a worker process: its sandbox outlives the tasks.
_grader: Grader | None = None


def _begin(job: Job) -> None:
    global _grader
    with contextlib.suppress(OSError):  # on Linux: when memory is short, a worker goes and not the run
        Path("/proc/self/oom_score_adj").write_text(str(_TO_BE_ENDED))
    limit_memory(_REFEREE_MEMORY)
    _grader = Grader(job)


def _grade(candidates: Candidates) -> Graded:
    assert _grader is not None
    return _grader.grade(candidates)
