"""What `autograder grade` keeps: what changed is judged again, and who is not of this run is not shown."""

import json
import shutil
from pathlib import Path

import pytest
from classes import RIGHT, WRONG, grade, mark, names, row
from click.testing import CliRunner

from autograder import grader
from autograder.cli import main
from autograder.report import Report


def test_only_what_changed_is_judged_again(course: Path, place: Path) -> None:
    assert "unchanged" not in grade(course, place)
    assert row(place, "bo")["score"] == "0"
    (place / "in" / "bo.py").write_text(RIGHT)
    assert "2 unchanged, 1 graded." in grade(course, place)
    assert row(place, "bo")["score"] == row(place, "ada")["score"] == "3"
    assert "3 unchanged, 0 graded." in grade(course, place)


def test_a_limit_that_changed_judges_everybody_again(course: Path, place: Path) -> None:
    grade(course, place)
    assert "unchanged" not in grade(course, place, "--timeout", 3)
    assert "3 unchanged" in grade(course, place, "--timeout", 3)
    assert "3 unchanged" in grade(course, place)  # what was judged so before is known


def test_a_rubric_that_changed_judges_everybody_again(course: Path, place: Path) -> None:
    grade(course, place)
    rubric = course / "solutions" / "derivatives" / "rubric.py"
    before = rubric.read_text()
    try:
        rubric.write_text(f"{before}\n# changed\n")
        assert "unchanged" not in grade(course, place)
    finally:
        rubric.write_text(before)


