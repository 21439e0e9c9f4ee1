"""Marks that were made by `autograder grade` in nbgrader's gradebook."""

import contextlib
import csv
import json
import sqlite3
from hashlib import sha256

import msgspec
import pytest
from course import Course, hand_in, source

from autograder import views
from autograder.course import load_homework
from autograder.ledger import opened
from autograder.report import packed, unpacked

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
    failed = fail_at_first_exercise(graded, "ada")
    asked = ("autograder", "export", "derivatives", "--to", "nbgrader")
    said = graded.run(*asked, fails=True)
    assert "1 students' marks are in sqlite:///" in said
    assert f"Not written: ada, as the grader failed at {failed.name}." in said
    assert "ada" not in graded.cells()
    assert "2 students' marks are in sqlite:///" in graded.run(*asked, "--accept-faults")
    marks = graded.cells()["ada"]
    assert marks.pop(f"check_{failed.name}") is None
    assert sum(marks.values()) == 45 - failed.max_score


def fail_at_first_exercise(course, student):
    """Put into the ledger that the grader failed there."""
    with contextlib.closing(
        sqlite3.connect(course.folder / "graded/derivatives/ledger.sqlite")
    ) as connection:
        for key, data in connection.execute("SELECT key, report FROM reports").fetchall():
            report = unpacked(data)
            if report.student == student:
                first, *rest = report.exercises
                first = msgspec.structs.replace(first, score=0.0, status="grader_fault")
                changed = packed(msgspec.structs.replace(report, exercises=[first, *rest]))
                values = (changed, sha256(changed).hexdigest(), key)
                connection.execute("UPDATE reports SET report = ?, digest = ? WHERE key = ?", values)
                connection.commit()
                return first
    raise AssertionError(student)


def test_points_by_hand_are_exported(graded):
    graded.run(
        "autograder", "set", "bo", "mse_gradient", "5", "--why", "Told me", "--graded", "graded/derivatives"
    )
    export(graded)
    assert graded.cells()["bo"]["check_mse_gradient"] == 5


def test_what_guesses_give_back_is_extra_credit_and_goes_when_it_is_not_needed(graded):
    from nbgrader.api import Gradebook

    def credit():
        with Gradebook(f"sqlite:///{graded.folder / 'gradebook.db'}", "deep_learning") as gradebook:
            return {
                (submission.student.id, grade.cell.name): grade.extra_credit
                for submission in gradebook.assignment_submissions("derivatives")
                for notebook in submission.notebooks
                for grade in notebook.grades
                if grade.extra_credit is not None
            }

    def table():
        with open(graded.folder / "graded" / "derivatives" / "grades.csv", newline="") as file:
            return {row["student"]: float(row["score"]) for row in csv.DictReader(file)}

    homework = load_homework("derivatives", graded.folder)
    place = graded.folder / "submitted" / "bo" / "derivatives" / "derivatives.ipynb"
    notebook = json.loads(place.read_text())
    for guess in homework.guesses[:3]:
        answer = 3.5 if guess.number else repr(guess.choices[0])
        notebook["cells"] += [
            {
                "cell_type": "code",
                "metadata": {},
                "source": f'checks.guess("{guess.name}", {answer})',
                "outputs": [],
                "execution_count": None,
            }
        ]
    place.write_text(json.dumps(notebook))
    graded.run("autograder", "grade", "derivatives", "submitted", "--workers", "2")
    export(graded)
    first = f"check_{homework.exercises[0].function}"
    assert credit() == {("bo", first): 1.5}
    assert graded.scores() == table()
    assert table()["ada"] == 45
    export(graded)
    assert credit() == {("bo", first): 1.5}
    # with points by hand less is lost, and less comes back
    for exercise in homework.exercises[1:]:
        words = ("autograder", "set", "bo", exercise.function, f"{exercise.max_score:g}", "--why", "Told me")
        graded.run(*words, "--graded", "graded/derivatives")
    words = ("autograder", "set", "bo", homework.exercises[0].function)
    graded.run(*words, "1.5", "--why", "Told me", "--graded", "graded/derivatives")
    export(graded)
    lost = homework.exercises[0].max_score - 1.5
    assert credit() == {("bo", first): min(1.5, lost / 2)}
    assert graded.scores() == table()
    graded.run(
        *words, f"{homework.exercises[0].max_score:g}", "--why", "Told me", "--graded", "graded/derivatives"
    )
    export(graded)
    assert credit() == {}
    assert graded.scores() == table() == {"ada": 45, "bo": 45}


