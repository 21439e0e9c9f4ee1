"""Whatever stops a run, or a part of it: a sentence, whole views, and a ledger to go on from."""

import contextlib
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from classes import RIGHT, ROOT, grade, mark, names, row

from autograder import roll
from autograder.views import changing, writing


@pytest.fixture(autouse=True)
def interrupts() -> Iterator[None]:
    """Ctrl-C is heard: what runs in the background of a shell ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


PYTHON = (sys.executable, "-m", "autograder")
_make_all = writing._make_all


def making_until_killed(sheets: tuple, folder: Path) -> list:
    """Make a page, and then be ended from outside; in the process that coordinates make all."""
    if multiprocessing.parent_process() is None:
        return _make_all(sheets, folder)
    _make_all(sheets[:1], folder)
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere processes are not forked")
def test_pages_are_made_although_the_process_that_makes_them_is_ended(
    course: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_make_all", making_until_killed)
    monkeypatch.setattr(writing, "_FEW", 2)
    monkeypatch.setattr(writing, "_BATCH", 2)
    grade(course, place, "--workers", 2)
    assert names(place) == [["ada", "bo", "cy"]] * 3
    monkeypatch.undo()
    assert "Before" not in grade(course, place)  # what is shown is whole, and as the ledger knows it


def test_a_regrade_that_was_stopped_goes_on_with_the_rest(
    course: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grade(course, place)
    put_down = roll.Roll.put_down

    def stop(self: roll.Roll, *about: object) -> None:
        put_down(self, *about)
        raise KeyboardInterrupt

    monkeypatch.setattr(roll.Roll, "put_down", stop)
    said = grade(course, place, "--regrade", status=1)
    assert "Stopped: 1 of 3 are graded, and that is kept." in said
    assert "What" not in said.partition("to go on.")[2] or "is older" in said
    monkeypatch.undo()
    assert "1 unchanged, 2 graded." in grade(course, place, "--regrade")
    assert "unchanged" not in grade(course, place, "--regrade")


def test_another_regrade_does_not_go_on_with_one_that_was_stopped(
    course: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grade(course, place)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(roll.Roll, "put_down_absent", stop)
    grade(course, place, "--regrade", "bo", status=1)
    monkeypatch.undo()
    assert "unchanged" not in grade(course, place, "--regrade")


@pytest.mark.parametrize("request_to_stop", [signal.SIGINT, signal.SIGTERM])
def test_a_change_of_folders_is_finished_before_a_run_stops(
    course: Path, place: Path, monkeypatch: pytest.MonkeyPatch, request_to_stop: signal.Signals
) -> None:
    grade(course, place)
    (place / "in" / "bo.py").write_text(RIGHT)
    rename = os.rename

    def stop(*paths: Path) -> None:
        rename(*paths)
        signal.raise_signal(request_to_stop)

    monkeypatch.setattr(changing.os, "rename", stop)
    grade(course, place, status=1)
    monkeypatch.undo()
    assert row(place, "bo")["score"] == "3"
    assert ">3<" in "".join((place / "out" / "feedback" / "bo.html").read_text().split())
    assert not (place / "out" / ".new-views").exists()
    earlier = place / "out" / "earlier" / "run-1"
    assert sorted(path.name for path in earlier.iterdir()) == [
        "feedback",
        "grades.csv",
        "index.html",
        "reports",
    ]


@pytest.mark.parametrize("request_to_stop", [signal.SIGINT, signal.SIGTERM])
def test_a_request_to_stop_in_the_middle_is_a_sentence(
    course: Path, place: Path, monkeypatch: pytest.MonkeyPatch, request_to_stop: signal.Signals
) -> None:
    put_down = roll.Roll.put_down

    def stop(self: roll.Roll, *about: object) -> None:
        put_down(self, *about)
        for _ in range(3):
            signal.raise_signal(request_to_stop)

    monkeypatch.setattr(roll.Roll, "put_down", stop)
    handlers = [signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)]
    said = grade(course, place, status=1)
    assert "Stopped: 1 of 3 are graded, and that is kept. Run the same command to continue." in said
    assert [signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)] == handlers
    monkeypatch.undo()
    assert "1 unchanged, 2 graded." in grade(course, place)


class Asks:
    """Asks to stop where Python drops what is raised."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGINT)


