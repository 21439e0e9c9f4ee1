"""`grade`, a table of answers that a person fills in, and `grade --written`."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from all_tasks import ROOT
from click.testing import CliRunner

from autograder.cli import main
from autograder.questions import WRITE_HERE

NAME = "why_one_batch"


@pytest.fixture
def class_(tmp_path: Path) -> Path:
    """Three students' notebooks of `sgd`; the third wrote nothing in words."""
    released = (ROOT / "assignments" / "sgd" / "sgd.ipynb").read_text(encoding="utf-8")
    submissions = tmp_path / "submissions"
    submissions.mkdir()
    for student, answer in {"ada": "=1+1\n\nIt is unbiased.", "bo": "It averages.", "cy": WRITE_HERE}.items():
        notebook = json.loads(released)
        cells = [cell for cell in notebook["cells"] if "".join(cell["source"]) == WRITE_HERE]
        assert len(cells) == 1
        cells[0]["source"] = answer
        (submissions / f"{student}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    return tmp_path


def run(place: Path, *words: str, fails: bool = False) -> str:
    done = CliRunner().invoke(main, ["--course", str(ROOT), *words], catch_exceptions=False)
    assert bool(done.exit_code) == fails, done.output
    return done.output


def grade(place: Path, *more: str, fails: bool = False) -> str:
    wish = ("grade", "sgd", str(place / "submissions"), "--out", str(place / "out"), "--workers", "1")
    return run(place, *wish, *more, fails=fails)


def table(path: Path) -> list[dict[str, str]]:
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def marks(place: Path) -> dict[str, dict[str, str]]:
    return {row["student"]: row for row in table(place / "out" / "grades.csv")}


def fill(place: Path, points: dict[str, str], why: str = "", delimiter: str = ",", bom: bool = False) -> Path:
    rows = table(place / "out" / "written.csv")
    for row in rows:
        row.update(points=points.get(row["row"], row["points"]), why=why)
    path = place / "filled.csv"
    encoding = "utf-8-sig" if bom else "utf-8"
    with open(path, "w", newline="", encoding=encoding) as file:
        writer: Any = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_who_wrote_waits_for_a_reader_and_who_did_not_has_nothing(class_):
    said = grade(class_)
    assert "2 answers to be graded by hand" in said
    rows = table(class_ / "out" / "written.csv")
    assert [(row["row"], row["question"], row["points"], row["of"]) for row in rows] == [
        ("ada", NAME, "", "3"),
        ("bo", NAME, "", "3"),
    ]
    assert rows[0]["answer"].endswith("=1+1\n\nIt is unbiased.")
    assert not rows[0]["answer"].startswith("=")
    assert "1 point" in rows[0]["criteria"]
    found = marks(class_)
    assert [found[name][NAME] for name in ("ada", "bo", "cy")] == ["", "", "0"]
    assert found["ada"]["status"] == "to be graded by hand"
    assert found["cy"]["status"] == "graded"
    page = (class_ / "out" / "feedback" / "ada.html").read_text(encoding="utf-8")
    assert "A person reads this answer" in page
    assert "It is unbiased." in page


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_points_that_were_filled_in_count_and_are_shown(class_, delimiter):
    grade(class_)
    filled = fill(class_, {"ada": "2,5", "bo": "0"}, "=Say why; =how", delimiter, bom=delimiter == ";")
    said = grade(class_, "--written", str(filled))
    assert "Points for 2 answers read, 2 of them new." in said
    assert "to be graded by hand" not in said
    found = marks(class_)
    assert [found[name][NAME] for name in ("ada", "bo", "cy")] == ["2.5", "0", "0"]
    assert {row["status"] for row in found.values()} == {"graded"}
    report = json.loads((class_ / "out" / "reports" / "ada.json").read_text(encoding="utf-8"))
    (made,) = [each for each in report["exercises"] if each["name"] == NAME]
    assert (made["score"], made["status"], made["by_hand"]["why"]) == (2.5, "partial", "=Say why; =how")
    assert made["verdicts"][0]["score"] == 2.5
    rows = table(class_ / "out" / "written.csv")
    assert [row["points"] for row in rows] == ["2.5", "0"]
    again = grade(class_, "--written", str(class_ / "out" / "written.csv"))
    assert "0 of them new" in again
    assert marks(class_) == found


def test_they_stay_when_the_class_is_graded_again(class_):
    grade(class_)
    grade(class_, "--written", str(fill(class_, {"ada": "3"})))
    said = grade(class_, "--regrade")
    assert "1 answer to be graded by hand" in said
    assert marks(class_)["ada"][NAME] == "3"


REFUSED = {
    "more points than there are": ({"ada": "4"}, "line 2: why_one_batch has 3 points, and 4 are more"),
    "no number": ({"ada": "good"}, "'good' are not points"),
    "a negative number": ({"ada": "-1"}, "'-1' are not points"),
    "not a number": ({"ada": "nan"}, "'nan' are not points"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_are_no_points_is_refused_with_its_line_and_nobody_has_any(case, class_):
    grade(class_)
    points, words = REFUSED[case]
    said = grade(class_, "--written", str(fill(class_, {"bo": "1"} | points)), fails=True)
    assert words in said
    assert "Traceback" not in said
    grade(class_)
    assert marks(class_)["bo"][NAME] == ""


def test_another_table_somebody_elses_line_and_a_line_twice_are_refused(class_):
    grade(class_)
    said = grade(class_, "--written", str(class_ / "out" / "grades.csv"), fails=True)
    assert "is not the table of answers" in said
    said = grade(class_, "--written", str(class_ / "nowhere.csv"), fails=True)
    assert "cannot be read" in said or "does not exist" in said
    filled = fill(class_, {"ada": "1"})
    text = filled.read_text(encoding="utf-8")
    stranger = class_ / "stranger.csv"
    stranger.write_text(text + f"eve,eve,{NAME},1,3,,x,\n", encoding="utf-8")
    assert "nobody in this run has the row 'eve'" in grade(class_, "--written", str(stranger), fails=True)
    stranger.write_text(text + "bo,bo,minibatches,1,3,,x,\n", encoding="utf-8")
    assert "no question 'minibatches'" in grade(class_, "--written", str(stranger), fails=True)
    stranger.write_text(text + f"ada,ada,{NAME},2,3,,x,\n", encoding="utf-8")
    assert "both give ada points" in grade(class_, "--written", str(stranger), fails=True)


def test_what_somebody_changed_in_the_table_is_kept(class_):
    grade(class_)
    path = class_ / "out" / "written.csv"
    path.write_text(path.read_text(encoding="utf-8").replace('"","3"', '"2","3"'), encoding="utf-8")
    changed = path.read_bytes()
    said = grade(class_)
    assert "as somebody changed it" in said
    assert changed in [each.read_bytes() for each in (class_ / "out" / "earlier").glob("*/written.csv")]


def test_another_homework_in_the_folder_leaves_no_table_of_answers(class_):
    grade(class_)
    solution = (ROOT / "solutions" / "derivatives" / "derivatives.py").read_text(encoding="utf-8")
    others = class_ / "others"
    others.mkdir()
    (others / "dan.py").write_text(solution, encoding="utf-8")
    run(class_, "grade", "derivatives", str(others), "--out", str(class_ / "out"), "--workers", "1", "--yes")
    assert not (class_ / "out" / "written.csv").exists()
    assert list((class_ / "out" / "earlier").glob("*/written.csv"))


def hand_in_anew(place: Path, student: str, answer: str) -> None:
    path = place / "submissions" / f"{student}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    before = table(place / "out" / "written.csv")
    (old,) = [row["answer"] for row in before if row["row"] == student]
    (cell,) = [each for each in notebook["cells"] if "".join(each["source"]) == old.lstrip("'")]
    cell["source"] = answer
    path.write_text(json.dumps(notebook), encoding="utf-8")


def test_points_are_not_given_to_another_answer_than_the_one_that_was_read(class_):
    grade(class_)
    filled = fill(class_, {"ada": "2", "bo": "3"})
    hand_in_anew(class_, "bo", "I do not know. Penguins are birds.")
    said = grade(class_, "--written", str(filled))
    assert "Points for 2 answers read, 1 of them new." in said
    assert "Not given, as the answer is another one than the one in" in said
    assert f"bo, {NAME}" in said
    found = marks(class_)
    assert [found[name][NAME] for name in ("ada", "bo")] == ["2", ""]
    again = grade(class_, "--written", str(fill(class_, {"bo": "0"})))
    assert "Not given" not in again
    assert marks(class_)["bo"][NAME] == "0"


def test_a_column_that_was_sorted_alone_gives_nobody_points(class_):
    grade(class_)
    path = fill(class_, {"ada": "3", "bo": "1"})
    rows = table(path)
    rows[0]["student"], rows[1]["student"] = rows[1]["student"], rows[0]["student"]
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer: Any = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    said = grade(class_, "--written", str(path), fails=True)
    assert "the row ada is ada's, and beside it stands bo, whose row is bo." in " ".join(said.split())
    assert {row["points"] for row in table(class_ / "out" / "written.csv")} == {""}


def test_a_name_that_a_spreadsheet_or_a_person_changed_is_no_other_persons(class_):
    grade(class_)
    path = fill(class_, {"ada": "3"})
    path.write_text(path.read_text(encoding="utf-8").replace("\nada,ada", "\nAda L.,ada"), encoding="utf-8")
    assert "Ada L.,ada" in path.read_text(encoding="utf-8")
    assert "1 of them new" in grade(class_, "--written", str(path))


def test_a_spreadsheet_may_lose_signs_and_breaks_of_an_answer(class_):
    grade(class_)
    hand_in_anew(class_, "bo", "∂L/∂w is unbiased — on average.\n\nReally.")
    grade(class_)
    filled = fill(class_, {"ada": "1", "bo": "3"})
    text = (
        filled.read_text(encoding="utf-8")
        .replace("∂", "?")
        .replace("—", "-")
        .replace("\n\nReally", " Really")
    )
    filled.write_text(text, encoding="utf-8")
    said = grade(class_, "--written", str(filled))
    assert "2 of them new" in said
    assert "Not given" not in said


def test_points_that_were_cleared_are_told_and_stay_until_they_are_taken_back(class_):
    grade(class_)
    grade(class_, "--written", str(fill(class_, {"ada": "2", "bo": "3"})))
    said = grade(class_, "--written", str(fill(class_, {"ada": "", "bo": "1"})))
    assert "Points for 1 answer read, 1 of them new." in said
    assert "with points from before, which still count:" in said
    assert f"ada, {NAME}, 2 points" in said
    assert f"bo, {NAME}" not in said
    assert [marks(class_)[name][NAME] for name in ("ada", "bo")] == ["2", "1"]
    run(class_, "set", "ada", NAME, "--undo", "--graded", str(class_ / "out"))
    assert "still count" not in grade(class_, "--written", str(fill(class_, {"ada": ""})))
    assert marks(class_)["ada"][NAME] == ""
