"""Workers on other machines: a Dask cluster, each of whose workers has sandboxes of its own.

What crosses the wire: the homework's files in ``solutions/``, students' files, what each student's probes are
drawn from, and reports. The course's secret stays where it is.
"""

from __future__ import annotations

import contextlib
import io
import queue
import secrets
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from distributed import Client, WorkerPlugin, get_worker
from distributed.scheduler import KilledWorker

from autograder.batch import Made, made_of
from autograder.errors import AutograderError
from autograder.grader import Job, Work, faults, homework_of
from autograder.own_code import JUDGES, code_digest
from autograder.sandbox import selftest
from autograder.sandbox.host import Sandbox
from autograder.sandbox.levels import SandboxError
from autograder.serving import DiedError, Served

# Students that are sent at a time: a task costs Dask a millisecond or two.
_BATCH = 50
# What a worker is asked for, so that those without a sandbox get nothing.
_RESOURCE = "autograder_sandbox"
_SECONDS_TO_CONNECT = 10


class ClusterError(AutograderError):
    """A cluster that cannot be used; the message says why, and what to do."""


@dataclass(frozen=True)
class Answer:
    """What a worker says of itself: how many sandboxes it has, at which level, or why it has none."""

    address: str
    threads: int
    level: str = ""
    problem: str = ""


class Sandboxes(WorkerPlugin):
    """A worker's part: the course's files, and as many judging processes as it has threads."""

    def __init__(self, name: str, job: Job, files: bytes, code: str) -> None:
        self.name = name
        self._job, self._files, self._code = job, files, code

    async def setup(self, worker: Any) -> None:
        """Begin: whoever cannot judge says why, and is asked for nothing."""
        self._folder = Path(tempfile.mkdtemp(prefix="autograder-"))
        self._free: queue.SimpleQueue[Served | None] = queue.SimpleQueue()
        self._threads = worker.state.nthreads
        for _ in range(self._threads):
            self._free.put(None)  # started when it is needed
        level, problem = self._tried()
        self.answer = Answer(worker.address, self._threads, level, problem)
        if not problem:
            await worker.set_resources(**{_RESOURCE: self._threads})

    def _tried(self) -> tuple[str, str]:
        if code_digest(*JUDGES) != self._code:
            return "", "it runs another version of the grader, of Python or of NumPy"
        with zipfile.ZipFile(io.BytesIO(self._files)) as archive:
            archive.extractall(self._folder)
        self._job = replace(self._job, course=self._folder)
        try:
            with Sandbox(self._job.sandbox, self._job.limits) as sandbox:
                selftest.insist(sandbox)
                return sandbox.level, ""
        except SandboxError as error:
            return "", str(error)

    def teardown(self, worker: Any) -> None:
        """End all processes."""
        while True:
            try:
                served = self._free.get_nowait()
            except queue.Empty:
                break
            if served is not None:
                served.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def judge(self, works: list[Work], level: str) -> list[tuple[Made, ...]]:
        """The reports of a batch; a work that ends its process twice gets a report that says so.

        Parameters
        ----------
        works
            The students of the batch.
        level
            Of the sandbox, the same on all workers.
        """
        job = replace(self._job, sandbox=level)
        served = self._free.get()
        try:
            done = []
            for work in works:
                for _ in range(2):
                    try:
                        served = served or Served(job)
                        done.append(served.judge(work))
                        break
                    except DiedError:
                        if served is not None:
                            served.close()
                        served = None
                else:
                    homework = homework_of(job.homework, job.course)
                    done.append(tuple(map(made_of, faults(homework, work, level))))
            return done
        finally:
            self._free.put(served)


def _judge(works: list[Work], *, name: str, level: str) -> list[tuple[Made, ...]]:
    """What a worker of the cluster runs."""
    sandboxes = get_worker().plugins[name]
    assert isinstance(sandboxes, Sandboxes)
    return sandboxes.judge(works, level)


def _answer(dask_worker: Any, name: str) -> Answer | None:
    plugin = dask_worker.plugins.get(name)
    return plugin.answer if plugin is not None else None


class Cluster:
    """A Dask cluster as a team; `joined` makes one."""

    def __init__(self, client: Client, address: str, name: str, answers: list[Answer], level: str) -> None:
        self._client, self._name = client, name
        self.answers = answers
        self.level = level
        self.workers = sum(answer.threads for answer in answers if not answer.problem)
        self.batch = _BATCH
        self.lost: tuple[type[BaseException], ...] = (KilledWorker,)
        used = [answer for answer in answers if not answer.problem]
        self.told = (
            f"Cluster   {address}: {len(used)} workers with {self.workers} sandboxes",
            *(f"Not used  {each.address}: {each.problem}" for each in answers if each.problem),
        )

    @property
    def judge(self) -> Callable[[list[Work]], list[tuple[Made, ...]]]:
        """What is submitted."""
        return partial(_judge, name=self._name, level=self.level)

    @contextmanager
    def executor(self, job: Job, workers: int, a_class: bool) -> Iterator[Executor]:
        """The cluster as an executor; what is under way is called off where something goes wrong.

        Parameters
        ----------
        job, workers, a_class
            Are not used: the workers began with the job when the cluster was joined.
        """
        executor = self._client.get_executor(pure=False, retries=3, resources={_RESOURCE: 1})
        try:
            yield executor
        except BaseException:
            executor.shutdown(wait=False)
            raise


@contextmanager
def joined(address: str, job: Job) -> Iterator[Cluster]:
    """Join a cluster, and begin sandboxes on each of its workers.

    Parameters
    ----------
    address
        Of the scheduler, as ``tcp://HOST:8786``.
    job
        Its level may be ``auto``: then it is the strongest that all workers with a sandbox have.

    Raises
    ------
    ClusterError
        When there is no scheduler, or no worker that can be used.
    """
    try:
        client = Client(address, timeout=_SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise ClusterError(
            f"There is no Dask scheduler at {address} ({error}): start one with `dask scheduler`, and "
            "workers with `dask worker`, see docs/scale.md."
        ) from None
    name = f"autograder-{secrets.token_hex(6)}"
    with contextlib.closing(client):
        client.register_plugin(Sandboxes(name, job, _files(job), code_digest(*JUDGES)), name)
        try:
            answers = [each for each in client.run(_answer, name=name).values() if each is not None]
            yield Cluster(client, address, name, answers, _level_of(answers, address))
        finally:
            with contextlib.suppress(OSError, TimeoutError):
                client.unregister_worker_plugin(name)


def _level_of(answers: list[Answer], address: str) -> str:
    """The strongest level that all workers with a sandbox have: reports tell it, and are to be the same."""
    levels = [answer.level for answer in answers if not answer.problem]
    if not levels:
        why = "; ".join(f"{each.address}: {each.problem}" for each in answers) or "it has no worker"
        raise ClusterError(f"No worker of {address} can be used: {why}. See docs/scale.md.")
    return "landlock" if "landlock" in levels else levels[0]


def _files(job: Job) -> bytes:
    """The homework's files as a zip: what a worker needs of the course."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted((job.course / "solutions").rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                archive.write(path, path.relative_to(job.course))
    return data.getvalue()