def fork() -> None:
    """Begin a process, and wait until it is over."""
    pid = os.fork()
    if not pid:
        os._exit(0)
    os.waitpid(pid, 0)


forking: list[int] = []
os.register_at_fork(after_in_parent=lambda: forking and signal.raise_signal(forking.pop()))


@pytest.mark.parametrize("kind", ["finalizer", "fork", "a fork that has not begun"])
def test_a_request_that_python_drops_is_made_again(
    course: Path, place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], kind: str
) -> None:
    put_down = roll.Roll.put_down

    def stop(self: roll.Roll, *about: object) -> None:
        put_down(self, *about)
        if kind == "finalizer":
            Asks()
        elif kind == "fork":
            forking.append(signal.SIGTERM)
            fork()
        elif os.fork() == 0:
            signal.raise_signal(signal.SIGINT)
            os._exit(0)
        else:
            assert os.wait()[1] == 0
            signal.raise_signal(signal.SIGINT)
        time.sleep(60)

    monkeypatch.setattr(roll.Roll, "put_down", stop)
    said = grade(course, place, status=1)
    assert "Stopped: 1 of 3 are graded, and that is kept." in said
    assert capfd.readouterr().err == ""
    monkeypatch.undo()
    assert "1 unchanged, 2 graded." in grade(course, place)


def test_a_disk_that_fills_up_while_pages_are_written_is_told(
    course: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "page.html")

    grade(course, place)
    (place / "in" / "bo.py").write_text(RIGHT)
    monkeypatch.setattr("autograder.views.files.write", full)
    said = grade(course, place, status=1)
    assert f"{place / 'out'} is full: make room, and run the command again." in said
    assert "full" in mark(place, "bo", "predict", 1, "--why", "x", status=1)
    assert row(place, "bo")["score"] == "0"
    monkeypatch.undo()
    assert "3 unchanged" in grade(course, place)
    assert row(place, "bo")["predict"] == "1"


# --------------------------------------------------------------------------- as a process


def run(place: Path, *words: object, **more: object) -> subprocess.CompletedProcess[str]:
    command = [
        *PYTHON,
        "grade",
        "derivatives",
        place / "in",
        "--out",
        place / "out",
        "--workers",
        "2",
        *words,
    ]
    return subprocess.run(
        list(map(str, command)), cwd=ROOT, stderr=subprocess.PIPE, text=True, check=False, **more
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize(
    "words", [["--help"], ["runs", "{out}"], ["set", "bo", "predict", "1", "--why", "x"]]
)
def test_what_cannot_be_printed_is_told_without_a_traceback(
    course: Path, place: Path, words: list[str]
) -> None:
    grade(course, place)
    more = ["--graded", str(place / "out")] if words[0] == "set" else []
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [*PYTHON, *(word.format(out=place / "out") for word in words), *more],
            cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_run_whose_output_goes_nowhere_says_so(place: Path) -> None:
    with open("/dev/full", "w") as full:
        done = run(place, stdout=full)
    assert done.returncode == 1
    assert "What the command prints cannot be written, because the disk is full" in done.stderr
    assert "Traceback" not in done.stderr


def test_any_name_can_be_printed_on_a_terminal_of_one_script(place: Path) -> None:
    (place / "in" / "Zoë Žižek 李.py").write_text(RIGHT)
    done = run(place, stdout=subprocess.PIPE, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0, done.stderr
    assert "Zo\\xeb" in done.stdout
    assert done.stderr == ""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="it signals a process group")
@pytest.mark.parametrize("number", range(4))
def test_however_often_somebody_presses_ctrl_c_no_traceback_is_shown(place: Path, number: int) -> None:
    for k in range(20):
        shutil.copyfile(ROOT / "docs/demo/derivatives/jun.py", place / "in" / f"s{k}.py")
    command = [*PYTHON, "grade", "derivatives", place / "in", "--out", place / "out", "--workers", "2"]
    process = subprocess.Popen(
        list(map(str, command)), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True,
    )  # fmt: skip
    until = time.monotonic() + 60
    while not (place / "out" / "ledger.sqlite").exists() and time.monotonic() < until:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
    for _ in range(5):
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.02 + 0.1 * number)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
    text, _ = process.communicate(timeout=120)
    assert "Traceback" not in text, text
    assert "Exception" not in text, text
    assert process.returncode in (0, 1), text
