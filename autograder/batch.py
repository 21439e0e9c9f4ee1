"""Many submissions over several processes, each with a sandbox of its own; reports come as they are made."""

from __future__ import annotations

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

from autograder.course import load_homework
from autograder.grading import fault_report, grade_best
from autograder.homework import Homework
from autograder.penalty import with_lateness
from autograder.report import HandedIn, Report
from autograder.sandbox.host import Limits, Sandbox
from autograder.sandbox.levels import SandboxError
from autograder.submission import Candidates, Submission
from autograder.submission.lateness import LateRule

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
        for _ in range(2):
            try:
                sandbox = self._sandbox = self._sandbox or Sandbox(self._job.sandbox, self._job.limits)
                return Graded(candidates, self._best(homework, candidates, sandbox))
            except SandboxError:
                self.close()
            except Exception:  # one submission must not end the run
                _LOG.exception("the grader failed at %s", candidates.slug)
                self.close()
                break
        return Graded(candidates, fault_report(homework, candidates.student, self._job.sandbox))

    def _best(self, homework: Homework, candidates: Candidates, sandbox: Sandbox) -> Report:
        """The best of all attempts, after what lateness costs each of them."""
        reports = [
            with_lateness(grade_best(homework, submissions, sandbox, self._job.secret), told, self._job.late)
            for told, submissions in _attempts(candidates)
        ]
        return max(reports, key=lambda report: report.score)

    def close(self) -> None:
        """End the sandbox."""
        if self._sandbox is not None:
            self._sandbox.close()
            self._sandbox = None


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

    A worker that dies takes no result with it but that of the student in hand: all who were under way are
    tried once more at the end, each alone.

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
    if workers <= 1 or count <= 1:
        grader = Grader(job)
        try:
            yield from map(grader.grade, students)
        finally:
            grader.close()
        return
    if count >= _A_CLASS:
        for exercise in homework.exercises:
            exercise.rule.prepare()
    waiting = _Waiting(students)
    suspects: list[Candidates] = []
    while waiting:
        suspects += yield from _until_a_worker_dies(job, waiting, min(workers, count))
    for candidates in suspects:
        if (yield from _until_a_worker_dies(job, _Waiting([candidates]), 1)):
            yield Graded(candidates, fault_report(homework, candidates.student, job.sandbox))


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
    _grader = Grader(job)


def _grade(candidates: Candidates) -> Graded:
    assert _grader is not None
    return _grader.grade(candidates)
