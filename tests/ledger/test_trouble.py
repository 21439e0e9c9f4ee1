"""A folder that another run has, a full disk, a damaged ledger: told before anything is graded."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import ordinary_user
import pytest

from autograder.ledger import (
    JudgedFile,
    LedgerError,
    NewReport,
    Outline,
    Participant,
    Record,
    RunFacts,
    held,
    opened,
)
from autograder.report import ExerciseReport, Report, packed, unpacked

FACTS = RunFacts(Outline("h", "H", [("f", 2.0)]), "rubric", "judge", "in", "plain", "none")


def report(score: float = 1.0, status: str = "partial") -> Report:
    return Report("h", "ada", score, 2.0, "none", [ExerciseReport("f", score, 2.0, status, [])])


def new(key: str, made: Report | None = None) -> NewReport:
    made = made or report()
    complete = all(each.status != "grader_fault" for each in made.exercises)
    return NewReport(key, "s", complete, packed(made))


def hand_in(name: str, *keys: str) -> Record:
    return Record(name, (Participant(name, name),), tuple(map(JudgedFile, keys)))


def fill(folder: Path, *names: str) -> None:
    with held(folder) as ledger:
        run = ledger.begin(FACTS)
        for name in names:
            ledger.add(run, hand_in(name, f"key of {name}"), [new(f"key of {name}")])
        ledger.end(run, len(names), 0)


def test_the_second_run_says_who_has_the_folder(tmp_path: Path) -> None:
    with held(tmp_path / "out"):
        with pytest.raises(LedgerError, match="in use by another run") as refused, held(tmp_path / "out"):
            pass
        assert f"process {os.getpid()} on " in str(refused.value)
    with held(tmp_path / "out"):
        pass


def test_whoever_reads_meanwhile_is_not_kept_out(tmp_path: Path) -> None:
    fill(tmp_path, "ada")
    with held(tmp_path) as ledger, opened(tmp_path) as read:
        ledger.begin(FACTS)
        assert [run.number for run in read.runs() if run.ended] == [1]


def test_a_run_that_did_not_end_leaves_its_reports_and_nothing_else(tmp_path: Path) -> None:
    with contextlib.suppress(ZeroDivisionError), held(tmp_path) as ledger:
        run = ledger.begin(FACTS)
        ledger.add(run, hand_in("ada", "key of ada"), [new("key of ada")])
        raise ZeroDivisionError
    with held(tmp_path) as ledger:
        assert ledger.current() is None
        with pytest.raises(LedgerError, match="came to its end"):
            ledger.insist_on_current()
        assert ledger.is_known("key of ada")
        ledger.begin(FACTS)
        assert [len(ledger.runs()), list(ledger.people(1))] == [1, []]


def test_a_report_that_is_not_complete_is_not_known(tmp_path: Path) -> None:
    with held(tmp_path) as ledger:
        run = ledger.begin(FACTS)
        ledger.add(run, hand_in("ada", "a"), [new("a", report(0.0, "grader_fault"))])
        assert not ledger.is_known("a")
        ledger.add(run, hand_in("bo", "a"), [new("a")])
        assert ledger.is_known("a")
        assert unpacked(ledger.packed_report("a")) == report()


def test_somebody_in_two_hand_ins_has_one_row_and_both_count(tmp_path: Path) -> None:
    member = Participant("ada", "ada")
    with held(tmp_path) as ledger:
        run = ledger.begin(FACTS)
        ledger.add(run, Record("ada", (member,), (JudgedFile("1"),)), [new("1")])
        ledger.add(run, Record("team", (member, Participant("bo", "bo")), (JudgedFile("2"),)), [new("2")])
        assert [each.slug for each in ledger.people(run)] == ["ada", "bo"]
        assert [each.key for each in ledger.entry(run, "ada").files] == ["1", "2"]
        assert [each.key for each in ledger.entry(run, "bo").files] == ["2"]


def test_any_text_can_be_kept(tmp_path: Path) -> None:
    name = "\ud800\0='\""
    with held(tmp_path) as ledger:
        run = ledger.begin(FACTS)
        ledger.add(run, Record("x", (Participant(name, "x", name, (name,)),)))
        (found,) = ledger.people(run)
    assert found.student == "\\ud800\0='\""
    assert found.ids == ("\\ud800\0='\"",)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:1000],
        lambda data: data[: len(data) // 2],
        lambda data: b"hello" * 1000,
        lambda data: data[:100] + bytes(4000) + data[4100:],
        lambda data: data[:8192] + os.urandom(8192) + data[16384:],
    ],
    ids=["empty", "cut", "half", "text", "zeros", "noise"],
)
def test_a_damaged_ledger_is_told_before_anything_is_graded(tmp_path: Path, damage) -> None:
    fill(tmp_path, *(f"student{k}" for k in range(50)))
    path = tmp_path / "ledger.sqlite"
    data = damage(path.read_bytes())
    path.write_bytes(data)
    with pytest.raises(LedgerError, match=r"damaged|not a ledger"), opened(tmp_path):
        pass
    with pytest.raises(LedgerError, match=r"damaged|not a ledger") as refused, held(tmp_path):
        pass
    assert str(path) in str(refused.value)
    assert path.read_bytes() == data


def test_what_is_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder" / "ledger.sqlite").mkdir(parents=True)
    for place in (tmp_path / "file", tmp_path / "file" / "out", tmp_path / "folder"):
        with pytest.raises(LedgerError, match="another output folder"), held(place):
            pass


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that everybody may look into, which pytest's are not."""
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        yield Path(place)


