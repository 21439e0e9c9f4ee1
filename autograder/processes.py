"""Workers on this machine: processes, each with a sandbox of its own."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from typing import Any, TypeVar

from autograder.batch import Made, judge_batch
from autograder.budget import limit_memory
from autograder.grader import Grader, Job, Work, faults, homework_of
from autograder.report import Report

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
# Bytes that a worker may take beside what it begins with: a few times what the largest results take.
_REFEREE_MEMORY = 1 << 30
# Seconds in which a process that was killed is gone, on any machine.
_GONE = 5.0
# How much rather than others a worker is ended when the machine's memory is short (Linux).
_TO_BE_ENDED = 300
# Forked workers inherit the derivations; BLAS has no threads here that a fork could break.
_CONTEXT = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


@dataclass(frozen=True)
class Processes:
    """Processes of this machine.

    Parameters
    ----------
    workers
        How many.
    """

    workers: int = 1
    batch: int = 1
    lost: tuple[type[BaseException], ...] = (BrokenProcessPool,)
    told: tuple[str, ...] = ()

    @property
    def judge(self) -> Callable[[list[Work]], list[tuple[Made, ...]]]:
        """What is submitted."""
        return _judge

    @contextmanager
    def executor(self, job: Job, workers: int, a_class: bool = False) -> Iterator[Executor]:
        """Begin so many processes; at the end they are gone, at once where something went wrong.

        Parameters
        ----------
        job
            What each of them needs to know before it judges.
        workers
            How many.
        a_class
            Whether all wrong formulas are worked out here, and inherited.
        """
        homework = homework_of(job.homework, job.course)  # derived once here, and inherited
        if a_class:
            homework.prepare()
        with pool(workers, _begin, job, _cores_for(workers)) as executor:
            yield executor


class Worker:
    """A process that judges one student after another; where something ends it, another takes its place."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._running = contextlib.ExitStack()
        self._executor: Executor | None = None

    def judge(self, work: Work) -> tuple[Report, ...]:
        """A report for each file; if one ends the process twice, they say that nobody could judge them."""
        for _ in range(2):
            if self._executor is None:
                self._executor = self._running.enter_context(Processes().executor(self._job, 1))
            try:
                (made,) = self._executor.submit(_judge, [work]).result()
                return tuple(each.report for each in made)
            except BrokenProcessPool:
                self.close()
        return faults(homework_of(self._job.homework, self._job.course), work, self._job.sandbox)

    def close(self) -> None:
        """End the process."""
        self._running.close()
        self._executor = None


def cores() -> list[int]:
    """The numbers of the cores that this process may use, on a cluster often fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return sorted(os.sched_getaffinity(0))
    return list(range(os.cpu_count() or 1))


@contextmanager
def pool(workers: int, begin: Callable[..., None] | None = None, *about: Any) -> Iterator[Executor]:
    """Processes that end with this one, whatever ends it; where something goes wrong here, at once.

    Parameters
    ----------
    workers
        How many.
    begin, about
        What each does first, and its arguments.
    """
    before = set(multiprocessing.active_children())
    executor = ProcessPoolExecutor(
        workers,
        mp_context=_CONTEXT,
        initializer=_attach,
        initargs=(os.getpid(), begin, about),
    )
    try:
        yield executor
        executor.shutdown()
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        ours = set(multiprocessing.active_children()) - before
        for process in ours:
            process.kill()  # and a sandbox dies with its process
        for process in ours:
            process.join(_GONE)
        raise


def spread(
    executor: Executor, function: Callable[[_Item], _Result], items: Iterable[_Item], ahead: int
) -> Iterator[_Result]:
    """The results of all items in their order; no more than `ahead` are on their way at a time.

    Parameters
    ----------
    executor
        Runs the function.
    function
        Makes a result of an item; it and all items can be pickled.
    items
        Taken one after another, as results are asked for.
    ahead
        Items that wait or run at a time, at most.
    """
    running: deque[Future[_Result]] = deque()
    for item in items:
        running.append(executor.submit(function, item))
        if len(running) >= ahead:
            yield running.popleft().result()
    while running:
        yield running.popleft().result()


def _attach(parent: int, begin: Callable[..., None] | None, about: tuple[Any, ...]) -> None:
    """Let this process end with its parent, and leave Ctrl-C to that."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform == "linux":
        from autograder.sandbox.inside.lockdown import PR_SET_PDEATHSIG, prctl

        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
    if begin is not None:
        begin(*about)


# One grader a process: its sandbox outlives the works.
_grader: Grader | None = None


def _begin(job: Job, free: SimpleQueue[int] | None) -> None:
    """What each process that judges does first."""
    global _grader
    settle()
    if free is not None:
        _keep_to_a_core(free)
    _grader = Grader(job)


def _cores_for(workers: int) -> SimpleQueue[int] | None:
    """A core for each worker, where they fill the machine; None where some core would be left over."""
    known = cores()
    if not hasattr(os, "sched_setaffinity") or workers < len(known):
        return None
    queue: SimpleQueue[int] = _CONTEXT.SimpleQueue()
    for k in range(workers):
        queue.put(known[k % len(known)])
    return queue


def _keep_to_a_core(free: SimpleQueue[int]) -> None:
    """Let this process and the sandbox that it begins run on one core: mostly one waits for the other, and
    to wake up another core each time takes longer."""
    with contextlib.suppress(OSError):  # where a container took that core away, any will do
        os.sched_setaffinity(0, {free.get()})


def settle() -> None:
    """Let this process rather end than others where memory is short, and take no more than it needs."""
    with contextlib.suppress(OSError):  # on Linux
        Path("/proc/self/oom_score_adj").write_text(str(_TO_BE_ENDED))
    limit_memory(_REFEREE_MEMORY)


def _judge(works: list[Work]) -> list[tuple[Made, ...]]:
    assert _grader is not None
    return judge_batch(_grader, works)