def test_points_that_a_person_gave_in_nbgrader_leave_less_for_guesses(graded):
    from nbgrader.api import Gradebook

    from autograder.nbgrader import export as module
    from autograder.report import CommittedGuesses, total

    with opened(graded.folder / "graded" / "derivatives") as ledger:
        reports = list(views.reports(ledger, ledger.insist_on_current()))
    homework = load_homework("derivatives", graded.folder)
    guesses = CommittedGuesses(2.0, 4, 4)
    reports = [
        msgspec.structs.replace(report, guesses=guesses, score=total(report.exercises, guesses))
        for report in reports
    ]
    module.export(homework, reports, graded.folder)
    with Gradebook(f"sqlite:///{graded.folder / 'gradebook.db'}", "deep_learning") as gradebook:
        for exercise in homework.exercises:
            name = f"check_{exercise.function}"
            grade = gradebook.find_grade(name, "derivatives", "derivatives", "bo")
            grade.manual_score = exercise.max_score
        gradebook.db.commit()
    module.export(homework, reports, graded.folder)
    assert graded.scores() == {"ada": 45, "bo": 45}


def test_all_is_written_or_nothing(graded, monkeypatch):
    from autograder.nbgrader import export as module

    written = module._write

    def stumble(gradebook, homework, report, timestamp):
        count = written(gradebook, homework, report, timestamp)
        if report.student == "bo":
            raise RuntimeError("in the middle")
        return count

    monkeypatch.setattr(module, "_write", stumble)
    with opened(graded.folder / "graded" / "derivatives") as ledger:
        reports = list(views.reports(ledger, ledger.insist_on_current()))
    homework = load_homework("derivatives", graded.folder)
    with pytest.raises(RuntimeError, match="in the middle"):
        module.export(homework, reports, graded.folder)
    assert graded.cells() == {}
    monkeypatch.undo()
    assert module.export(homework, reports, graded.folder).students == 2
    assert set(graded.cells()) == {"ada", "bo"}


def test_marks_of_a_rubric_that_was_changed_are_refused(graded):
    rubric = graded.folder / "solutions" / "derivatives" / "rubric.py"
    rubric.write_text(rubric.read_text() + "\n# changed\n")
    said = graded.run("autograder", "export", "derivatives", "--to", "nbgrader", fails=True)
    assert "derivatives was changed since graded/derivatives was graded" in said
    assert graded.cells() == {}


def test_what_cannot_be_exported_is_said(graded):
    said = graded.run("autograder", "export", "derivatives", "--to", "nbgrader", "--graded", "no", fails=True)
    assert "There is no ledger.sqlite in no: run `autograder grade` first" in said
    said = graded.run(
        "autograder", "export", "sgd", "--to", "nbgrader", "--graded", "graded/derivatives", fails=True
    )
    assert "graded/derivatives holds marks of derivatives: name the folder of sgd with --graded" in said
    assert "Traceback" not in said


def test_no_gradebook_is_made_where_there_is_none(graded):
    gradebook = graded.folder / "gradebook.db"
    gradebook.rename(gradebook.with_name("elsewhere.db"))
    said = graded.run("autograder", "export", "derivatives", "--to", "nbgrader", fails=True)
    assert "gradebook does not have derivatives with these exercises and points" in said
    assert not gradebook.exists()


def test_marks_that_the_gradebook_has_of_others_are_told(graded):
    asked = ("autograder", "export", "derivatives", "--to", "nbgrader")
    assert "has marks for" not in graded.run(*asked)
    (graded.folder / "submitted" / "bo").rename(graded.folder / "bo")
    graded.run("autograder", "grade", "derivatives", "submitted", "--workers", "1", "--yes")
    said = graded.run(*asked)
    assert "has marks for derivatives of 1 more, who have none in graded/derivatives: bo." in said
    assert set(graded.cells()) == {"ada", "bo"}


def test_two_people_of_one_name_are_refused_and_nothing_is_written(graded):
    from autograder.nbgrader import export as module

    with opened(graded.folder / "graded" / "derivatives") as ledger:
        reports = list(views.reports(ledger, ledger.insist_on_current()))
    reports = [msgspec.structs.replace(report, student="Ana") for report in reports]
    homework = load_homework("derivatives", graded.folder)
    with pytest.raises(module.GradebookError, match=r"Two people are called Ana \(ada; bo\)"):
        module.export(homework, reports, graded.folder)
    assert graded.cells() == {}