PROGRAM = """
from pathlib import Path
from autograder.ledger import held, LedgerError
try:
    with held(Path({place!r})):
        print("held")
except LedgerError as error:
    print(error)
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="root alone can become somebody else")
@pytest.mark.parametrize("what", ["folder", "ledger.sqlite", "above"])
def test_a_folder_that_cannot_be_written_is_told(open_to_all: Path, what: str) -> None:
    out = open_to_all / "out"
    fill(out, "ada")
    if what == "above":
        shutil.rmtree(out)
    elif what == "ledger.sqlite":
        out.chmod(0o777)
        (out / "ledger.lock").chmod(0o666)
        (out / what).chmod(0o444)
    done = subprocess.run(
        ordinary_user.command(PROGRAM.format(place=str(out))),
        user=ordinary_user.NOBODY,
        group=ordinary_user.NOBODY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "cannot be" in done.stdout, done
    assert done.stderr == ""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of six megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no disk of its own size can be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


@pytest.mark.skipif(sys.platform != "linux", reason="it mounts a tmpfs")
def test_a_disk_that_is_nearly_full_is_told_at_once(small_disk: Path) -> None:
    (small_disk / "ballast").write_bytes(bytes(4 << 20))
    with pytest.raises(LedgerError, match=r"has room for .* KB only: make room"), held(small_disk / "out"):
        pass


@pytest.mark.skipif(sys.platform != "linux", reason="it mounts a tmpfs")
def test_a_disk_that_fills_up_stops_the_run_and_keeps_what_was_graded(small_disk: Path) -> None:
    out = small_disk / "out"
    noise = os.urandom(60_000).hex()
    big = packed(
        Report("h", "ada", 1.0, 2.0, "none", [ExerciseReport("f", 1.0, 2.0, "partial", [])], [noise])
    )

    def fill_up() -> None:
        with held(out) as ledger:
            run = ledger.begin(FACTS)
            for number in range(10_000):
                ledger.add(
                    run, hand_in(f"s{number}", f"k{number}"), [NewReport(f"k{number}", "s", True, big)]
                )
                ledger.commit()

    with pytest.raises(LedgerError, match="is full: make room, and run the command again"):
        fill_up()
    with contextlib.closing(sqlite3.connect(out / "ledger.sqlite")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (kept,) = connection.execute("SELECT COUNT(*) FROM reports").fetchone()
    assert 20 < kept < 200


READER = """
from pathlib import Path
from autograder import views
from autograder.ledger import held, opened, LedgerError
place = Path({place!r})
try:
    with opened(place) as ledger:
        print([run.number for run in ledger.runs()], len(list(ledger.people(1))))
except LedgerError as error:
    print(error)
try:
    with held(place):
        print("held")
except LedgerError as error:
    print(error)
"""


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="root alone can become somebody else")
@pytest.mark.parametrize("while_it_is_written", [False, True])
def test_who_may_only_read_reads(open_to_all: Path, while_it_is_written: bool) -> None:
    out = open_to_all / "out"
    fill(out, "ada", "bo")
    with held(out) if while_it_is_written else contextlib.nullcontext():
        for path in out.iterdir():
            path.chmod(0o644)
        done = as_nobody(READER.format(place=str(out)))
    lines = done.stdout.splitlines()
    assert lines[0] == "[1] 2"
    assert "cannot be written" in lines[1]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="root alone can become somebody else")
@pytest.mark.parametrize("what", [".", "ledger.sqlite"])
def test_who_may_not_even_read_is_told_so(open_to_all: Path, what: str) -> None:
    out = open_to_all / "out"
    fill(out, "ada")
    (out / what).chmod(0o600)
    done = as_nobody(READER.format(place=str(out)))
    assert "cannot be read" in done.stdout.splitlines()[0]
    assert "ask its owner for the right to read it" in done.stdout.splitlines()[0]


def as_nobody(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ordinary_user.command(program),
        user=ordinary_user.NOBODY,
        group=ordinary_user.NOBODY,
        capture_output=True,
        text=True,
        check=True,
    )
