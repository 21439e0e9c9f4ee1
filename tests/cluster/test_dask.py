"""A class graded by a Dask cluster: a real scheduler and two workers on loopback, one of which is killed."""

import contextlib
import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder import cluster, roll
from autograder.cli import main
from autograder.grader import Job
from autograder.secret import course_secret

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("dask")]

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "docs" / "demo" / "derivatives"
PEOPLE = 20


@dataclass
class Machines:
    """A scheduler and its workers, each a process."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]
    folder: Path

    def begin_worker(self, *words: str) -> None:
        """One more."""
        command = [sys.executable, "-m", "distributed.cli.dask_worker", self.address]
        self.workers.append(
            subprocess.Popen(
                [*command, "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1", *words],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=self.folder,
                start_new_session=True,
            )
        )

    def await_workers(self, count: int) -> None:
        """Until so many are there."""
        with cluster.Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=120)


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    folder = tmp_path_factory.mktemp("cluster")
    told = folder / "scheduler.json"
    scheduler = subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard",
         "--host", "127.0.0.1", "--scheduler-file", str(told)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
    )  # fmt: skip
    until = time.monotonic() + 120
    while not told.exists() or not told.read_text().strip():
        assert scheduler.poll() is None
        assert time.monotonic() < until
        time.sleep(0.05)
    machines = Machines(json.loads(told.read_text())["address"], scheduler, [], folder)
    try:
        for _ in range(2):
            machines.begin_worker()
        machines.await_workers(2)
        yield machines
    finally:
        for process in (*machines.workers, scheduler):
            process.terminate()
        for process in (*machines.workers, scheduler):
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(30)
            process.kill()


@pytest.fixture(scope="module")
def class_(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("class")
    files = sorted(path for path in DEMO.iterdir() if path.is_file())
    for k in range(PEOPLE):
        source = files[k % len(files)]
        shutil.copyfile(source, folder / f"student{k:02}{source.suffix}")
    return folder


def grade(class_: Path, out: Path, *words: str) -> str:
    arguments = ["--course", str(ROOT), "grade", "derivatives", str(class_), "--out", str(out), *words]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    return done.output


def shown(out: Path) -> dict[str, bytes]:
    places = [out / "grades.csv", *(out / "reports").iterdir(), *(out / "feedback").iterdir()]
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in places}


@pytest.fixture(scope="module")
def here(class_: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What this machine makes of the class."""
    out = tmp_path_factory.mktemp("here") / "out"
    grade(class_, out, "--workers", "2")
    return shown(out)


def test_a_cluster_makes_what_one_machine_does_to_the_byte(
    machines: Machines, class_: Path, here: dict[str, bytes], tmp_path: Path
) -> None:
    said = grade(class_, tmp_path / "out", "--dask", machines.address)
    assert "2 workers with 2 sandboxes" in said
    assert shown(tmp_path / "out") == here
    said = grade(class_, tmp_path / "out", "--dask", machines.address)
    assert f"{PEOPLE} unchanged, 0 graded." in said


def test_a_worker_that_is_killed_in_the_middle_takes_nothing_with_it(
    machines: Machines,
    class_: Path,
    here: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cluster, "_BATCH", 2)
    killed = threading.Event()
    put_down = roll.Roll.put_down

    def kill_one(self, *about) -> None:
        if not killed.is_set():
            killed.set()
            os.killpg(machines.workers[0].pid, signal.SIGKILL)
        put_down(self, *about)

    monkeypatch.setattr(roll.Roll, "put_down", kill_one)
    grade(class_, tmp_path / "out", "--dask", machines.address)
    assert killed.is_set()
    assert shown(tmp_path / "out") == here
    machines.workers[0].wait(30)
    machines.begin_worker()
    machines.await_workers(2)


def test_a_worker_without_a_sandbox_is_not_used(
    machines: Machines, class_: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "code_digest", lambda *_: "another version")
    done = CliRunner().invoke(
        main,
        ["--course", str(ROOT), "grade", "derivatives", str(class_), "--out", str(tmp_path / "out"), "--dask",
         machines.address],
    )  # fmt: skip
    assert done.exit_code == 1
    text = " ".join(done.output.split())
    assert "can be used" in text
    assert "it runs another version of the grader, of Python or of NumPy" in text
    assert not (tmp_path / "out").exists()


def test_no_secret_crosses_the_wire(
    machines: Machines, class_: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from distributed.protocol import pickle

    sent: list[bytes] = []
    dumps = pickle.dumps

    def listening(*about, **more):
        data = dumps(*about, **more)
        sent.append(bytes(data))
        return data

    monkeypatch.setattr(pickle, "dumps", listening)
    grade(class_, tmp_path / "out", "--dask", machines.address)
    secret = course_secret(ROOT)
    assert sent
    assert not any(secret in data or secret.hex().encode() in data for data in sent)


def test_where_no_scheduler_is_a_sentence_says_how_to_start_one(class_: Path, tmp_path: Path) -> None:
    for address in ("tcp://127.0.0.1:1", "nowhere", "tcp://127.0.0.1:port"):
        there_is_none = pytest.raises(cluster.ClusterError, match="There is no Dask scheduler at ")
        with there_is_none as told, cluster.joined(address, Job("derivatives", ROOT)):
            pass
        assert "`dask scheduler`, and workers with `dask worker`" in str(told.value)


def test_nothing_of_a_run_stays_on_the_workers(machines: Machines, class_: Path, tmp_path: Path) -> None:
    grade(class_, tmp_path / "out", "--dask", machines.address)
    with cluster.Client(machines.address, set_as_default=False) as client:
        left = client.run(lambda dask_worker: [name for name in dask_worker.plugins if "autograder" in name])
        assert set(map(tuple, left.values())) == {()}
    with open(tmp_path / "out" / "grades.csv", newline="") as file:
        assert len(list(csv.DictReader(file))) == PEOPLE
