"""A run that is ended at any instant, by anybody, loses at most what was in hand; the next one goes on."""

import contextlib
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "docs" / "demo" / "derivatives"
PEOPLE = 24
# A name in the environment by which all processes of a run are found.
MARK = "AUTOGRADER_TEST_OF_KILLS"


@pytest.fixture(scope="module")
def class_(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class of copies of the demonstration's files."""
    folder = tmp_path_factory.mktemp("class")
    files = sorted(path for path in DEMO.iterdir() if path.is_file())
    for k in range(PEOPLE):
        source = files[k % len(files)]
        shutil.copyfile(source, folder / f"student{k:02}{source.suffix}")
    return folder


def begin(class_: Path, out: Path, mark: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "autograder", "grade", "derivatives", class_, "--out", out, "--workers", "2"],
        cwd=ROOT,
        env={**os.environ, MARK: mark},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def whole(class_: Path, out: Path, mark: str) -> str:
    """The output of a run that nobody disturbs."""
    process = begin(class_, out, mark)
    text, _ = process.communicate(timeout=300)
    assert process.returncode == 0, text
    return text


def shown(out: Path) -> dict[str, bytes]:
    """All that people read of a class."""
    folders = (out / "reports", out / "feedback")
    places = [out / "grades.csv", out / "index.html", *(path for each in folders for path in each.iterdir())]
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in places}


def reports(out: Path) -> set[str]:
    """The keys of all reports in a ledger."""
    if not (out / "ledger.sqlite").exists():
        return set()
    with contextlib.closing(sqlite3.connect(out / "ledger.sqlite")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        if not connection.execute("SELECT * FROM sqlite_master").fetchall():
            return set()
        return {key for (key,) in connection.execute("SELECT key FROM reports WHERE complete")}


def processes(mark: str) -> Iterator[tuple[int, str]]:
    """Processes of a run, each with what it was started as."""
    for place in Path("/proc").iterdir():
        if place.name.isdecimal():
            with contextlib.suppress(OSError):
                if f"{MARK}={mark}".encode() in (place / "environ").read_bytes().split(b"\0"):
                    yield int(place.name), (place / "cmdline").read_bytes().replace(b"\0", b" ").decode()


def zygotes(of: set[int]) -> set[int]:
    """What the workers started: sandboxes have an environment of their own."""
    found = set()
    for place in Path("/proc").iterdir():
        if place.name.isdecimal():
            with contextlib.suppress(OSError, IndexError):
                parent = int((place / "stat").read_text().rpartition(")")[2].split()[1])
                if parent in of and int(place.name) not in of:
                    found.add(int(place.name))
    return found


def end(way: str, process: subprocess.Popen[str], mark: str, chosen: random.Random) -> set[int]:
    """End a part of a run; returns the sandboxes that there were."""
    ours = {number for number, _ in processes(mark)}
    boxes = zygotes(ours)
    workers = sorted(ours - {process.pid})
    with contextlib.suppress(ProcessLookupError):
        if way == "group":
            os.killpg(process.pid, signal.SIGKILL)
        elif way in ("worker", "zygote"):
            some = workers if way == "worker" else sorted(boxes)
            if some:
                os.kill(chosen.choice(some), signal.SIGKILL)
        else:
            process.send_signal(getattr(signal, way))
    return boxes


WAYS = ("SIGKILL", "group", "worker", "zygote", "SIGINT", "SIGTERM")
INSTANTS = [
    pytest.param(way, number, marks=[pytest.mark.thorough] if number else [])
    for number in range(9)
    for way in WAYS
]


@pytest.fixture(scope="module")
def undisturbed(class_: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], float]:
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    began = time.monotonic()
    whole(class_, out, "undisturbed")
    return shown(out), time.monotonic() - began


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="it looks for processes in /proc")
@pytest.mark.parametrize(("way", "number"), INSTANTS)
def test_whoever_ends_a_run_at_any_instant_the_next_one_goes_on(
    class_: Path, tmp_path: Path, undisturbed: tuple[dict[str, bytes], float], way: str, number: int
) -> None:
    wanted, seconds = undisturbed
    out, mark = tmp_path / "out", f"{way}{number}{os.getpid()}"
    chosen = random.Random(f"{way}{number}")
    process = begin(class_, out, mark)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(chosen.uniform(0.2, 1.0) * seconds)
    boxes = end(way, process, mark, chosen)
    text, _ = process.communicate(timeout=300)
    if way in ("worker", "zygote"):
        assert process.returncode == 0, text
        assert shown(out) == wanted
    elif way in ("SIGINT", "SIGTERM") and process.returncode > 0:
        assert "Traceback" not in text
    await_the_end_of(mark, boxes)
    kept = reports(out)
    if (out / "grades.csv").exists():
        assert shown(out) == wanted
    text = whole(class_, out, mark)
    assert shown(out) == wanted
    found = re.search(r"(\d+) unchanged, (\d+) graded", text)
    unchanged, graded = map(int, found.groups()) if found else (0, PEOPLE)
    assert (unchanged, graded) == (len(kept), PEOPLE - len(kept))
    assert kept < reports(out) or kept == reports(out)
    assert len(reports(out)) == PEOPLE
    assert sorted(path.name for path in out.iterdir() if path.name.startswith(".")) == []


def await_the_end_of(mark: str, boxes: set[int]) -> None:
    """Until no process of a run is left; they end by themselves, at once."""
    until = time.monotonic() + 60
    while left := [*processes(mark), *(box for box in boxes if is_alive(box))]:
        assert time.monotonic() < until, left
        time.sleep(0.02)


def is_alive(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False
