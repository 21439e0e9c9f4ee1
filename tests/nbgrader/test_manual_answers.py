"""Answers in words in nbgrader: a cell for manual grading, which a person or an export fills."""

from __future__ import annotations

import csv
import json

import pytest
from course import Course

from autograder.questions import WRITE_HERE

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("nbgrader")]

CELL = "written_why_one_batch"


def grades(course):
    """Of each student what the gradebook has for the answer: by hand, automatic, and whether it waits."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}", "deep_learning") as gradebook:
        found = {}
        for submission in gradebook.assignment_submissions("sgd"):
            grade = gradebook.find_grade(CELL, "sgd", "sgd", submission.student.id)
            found[submission.student.id] = (grade.manual_score, grade.auto_score, grade.needs_manual_grade)
        return found


@pytest.fixture
def course(tmp_path):
    made = Course.make(tmp_path / "here")
    made.nbgrader("generate_assignment", "sgd")
    released = (made.folder / "release" / "sgd" / "sgd.ipynb").read_text(encoding="utf-8")
    for student, answer in {"ada": "It is unbiased.", "bo": WRITE_HERE}.items():
        notebook = json.loads(released)
        (cell,) = [each for each in notebook["cells"] if "".join(each["source"]) == WRITE_HERE]
        cell["source"] = answer
        place = made.folder / "submitted" / student / "sgd" / "sgd.ipynb"
        place.parent.mkdir(parents=True)
        place.write_text(json.dumps(notebook), encoding="utf-8")
    return made


def test_autograding_leaves_an_answer_to_a_person_and_gives_nothing_for_none(course):
    course.nbgrader("autograde", "sgd")
    found = grades(course)
    assert found["ada"] == (None, None, True)
    assert found["bo"] == (None, 0, False)
    notebook = (course.folder / "autograded" / "ada" / "sgd" / "sgd.ipynb").read_text(encoding="utf-8")
    cells = json.loads(notebook)["cells"]
    (cell,) = [each for each in cells if each["metadata"].get("nbgrader", {}).get("grade_id") == CELL]
    assert "".join(cell["source"]) == "It is unbiased."


def test_an_export_hands_on_points_by_hand_and_asks_for_those_that_are_missing(course):
    course.run("autograder", "grade", "sgd", "submitted", "--workers", "1")
    course.run("autograder", "export", "sgd", "--to", "nbgrader")
    assert grades(course)["ada"] == (None, None, True)
    table = course.folder / "graded" / "sgd" / "written.csv"
    with open(table, newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    rows[1][3] = "2.5"
    with open(table, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    course.run("autograder", "grade", "sgd", "submitted", "--workers", "1", "--written", str(table))
    course.run("autograder", "export", "sgd", "--to", "nbgrader")
    assert grades(course)["ada"] == (2.5, None, False)
