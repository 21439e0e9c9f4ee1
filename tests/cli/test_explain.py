"""`autograder explain`: what a student was told, and whose mark a run changed."""

from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from autograder.changes import Compared, lines
from autograder.cli import main
from autograder.report import ByHand, CommittedGuesses, ExerciseReport, HandedIn, Report, Verdict

ROOT = Path(__file__).parents[2]
RIGHT = "def predict(X, w, b):\n    return X @ w + b\n"
WRONG = "def predict(X, w, b):\n    return X @ w - b\n"


def run(*words: object, status: int = 0) -> str:
    done = CliRunner().invoke(main, ["--course", str(ROOT), *map(str, words)])
    assert done.exit_code == status, done.output
    assert "Traceback" not in done.output
    return done.output


def grade(place: Path, *words: object, out: str = "out") -> None:
    where = ("--out", place / out, "--sandbox", "none", "--workers", 1)
    run("grade", "derivatives", place / "in", *where, *words)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class that was graded twice: bo handed in again, cy no more, and dee anew."""
    folder = tmp_path_factory.mktemp("class")
    (folder / "in").mkdir()
    for name, text in (("ada", RIGHT), ("bo", WRONG), ("cy", RIGHT)):
        (folder / "in" / f"{name}.py").write_text(text)
    grade(folder)
    (folder / "in" / "bo.py").write_text(RIGHT)
    (folder / "in" / "cy.py").unlink()
    (folder / "in" / "dee.py").write_text(WRONG)
    grade(folder)
    return folder


def test_a_students_report_is_told(place: Path) -> None:
    said = run("explain", "bo", "--graded", place / "out")
    assert "feedback for bo" in said
    assert "3 of 45 points" in said
    assert "predict: All right" in said
    assert str(place / "out" / "feedback" / "bo.html") in said


def test_an_earlier_run_can_be_asked_for(place: Path) -> None:
    said = run("explain", "bo", "--run", 1, "--graded", place / "out")
    assert "0 of 45 points" in said
    assert "Page" not in said  # that shows the last run
    assert "there is 1, 2" in run("explain", "bo", "--run", 7, "--graded", place / "out", status=2)


def test_whoever_is_not_there_is_told(place: Path) -> None:
    assert "Nobody is called zoe" in run("explain", "zoe", "--graded", place / "out", status=2)
    assert "Nobody is called cy" in run("explain", "cy", "--graded", place / "out", status=2)
    assert "Name a STUDENT" in run("explain", "--graded", place / "out", status=2)


def test_the_difference_of_two_runs_names_whose_mark_changed_and_why(place: Path) -> None:
    said = run("explain", "--diff", 1, "--graded", place / "out")
    assert "ada" not in said
    assert "bo: 0 → 3 of 45 (other work)" in said
    assert "predict: 0 → 3 of 3" in said
    assert "Value: 0 → " in said
    assert "before:" in said
    assert "cy: 3 → not in this run" in said
    assert "dee: not there → 0 of 45" in said
    assert "1 with more points, 1 with fewer." in said
    assert "rubric" not in said


def test_names_that_are_stored_in_two_ways_are_no_change(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, text in (("zo\u00eb", RIGHT), ("zoe\u0308", WRONG), ("al", RIGHT)):
        (tmp_path / "in" / f"{name}.py").write_text(text)
    grade(tmp_path)
    (tmp_path / "in" / "al.py").write_text(WRONG)
    grade(tmp_path)
    said = run("explain", "--diff", 1, "--graded", tmp_path / "out")
    assert "zo" not in said.partition("run 2")[2]
    assert "0 with more points, 1 with fewer." in said


def test_who_is_new_had_not_handed_in_nothing(place: Path) -> None:
    (line,) = [
        each for each in run("explain", "--diff", 1, "--graded", place / "out").splitlines() if "dee" in each
    ]
    assert line.strip() == "dee: not there → 0 of 45"


def test_the_difference_of_one_student_alone(place: Path) -> None:
    said = run("explain", "bo", "--diff", 1, "--graded", place / "out")
    assert "bo: 0 → 3" in said
    assert "cy" not in said
    assert "dee" not in said


def test_another_folder_can_be_compared(place: Path) -> None:
    grade(place, "--late", "5 points", out="other")
    said = run("explain", "--diff", place / "out", "--graded", place / "other")
    assert 'Lateness now costs "5 points"; before, it was nothing.' in said
    assert "0 with more points, 0 with fewer." in said
    sgd = place / "sgd.py"
    sgd.write_text("def minibatches(n, batch_size, rng):\n    return []\n")
    run("grade", "sgd", sgd, "--out", place / "third", "--sandbox", "none", "--workers", 1)
    told = "The one run is of sgd, and the other of derivatives: name two runs of the same homework."
    assert told in run("explain", "--diff", place / "third", "--graded", place / "out", status=2)
    run("grade", "derivatives", place / "in", "--out", place / "third", "--sandbox", "none", "--workers", 1)
    assert told in run("explain", "--diff", 1, "--graded", place / "third", status=2)
    assert "no ledger" in run("explain", "--diff", place / "in", "--graded", place / "out", status=2)


# -- one person


def report(*exercises: ExerciseReport, penalty: float = 0.0, submission: str = "x") -> Report:
    score = sum(each.score for each in exercises) - penalty
    told = HandedIn(penalty=penalty)
    return Report("h", "Ada", score, 9.0, "none", [*exercises], submission=submission, handed_in=told)


def exercise(name: str, score: float, message: str, by_hand: ByHand | None = None) -> ExerciseReport:
    return ExerciseReport(name, score, 3.0, "partial", [Verdict("value", score, 3.0, message)], by_hand)


def told(before: Report, after: Report) -> list[str]:
    return [*lines(Compared("Ada", before, after))]


def test_a_check_that_changed_is_told_with_both_sentences() -> None:
    assert told(report(exercise("f", 0, "Wrong.")), report(exercise("f", 2, "Half right."))) == [
        "Ada: 0 → 2 of 9",
        "  f: 0 → 2 of 3",
        "    value: 0 → 2 of 3",
        "      before: Wrong.",
        "      now:    Half right.",
    ]


def test_exercises_that_come_and_go_are_told() -> None:
    said = told(report(exercise("old", 1, "")), report(exercise("new", 2, "")))
    assert "  new: no such exercise → 2 of 3" in said
    assert "  old: 1 → no exercise any more" in said


def test_points_by_hand_and_lateness_are_told() -> None:
    before = report(exercise("f", 1, ""))
    after = report(exercise("f", 3, "", ByHand("At the board.", 1.0)), penalty=1.5)
    said = told(before, after)
    assert said[0] == "Ada: 1 → 1.5 of 9"
    assert "    is given by hand: At the board." in said
    assert "  Lateness: 0 taken off → 1.5" in said


def test_what_guesses_give_back_is_told_where_it_changed() -> None:
    before, after = report(exercise("f", 1, "")), report(exercise("f", 1, ""))
    after = msgspec.structs.replace(after, guesses=CommittedGuesses(0.75, 3, 4), score=1.75)
    assert told(before, after) == ["Ada: 1 → 1.75 of 9", "  Guesses: 0 given back → 0.75"]
    assert told(after, after) == ["Ada: 1.75 → 1.75 of 9"]


def test_hostile_text_is_shown_harmless_and_short() -> None:
    evil = "\x1b[31m\r\n" + "long " * 200
    said = told(report(exercise(evil, 0, evil)), report(exercise(evil, 1, f"{evil}!")))
    assert "\x1b" not in "".join(said)
    assert all("\n" not in line and "\r" not in line for line in said)
    assert max(len(line) for line in said if "before" in line) < 200
