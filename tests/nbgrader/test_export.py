"""Marks that were made by `autograder grade` in nbgrader's gradebook."""

import json

import pytest
from course import Course, hand_in, source

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("nbgrader")]


@pytest.fixture
def graded(tmp_path):
    """A course with two students who were graded outside of nbgrader, in parallel."""
    course = Course.make(tmp_path / "here")
    course.nbgrader("generate_assignment", "derivatives")
    for student in ("ada", "bo"):
        notebook = source(course)
        if student == "bo":
            notebook["cells"] = notebook["cells"][:12]
        place = hand_in(course, student, notebook)
        (place.parent / "timestamp.txt").write_text("2026-11-02 12:00:00 UTC")
    course.run("autograder", "grade", "derivatives", "submitted", "--workers", "2")
    return course


def export(course):
    return course.run("autograder", "export", "derivatives", "--to", "nbgrader")


def test_scores_are_those_that_nbgrader_would_have_made(graded):
    assert "2 students' marks are in sqlite:///" in export(graded)
    exported = graded.cells()
    graded.nbgrader("autograde", "derivatives")
    assert graded.cells() == exported
    assert sum(exported["ada"].values()) == 45


def test_again_changes_nothing_and_a_grade_by_hand_stays(graded):
    from nbgrader.api import Gradebook

    export(graded)
    before, scores = graded.cells(), graded.scores()
    with Gradebook(f"sqlite:///{graded.folder / 'gradebook.db'}", "deep_learning") as gradebook:
        (submission,) = [s for s in gradebook.assignment_submissions("derivatives") if s.student.id == "bo"]
        assert str(submission.timestamp).startswith("2026-11-02 12:00")
        grade = gradebook.find_grade("check_mse_gradient", "derivatives", "derivatives", "bo")
        grade.manual_score = 2.5
        gradebook.db.commit()
    said = export(graded)
    assert "1 grades were given by hand and stay" in said
    assert graded.cells() == before
    assert graded.scores() == scores | {"bo": scores["bo"] + 2.5}


def test_a_mark_that_is_not_complete_is_written_only_if_somebody_says_so(graded):
    path = graded.folder / "graded" / "derivatives" / "reports" / "ada.json"
    report = json.loads(path.read_text())
    failed = report["exercises"][0]
    failed["status"] = "grader_fault"
    path.write_text(json.dumps(report))
    asked = ("autograder", "export", "derivatives", "--to", "nbgrader")
    said = graded.run(*asked, fails=True)
    assert "1 students' marks are in sqlite:///" in said
    assert f"Not written: ada, as the grader failed at {failed['name']}." in said
    assert "ada" not in graded.cells()
    assert "2 students' marks are in sqlite:///" in graded.run(*asked, "--accept-faults")
    marks = graded.cells()["ada"]
    assert marks.pop(f"check_{failed['name']}") is None
    assert sum(marks.values()) == 45 - failed["max_score"]


def test_what_cannot_be_exported_is_said(graded):
    said = graded.run("autograder", "export", "derivatives", "--to", "nbgrader", "--graded", "no", fails=True)
    assert "run `autograder grade derivatives SUBMISSIONS` first" in said
    said = graded.run(
        "autograder", "export", "sgd", "--to", "nbgrader", "--graded", "graded/derivatives", fails=True
    )
    assert "run `nbgrader generate_assignment sgd --force` first" in said
    assert "Traceback" not in said
