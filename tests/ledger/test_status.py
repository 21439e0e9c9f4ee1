"""The exit status: 0 when all is graded, 1 when something failed or is in the way, 2 for a wrong command."""

from pathlib import Path

import pytest
from classes import autograder, grade, mark, rows
from click.testing import CliRunner

from autograder.cli import main
from autograder.ledger import held


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--regrade", "nobody"], "Nobody in"),
        (["--no-such-option"], "No such option"),
        (["--layout", "canvas"], "none of its names fits"),
        (["--inside", "nothing"], "There is no folder 'nothing' in it"),
        (["--roster", "nothing.csv"], "The roster nothing.csv cannot be read"),
        (["--due", "soon"], "is not a date"),
        (["--late", "a lot"], "cannot be read"),
        (["--late", "10% a day"], "needs --due"),
        (["--workers", "many"], "many"),
        (["--out", "{in}"], "are not separate"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_command_that_is_wrong(course: Path, place: Path, words: list[str], said: str) -> None:
    filled = [word.replace("{in}", str(place / "in")) for word in words]
    assert said in grade(course, place, *filled, status=2)


def test_names_of_what_is_not_there(course: Path, place: Path) -> None:
    out = ("--out", place / "out")
    assert "There is no homework 'nothing'" in autograder(
        course, "grade", "nothing", place / "in", *out, status=2
    )
    assert "There is no folder" in autograder(
        course, "grade", "derivatives", place / "nothing", *out, status=2
    )
    assert "There is no ledger.sqlite" in autograder(course, "runs", place / "nothing", status=2)
    assert "Missing argument" in autograder(course, "grade", "derivatives", status=2)
    grade(course, place)
    for words in (("nobody", "predict", 1), ("bo", "nothing", 1), ("bo", "predict", 99)):
        mark(place, *words, "--why", "x", status=2)


def test_what_is_in_the_way(course: Path, place: Path) -> None:
    with held(place / "out"):
        assert "is in use by another run" in grade(course, place, status=1)
    (place / "out" / "ledger.sqlite").write_text("no ledger")
    assert "The ledger is damaged" in grade(course, place, status=1)


def test_all_is_graded_whatever_its_marks(course: Path, place: Path) -> None:
    (place / "in" / "none.py").write_text("this is no Python (")
    grade(course, place, status=0)


@pytest.mark.parametrize(
    "words", [["--regrade", "derivatives", "{in}"], ["derivatives", "--regrade", "{in}"]]
)
def test_regrade_before_the_arguments_names_nobody(course: Path, place: Path, words: list[str]) -> None:
    grade(course, place)
    filled = [word.replace("{in}", str(place / "in")) for word in words]
    done = CliRunner().invoke(
        main,
        ["--course", str(course), "grade", "--out", str(place / "out"), "--sandbox", "none", *filled],
    )
    assert done.exit_code == 0, done.output
    assert "unchanged" not in done.output


def test_a_long_name_leaves_room_for_the_points(course: Path, place: Path) -> None:
    (place / "in" / f"{'long ' * 40}.py").write_text("x = 1\n")
    done = CliRunner().invoke(
        main,
        ["--course", str(course), "grade", "derivatives", str(place / "in"), "--out", str(place / "out"),
         "--sandbox", "none"],
    )  # fmt: skip
    head = next(line for line in done.output.splitlines() if "student" in line and "score" in line)
    exercises = list(rows(place)[0]).index("guesses") - 1
    assert head.replace("┃", " ").split() == ["student", *map(str, range(1, exercises + 1)), "score"]
