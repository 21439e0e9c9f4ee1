"""A byte that changed in a ledger is told in a sentence, and what grading can mend it mends."""

import contextlib
import os
import random
import shutil
import sqlite3
from pathlib import Path

import pytest
from classes import RIGHT, WRONG, autograder, grade, mark, row, rows
from click.testing import CliRunner
from everyday import everyday

from autograder import views
from autograder.cli import main
from autograder.ledger import LedgerError, held, opened


def change(place: Path, statement: str, *values: object) -> None:
    with contextlib.closing(sqlite3.connect(place / "out" / "ledger.sqlite")) as connection:
        assert connection.execute(statement, values).rowcount > 0
        connection.commit()


def export(place: Path) -> None:
    """Read all that an export reads."""
    with opened(place / "out") as ledger:
        list(views.reports(ledger, ledger.insist_on_current()))


def flip(place: Path, rest: int) -> None:
    """Change a byte in the middle of every stored report, or of some."""
    with contextlib.closing(sqlite3.connect(place / "out" / "ledger.sqlite")) as connection:
        for k, (key, data) in enumerate(connection.execute("SELECT key, report FROM reports").fetchall()):
            if k % rest == 0:
                at = len(data) // 2
                wrong = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
                connection.execute("UPDATE reports SET report = ? WHERE key = ?", (wrong, key))
        connection.commit()


def test_a_report_that_is_not_as_it_was_written_is_told_and_judged_again(course: Path, place: Path) -> None:
    grade(course, place)
    before = rows(place)
    flip(place, 2)
    with pytest.raises(LedgerError, match=r"The ledger is damaged: .* the report .* judges again"):
        export(place)
    said = grade(course, place)
    assert "1 unchanged, 2 graded." in said
    assert "2 reports in the ledger were damaged and were judged again." in said
    assert rows(place) == before
    export(place)
    assert "were damaged" not in grade(course, place)


def test_giving_points_tells_of_a_report_that_is_damaged(course: Path, place: Path) -> None:
    grade(course, place)
    flip(place, 1)
    said = mark(place, "bo", "predict", 1, "--why", "x", status=1)
    assert "The ledger is damaged: " in said
    assert "Run `autograder grade` again" in said
    grade(course, place)
    assert row(place, "bo")["predict"] == "1"


BROKEN = [
    ("runs", "outline"),
    ("people", "ids"),
    ("people", "known_as"),
    ("people", "student"),
    ("attempts", "told"),
    ("attempts", "report"),
    ("reports", "digest"),
    ("reports", "report"),
    ("views", "files"),
    ("views", "line"),
    ("views", "inputs"),
    ("facts", "value"),
    ("marks", "known_as"),
]


@pytest.mark.parametrize(
    ("table", "column", "value"),
    everyday(((*where, value) for where in BROKEN for value in ("{broken", "[1, 2]", b"\xff\xfe", "")), 5),
)
def test_whatever_is_broken_is_a_sentence_and_grading_again_mends_it(
    course: Path, place: Path, graded: Path, table: str, column: str, value: object
) -> None:
    shutil.copytree(graded, place, dirs_exist_ok=True)
    change(place, f"UPDATE {table} SET {column} = ?", value)
    if (table, column) == ("facts", "value"):
        with pytest.raises(LedgerError, match=r"came to its end|damaged"):
            export(place)
    for words in (
        ("runs", place / "out"),
        ("set", "bo", "predict", "1", "--why", "x", "--graded", place / "out"),
        ("set", "bo", "predict", "--undo", "--graded", place / "out"),
    ):
        done = CliRunner().invoke(main, list(map(str, words)))
        assert isinstance(done.exception, SystemExit | None), (words, done.exception)
        assert done.exit_code == 0 or "Error: " in done.output
    grade(course, place)
    export(place)
    assert [each["score"] for each in rows(place)] == ["3", "0", "0"]
    autograder(course, "set", "bo", "predict", 2, "--why", "x", "--graded", place / "out")
    assert row(place, "bo")["predict"] == "2"


@pytest.fixture(scope="module")
def graded(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class that was graded, with a mark by hand for an exercise that was not written."""
    place = tmp_path_factory.mktemp("graded")
    (place / "in").mkdir()
    for name, text in (("ada", RIGHT), ("bo", WRONG), ("cy", WRONG)):
        (place / "in" / f"{name}.py").write_text(text)
    grade(course, place)
    mark(place, "cy", "predict", 0, "--why", "x")
    return place


@pytest.mark.parametrize("number", everyday(range(40), 8))
def test_a_byte_anywhere_is_a_sentence(place: Path, graded: Path, number: int) -> None:
    shutil.copytree(graded, place, dirs_exist_ok=True)
    path = place / "out" / "ledger.sqlite"
    data = bytearray(path.read_bytes())
    chosen = random.Random(number)
    for _ in range(20):
        data[chosen.randrange(len(data))] = chosen.randrange(256)
    path.write_bytes(data)
    for act in (lambda: export(place), lambda: marked(place)):
        with contextlib.suppress(LedgerError):
            act()


def marked(place: Path) -> None:
    with held(place / "out") as ledger:
        views.finish(ledger)
        current = ledger.insist_on_current()
        ledger.whose_marks(current)
        views.write(ledger, current)


@pytest.mark.parametrize("what", ["empty", "a link to nothing", "gone"])
def test_a_ledger_of_which_nothing_is_left_is_damaged_and_not_new(
    course: Path, place: Path, graded: Path, what: str
) -> None:
    shutil.copytree(graded, place, dirs_exist_ok=True)
    path = place / "out" / "ledger.sqlite"
    path.unlink()
    if what == "empty":
        path.touch()
    elif what == "a link to nothing":
        path.symlink_to(place / "nothing")
    else:
        (place / "out" / "ledger.sqlite-wal").write_bytes(b"x")
    said = grade(course, place, status=1)
    assert "The ledger is damaged: " in said
    assert "Bring it back from a copy, or move it away and grade again" in said
    assert ("nothing is where it leads" in said) == (what == "a link to nothing")
    assert "The ledger is damaged: " in autograder(course, "runs", place / "out", status=1)
    assert not (place / "nothing").exists()


def test_a_ledger_that_was_not_finished_is_made_anew(tmp_path: Path) -> None:
    for name in (".new-ledger.sqlite", ".new-ledger.sqlite-journal"):
        (tmp_path / name).write_bytes(os.urandom(5000))
    with held(tmp_path) as ledger:
        assert ledger.runs() == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ledger.lock", "ledger.sqlite"]


def test_a_ledger_that_lies_elsewhere_is_used(course: Path, place: Path) -> None:
    grade(course, place)
    (place / "out" / "ledger.sqlite").rename(place / "mine.sqlite")
    (place / "out" / "ledger.sqlite").symlink_to(place / "mine.sqlite")
    assert "3 unchanged, 0 graded." in grade(course, place)


def test_points_are_not_given_where_nothing_was_graded(tmp_path: Path) -> None:
    said = autograder(
        tmp_path, "set", "bo", "predict", 1, "--why", "x", "--graded", tmp_path / "no", status=2
    )
    assert "There is no ledger.sqlite in" in said
    assert not (tmp_path / "no").exists()
