"""Many students over an executor; who is lost with a worker is tried again, alone."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

from autograder.grader import Grader, Job, Work, faults, homework_of
from autograder.report import Report, packed, unpacked

# Batches on their way for each worker: one is judged while the next lies ready.
_AHEAD = 2
# So many will make most of the mistakes that there are: these are worked out before anyone is judged.
A_CLASS = 100


@dataclass(frozen=True)
class Made:
    """A report as a worker hands it over: packed, and what is looked at without unpacking it."""

    data: bytes
    submission: str
    complete: bool

    @property
    def report(self) -> Report:
        """Unpacked."""
        return unpacked(self.data)


@dataclass(frozen=True)
class Judged:
    """A student's reports, one for each file."""

    work: Work
    made: tuple[Made, ...]

    @property
    def reports(self) -> tuple[Report, ...]:
        """Unpacked, in the order of the files."""
        return tuple(each.report for each in self.made)


class Team(Protocol):
    """Workers, on this machine or on others."""

    @property
    def workers(self) -> int:
        """How many there are."""

    @property
    def batch(self) -> int:
        """How many students are sent at a time."""

    @property
    def told(self) -> Sequence[str]:
        """Lines for who grades: where it is done, and who cannot be used."""

    @property
    def lost(self) -> tuple[type[BaseException], ...]:
        """What a future raises whose worker is gone."""

    def executor(self, job: Job, workers: int, a_class: bool) -> AbstractContextManager[Executor]:
        """Begin with so many workers; where something goes wrong, no more work is begun.

        Parameters
        ----------
        job
            What to grade by.
        workers
            How many to begin: all, or one for students who are tried again.
        a_class
            Whether as many as `A_CLASS` are to be judged.
        """

    @property
    def judge(self) -> Callable[[list[Work]], list[tuple[Made, ...]]]:
        """What is submitted to the executor, with a batch."""


def judge_batch(grader: Grader, works: list[Work]) -> list[tuple[Made, ...]]:
    """The reports of a batch, as a worker hands them over.

    Parameters
    ----------
    grader
        The worker's own.
    works
        The students of the batch.

    Returns
    -------
    list of tuple
        For each student a report for each file.
    """
    return [tuple(map(made_of, grader.grade(work))) for work in works]


def made_of(report: Report) -> Made:
    """A report as it is handed over."""
    complete = all(exercise.status != "grader_fault" for exercise in report.exercises)
    return Made(packed(report), report.submission, complete)


def grade_all(job: Job, works: Iterable[Work], team: Team) -> Iterator[Judged]:
    """Judge students, and yield each as soon as its batch is done.

    A worker that dies takes no result with it but those of the students in hand: they are tried once more at
    the end, each alone.

    Parameters
    ----------
    job
        What to grade by.
    works
        They are taken one after another, so that they may be read from disk then.
    team
        Who grades.
    """
    waiting = _Waiting(works)
    suspects: list[Work] = []
    while waiting:
        suspects += yield from _until_workers_are_lost(job, waiting, team, team.workers, team.batch)
    for work in suspects:
        if (yield from _until_workers_are_lost(job, _Waiting([work]), team, 1, 1)):
            homework = homework_of(job.homework, job.course)
            yield Judged(work, tuple(map(made_of, faults(homework, work, job.sandbox))))


class _Waiting:
    """Those who are not judged yet, read one after another."""

    def __init__(self, works: Iterable[Work]) -> None:
        self._tasks = iter(works)
        self._next: deque[Work] = deque()

    def __bool__(self) -> bool:
        if not self._next:
            self._next.extend(islice(self._tasks, 1))
        return bool(self._next)

    def are(self, count: int) -> bool:
        """Whether there are so many; as many are read."""
        self._next.extend(islice(self._tasks, max(0, count - len(self._next))))
        return len(self._next) >= count

    def take(self, count: int) -> list[Work]:
        """The next ones; there must be one."""
        taken = [self._next.popleft()]
        while len(taken) < count and self:
            taken.append(self._next.popleft())
        return taken

    def put_back(self, works: list[Work]) -> None:
        """They could not be given away."""
        self._next.extendleft(reversed(works))


def _until_workers_are_lost(
    job: Job, waiting: _Waiting, team: Team, workers: int, size: int
) -> Generator[Judged, None, list[Work]]:
    """Judge those who wait; returns who was under way when workers were lost, if any were."""
    running: dict[Future[Any], list[Work]] = {}
    gone: tuple[type[BaseException], ...] = (*team.lost, CancelledError)
    lost: list[Work] = []
    broken = False
    with team.executor(job, workers, waiting.are(A_CLASS)) as executor:
        while running or (not (broken or lost) and waiting):
            while len(running) < _AHEAD * workers and not (broken or lost) and waiting:
                batch = waiting.take(size)
                try:
                    running[executor.submit(team.judge, batch)] = batch
                except team.lost:
                    waiting.put_back(batch)
                    broken = True
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                batch = running.pop(future)
                try:
                    made = future.result()
                except gone:
                    lost += batch
                    continue
                for work, reports in zip(batch, made, strict=True):
                    yield Judged(work, reports)
    return lost
