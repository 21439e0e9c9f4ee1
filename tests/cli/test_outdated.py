"""Points by hand stay when a student hands in other work; whoever gave them is told that it is other work."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from all_tasks import ROOT
from click.testing import CliRunner

from autograder.cli import main
from autograder.ledger import store
from autograder.questions import WRITE_HERE

QUESTION = "why_one_batch"
TOLD = "Points by hand that were given before something changed; they count:"
RIGHT = "def dL_db(x1, x2, y, w1, w2, b):\n    return 2 * (w1 * x1 + w2 * x2 + b - y)\n"
HALF = RIGHT.replace("2 * (", "(")


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each look at the clock is a minute after the one before."""
    minutes = count()
    start = datetime(2026, 3, 1, tzinfo=UTC)
    monkeypatch.setattr(
        store, "now", lambda: (start + timedelta(minutes=next(minutes))).isoformat(timespec="seconds")
    )


def run(*words: str) -> str:
    done = CliRunner().invoke(main, ["--course", str(ROOT), *words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def grade(place: Path, homework: str, *more: str) -> str:
    return run("grade", homework, str(place / "in"), "--out", str(place / "out"), "--workers", "1", *more)


def hand_in(place: Path, name: str, text: str) -> None:
    (place / "in").mkdir(exist_ok=True)
    (place / "in" / name).write_text(text, encoding="utf-8")


def answering(answer: str, other: str = "") -> str:
    notebook = json.loads((ROOT / "assignments" / "sgd" / "sgd.ipynb").read_text(encoding="utf-8"))
    (cell,) = [each for each in notebook["cells"] if "".join(each["source"]) == WRITE_HERE]
    cell["source"] = answer
    notebook["cells"][1]["source"] = other or notebook["cells"][1]["source"]
    return json.dumps(notebook)


def give(place: Path, student: str, exercise: str, points: str) -> None:
    run("set", student, exercise, points, "--why", "As we said.", "--graded", str(place / "out"))


def test_an_answer_that_changed_is_told_until_it_gets_points_again(tmp_path):
    hand_in(tmp_path, "ada.ipynb", answering("It is unbiased."))
    hand_in(tmp_path, "bo.ipynb", answering("It averages."))
    grade(tmp_path, "sgd")
    give(tmp_path, "ada", QUESTION, "2")
    give(tmp_path, "bo", QUESTION, "1")
    assert TOLD not in grade(tmp_path, "sgd")
    hand_in(tmp_path, "bo.ipynb", answering("It averages.", other="Other words, elsewhere."))
    assert TOLD not in grade(tmp_path, "sgd")
    hand_in(tmp_path, "ada.ipynb", answering("On average it is the gradient of all."))
    for _ in range(2):  # it is told as long as it is so
        said = grade(tmp_path, "sgd")
        assert TOLD in said
        assert f"ada: 2 for {QUESTION}, given on 2026-03-01: the answer is another one now." in said
        assert "bo: 1" not in said
    give(tmp_path, "ada", QUESTION, "3")
    assert TOLD not in grade(tmp_path, "sgd")


def test_work_that_the_checks_see_otherwise_is_told(tmp_path):
    hand_in(tmp_path, "ada.py", HALF)
    hand_in(tmp_path, "bo.py", HALF)
    grade(tmp_path, "derivatives")
    give(tmp_path, "ada", "dL_db", "1.5")
    give(tmp_path, "bo", "dL_db", "1.5")
    hand_in(tmp_path, "ada.py", RIGHT)
    hand_in(tmp_path, "bo.py", HALF + "# another word\n")
    said = grade(tmp_path, "derivatives")
    assert (
        "ada: 1.5 for dL_db, given on 2026-03-01: the automatic checks give 4 now, and gave 1 then." in said
    )
    assert "bo: 1.5" not in said
    run("set", "ada", "dL_db", "--undo", "--graded", str(tmp_path / "out"))
    assert TOLD not in grade(tmp_path, "derivatives")


def test_another_class_in_the_same_folder_is_told(tmp_path):
    for name in ("ada", "bo", "cy"):
        hand_in(tmp_path, f"{name}.py", RIGHT + f"# of {name}\n")
    grade(tmp_path, "derivatives")
    give(tmp_path, "ada", "dL_db", "0")
    for name in ("ada", "bo", "cy"):
        hand_in(tmp_path, f"{name}.py", RIGHT + f"# once more, of {name}\n")
    assert TOLD not in grade(tmp_path, "derivatives")  # the same people
    for name in ("bo", "cy"):
        (tmp_path / "in" / f"{name}.py").unlink()
        hand_in(tmp_path, f"another {name}.py", RIGHT + f"# of another {name}\n")
    hand_in(tmp_path, "ada.py", RIGHT + "# of another ada\n")
    said = grade(tmp_path, "derivatives")
    assert "ada: 0 for dL_db, given on 2026-03-01: most of the class of then is not here" in said


def test_what_was_made_of_a_class_is_no_class(tmp_path):
    hand_in(tmp_path, "ada.py", RIGHT)
    grade(tmp_path, "derivatives")
    for command in (("grade", "derivatives"), ("collect", "derivatives")):
        more = ("--out", str(tmp_path / "again")) if command[0] == "grade" else ()
        done = CliRunner().invoke(main, ["--course", str(ROOT), *command, str(tmp_path / "out"), *more])
        assert done.exit_code == 2
        assert "is what was made of a class that was graded" in done.output
    assert not (tmp_path / "again").exists()