def test_a_grader_that_changed_judges_everybody_again(
    course: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grade(course, place)
    monkeypatch.setattr("autograder.keys.code_digest", lambda *_: "another")
    assert "unchanged" not in grade(course, place)


def test_another_secret_draws_other_probes_and_judges_everybody_again(course: Path, place: Path) -> None:
    grade(course, place)
    (course / ".autograder" / "secret").unlink()
    assert "unchanged" not in grade(course, place)


def test_who_is_named_is_judged_again(course: Path, place: Path) -> None:
    grade(course, place)
    assert "2 unchanged, 1 graded." in grade(course, place, "--regrade", "BO")
    assert "1 unchanged, 2 graded." in grade(course, place, "--regrade", "ada", "--regrade", "cy")
    assert "unchanged" not in grade(course, place, "--regrade")
    said = grade(course, place, "--regrade", "zoe", status=2)
    assert "Nobody in" in said
    assert "is called zoe" in said


def test_a_class_in_the_folder_of_another_one_shows_nobody_else(course: Path, place: Path) -> None:
    grade(course, place)
    shutil.rmtree(place / "in")
    (place / "in").mkdir()
    (place / "in" / "zoe.py").write_text(RIGHT)
    assert "earlier/run-1" in grade(course, place)
    assert names(place) == [["zoe"]] * 3
    earlier = place / "out" / "earlier" / "run-1"
    assert sorted(path.stem for path in (earlier / "reports").iterdir()) == ["ada", "bo", "cy"]
    assert (earlier / "grades.csv").read_text().count("\n") == 4


def test_what_lay_there_before_is_moved_aside(course: Path, place: Path) -> None:
    (place / "out" / "feedback").mkdir(parents=True)
    (place / "out" / "feedback" / "old.html").write_text("old")
    (place / "out" / "notes.txt").write_text("mine")
    assert "earlier/found-changed" in grade(course, place)
    assert names(place) == [["ada", "bo", "cy"]] * 3
    assert (place / "out" / "earlier" / "found-changed" / "feedback" / "old.html").read_text() == "old"
    assert (place / "out" / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("name", ["grades.csv", "feedback/bo.html", "reports/bo.json", "feedback/new.html"])
def test_what_somebody_changed_is_moved_aside_and_kept(course: Path, place: Path, name: str) -> None:
    grade(course, place)
    whole = (place / "out" / "feedback" / "bo.html").read_bytes()
    (place / "out" / name).write_text("edited")
    assert "earlier/run-1-changed" in grade(course, place)
    assert (place / "out" / "earlier" / "run-1-changed" / name).read_text() == "edited"
    assert names(place) == [["ada", "bo", "cy"]] * 3
    assert (place / "out" / "feedback" / "bo.html").read_bytes() == whole


def test_the_last_five_are_kept_and_what_was_changed_for_ever(course: Path, place: Path) -> None:
    for number in range(8):
        (place / "in" / "bo.py").write_text(f"{RIGHT}# {number}\n")
        grade(course, place)
        if number == 0:
            (place / "out" / "feedback" / "bo.html").write_text("edited")
    kept = sorted(path.name for path in (place / "out" / "earlier").iterdir())
    assert kept == ["run-1-changed", "run-3", "run-4", "run-5", "run-6", "run-7"]


def test_where_nothing_changed_nothing_is_written(course: Path, place: Path) -> None:
    grade(course, place)
    files = {path: path.stat().st_ino for path in (place / "out").rglob("*.[hjc]*")}
    grade(course, place)
    assert {path: path.stat().st_ino for path in (place / "out").rglob("*.[hjc]*")} == files


def test_somebody_at_whose_work_the_grader_failed_is_judged_again(
    course: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged = grader.grade

    def stumble(homework, submission, *others) -> Report:
        if submission.student == "bo":
            raise OverflowError("a mistake of ours")
        return judged(homework, submission, *others)

    monkeypatch.setattr(grader, "grade", stumble)
    assert "bo: grader fault" in grade(course, place, status=1)
    assert row(place, "bo")["status"] == "grader fault"
    monkeypatch.undo()
    assert "2 unchanged, 1 graded." in grade(course, place)
    assert row(place, "bo")["status"] == "graded"


def test_who_is_on_the_roster_and_handed_in_nothing_has_a_row_and_no_page(course: Path, place: Path) -> None:
    (place / "roster.csv").write_text("id,name\nada,Ada L.\nbo,Bo\ncy,Cy\ndan,Dan\n")
    grade(course, place, "--roster", place / "roster.csv")
    assert row(place, "Dan_dan")["status"] == "nothing handed in"
    assert names(place)[1:] == [["ada", "bo", "cy"]] * 2


def test_lateness_is_asked_anew_and_nothing_is_judged_again(course: Path, place: Path) -> None:
    folder = place / "in"
    for path in folder.iterdir():
        path.unlink()
    name = "ada_LATE_12345_678901_derivatives.py"
    (folder / name).write_text(RIGHT)
    (folder / "bo_12346_678902_derivatives.py").write_text(RIGHT)
    (folder / "cyd_12347_678903_derivatives.py").write_text(RIGHT)
    grade(course, place)
    before = json.loads(next((place / "out" / "reports").glob("ada*")).read_text())
    assert before["score"] == 3
    assert "3 unchanged, 0 graded." in grade(course, place, "--late", "50%")
    after = json.loads(next((place / "out" / "reports").glob("ada*")).read_text())
    assert (after["score"], after["handed_in"]["raw_score"], after["handed_in"]["penalty"]) == (1.5, 3, 1.5)


# ---------------------------------------------------------------------------------- marks by hand


def test_points_by_hand_are_shown_and_stay_when_it_is_graded_again(course: Path, place: Path) -> None:
    grade(course, place)
    assert "bo: predict has 2 of 3 points." in mark(place, "bo", "predict", 2, "--why", "Showed it to me")
    assert (row(place, "bo")["predict"], row(place, "bo")["score"]) == ("2", "2")
    assert row(place, "bo")["note"] == "Points given by hand: predict."
    (place / "in" / "bo.py").write_text(f"{WRONG}# another attempt\n")
    grade(course, place, "--regrade")
    assert row(place, "bo")["predict"] == "2"
    page = (place / "out" / "feedback" / "bo.html").read_text()
    assert "2 of 3 points were given by hand: Showed it to me. The automatic checks gave 0." in page
    report = json.loads((place / "out" / "reports" / "bo.json").read_text())
    assert report["exercises"][0]["by_hand"] == {"why": "Showed it to me", "judged": 0.0}
    assert (report["exercises"][0]["status"], report["score"]) == ("partial", 2.0)
    assert "by_hand" not in (place / "out" / "reports" / "ada.json").read_text()
    assert "has the grader's points again" in mark(place, "bo", "predict", "--undo")
    assert row(place, "bo")["predict"] == "0"


@pytest.mark.parametrize(("text", "points"), [("1,5", "1.5"), ("2.5", "2.5"), ("0", "0")])
def test_points_by_hand_may_have_a_decimal_comma(course: Path, place: Path, text: str, points: str) -> None:
    grade(course, place)
    mark(place, "bo", "predict", text, "--why", "x")
    assert row(place, "bo")["predict"] == points
    for wrong in ("1,5,2", "1.000,5", "-1,5", ",5"):
        assert "POINTS" in mark(place, "bo", "predict", "--why", "x", "--", wrong, status=2).upper()


def test_points_by_hand_complete_a_mark_that_the_grader_could_not(
    course: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> Report:
        raise OverflowError("a mistake of ours")

    monkeypatch.setattr(grader, "grade", stumble)
    grade(course, place, status=1)
    exercises = json.loads((place / "out" / "reports" / "bo.json").read_text())["exercises"]
    for exercise in exercises:
        assert row(place, "bo")["status"] == "grader fault"
        mark(place, "bo", exercise["name"], 1, "--why", "Read it")
    assert (row(place, "bo")["status"], row(place, "bo")["score"]) == ("graded", str(len(exercises)))


def test_somebody_who_handed_in_nothing_can_have_points(course: Path, place: Path) -> None:
    (place / "roster.csv").write_text("id,name\nada,Ada L.\nbo,Bo\ncy,Cy\n77,Dan\n")
    grade(course, place, "--roster", place / "roster.csv")
    mark(place, "Dan_77", "predict", 3, "--why", "On paper")
    assert (row(place, "Dan_77")["score"], row(place, "Dan_77")["status"]) == ("3", "nothing handed in")
    assert "On paper" in (place / "out" / "feedback" / "Dan_77.html").read_text()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("zoe", "predict", 1, "--why", "x"), "Nobody is called zoe"),
        (("bo", "predikt", 1, "--why", "x"), "derivatives has no exercise 'predikt': it has predict,"),
        (("bo", "predict", 4, "--why", "x"), "predict has 3 points, and 4 are more"),
        (("bo", "predict", -1, "--why", "x"), "-1"),
        (("bo", "predict", "nan", "--why", "x"), "nan"),
        (("bo", "predict", 1), "Say why"),
        (("bo", "predict"), "Name POINTS, or --undo"),
        (("bo", "predict", 1, "--undo", "--why", "x"), "Name POINTS, or --undo"),
        (("bo", "predict", "--undo"), "Nobody gave bo points for predict by hand"),
    ],
)
def test_a_mark_that_cannot_be_given_is_explained(
    course: Path, place: Path, words: tuple[object, ...], said: str
) -> None:
    grade(course, place)
    before = (place / "out" / "grades.csv").read_bytes()
    done = CliRunner().invoke(main, ["set", "--graded", str(place / "out"), *map(str, words)])
    assert done.exit_code in (1, 2)
    assert said in " ".join(done.output.split())
    assert (place / "out" / "grades.csv").read_bytes() == before


def test_the_runs_are_listed_and_the_one_that_is_shown_has_a_star(course: Path, place: Path) -> None:
    grade(course, place)
    grade(course, place)
    lines = CliRunner().invoke(main, ["runs", str(place / "out")]).output.splitlines()
    assert [line.split()[0] for line in lines] == ["1", "*"]
    assert "3 students: 0 graded, 3 unchanged" in lines[1]
