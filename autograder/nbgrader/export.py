"""Reports become entries of nbgrader's gradebook, through nbgrader's own interface."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from autograder.gradebook import GradebookError
from autograder.homework import Homework
from autograder.nbgrader import find_alembic
from autograder.release.notebook import answer_id, check_id, grade_ids
from autograder.report import ExerciseReport, Report, is_open, is_written, made_up


@dataclass(frozen=True)
class Exported:
    """How many students' marks were written, and for how many exercises a manual grade stays.

    ``others`` have marks for the homework in the gradebook, and none in what was exported.
    """

    database: str
    students: int
    manual: int
    others: tuple[str, ...] = ()


def export(homework: Homework, reports: Iterable[Report], course: Path) -> Exported:
    """Write reports into the gradebook of the course's nbgrader, all or none; doing it again changes nothing.

    Students and submissions are made where they are missing. What a person graded by hand stays the score;
    such a cell is marked for another look, as nbgrader itself does. An exercise at which the grader failed
    is left without a mark. Where guesses give lost points back, these are the extra credit of the first
    exercise's cell.

    Parameters
    ----------
    homework
        Whose reports they are; the gradebook must have it with these exercises and points.
    reports
        A report for each student, as it counts.
    course
        The folder with nbgrader_config.py; without that file nbgrader's defaults hold.

    Raises
    ------
    GradebookError
        When the gradebook does not know the homework, or knows another version of it; or two of the students
        have one name.
    """
    from nbgrader.api import Gradebook
    from sqlalchemy.exc import SQLAlchemyError

    find_alembic()
    settings = _settings(course)
    manual = 0
    reports = list(reports)
    insist_on_names(reports)
    if _is_missing(settings.db_url):  # opening it would make one
        raise _unknown(homework)
    try:
        with Gradebook(settings.db_url, settings.course_id) as gradebook, _all_or_nothing(gradebook):
            _insist_on_known(gradebook, homework)
            for report in reports:
                manual += _write(gradebook, homework, report, _timestamp(settings, homework, report.student))
            others = _marked(gradebook, homework.name) - {report.student for report in reports}
    except SQLAlchemyError as error:
        reason = str(error).splitlines()[0]
        remedy = (
            "make room on its disk, and export again"
            if "disk is full" in reason
            else "close what holds it open, or run `nbgrader db upgrade`"
        )
        raise GradebookError(
            f"nbgrader's gradebook {settings.db_url} cannot be written ({reason}): {remedy}."
        ) from error
    return Exported(settings.db_url, len(reports), manual, tuple(sorted(others)))


def insist_on_names(reports: Iterable[Report]) -> None:
    """That no two people would be one to nbgrader.

    Raises
    ------
    GradebookError
        When they have one name.
    """
    known: dict[str, str] = {}
    for report in reports:
        ids = ", ".join(report.handed_in.ids if report.handed_in else ()) or "no number"
        if report.student in known:
            raise GradebookError(
                f"Two people are called {report.student} ({known[report.student]}; {ids}), and nbgrader "
                "tells people apart by that alone: nothing was written. Give one of them another name where "
                "the submissions come from or in the roster, and grade again."
            )
        known[report.student] = ids


def _marked(gradebook: Any, name: str) -> set[str]:
    """Who has marks for a homework."""
    return {
        submission.student_id
        for submission in gradebook.assignment_submissions(name)
        for notebook in submission.notebooks
        if any(grade.auto_score is not None or grade.manual_score is not None for grade in notebook.grades)
    }


@contextmanager
def _all_or_nothing(gradebook: Any) -> Iterator[None]:
    """One transaction for all that is written: nbgrader's own functions commit each step."""
    session = gradebook.db
    commit, session.commit = session.commit, session.flush
    try:
        with session.no_autoflush:  # each step ends with a flush of its own
            yield
        commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.commit = commit


def _settings(course: Path) -> Any:
    """The course as nbgrader sees it."""
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config, PyFileConfigLoader

    config = Config()
    if (course / "nbgrader_config.py").is_file():
        config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
    config.CourseDirectory.root = str(course.resolve())
    return CourseDirectory(config=config)


def _insist_on_known(gradebook: Any, homework: Homework) -> None:
    wanted = grade_ids(homework)
    if known_points(gradebook, homework.name) != wanted:
        raise _unknown(homework)


def _unknown(homework: Homework) -> GradebookError:
    return GradebookError(
        f"nbgrader's gradebook does not have {homework.name} with these exercises and points: "
        f"run `nbgrader generate_assignment {homework.name} --force` first."
    )


def _is_missing(url: str) -> bool:
    """Whether a gradebook would be a file that is not there."""
    from sqlalchemy import make_url

    parts = make_url(url)
    path = parts.database or ":memory:"
    return parts.get_backend_name() == "sqlite" and path != ":memory:" and not Path(path).exists()


def known_points(gradebook: Any, name: str) -> dict[str, float]:
    """The points of every check cell in the gradebook; none for a homework that it does not know.

    Parameters
    ----------
    gradebook
        An open gradebook of nbgrader's.
    name
        The homework's; its notebook has the same.

    Returns
    -------
    dict
        By the names of the cells, those of written answers too.
    """
    from nbgrader.api import MissingEntry

    try:
        cells = gradebook.find_notebook(name, name).grade_cells
    except MissingEntry:
        return {}
    return {cell.name: float(cell.max_score) for cell in cells}


def _timestamp(settings: Any, homework: Homework, student: str) -> Any:
    """When it was handed in, if nbgrader collected it."""
    folder = settings.format_path(settings.submitted_directory, student, homework.name)
    return settings.get_existing_timestamp(folder)


def _write(gradebook: Any, homework: Homework, report: Report, timestamp: Any) -> int:
    """One student's marks; returns how many manual grades stay."""
    gradebook.update_or_create_student(report.student)
    more = {} if timestamp is None else {"timestamp": timestamp}
    gradebook.update_or_create_submission(homework.name, report.student, **more)
    stay = sum(_grade(gradebook, homework.name, report.student, exercise) for exercise in report.exercises)
    if homework.guess_points:
        _give_back(gradebook, homework.name, report)
    return stay


def _give_back(gradebook: Any, name: str, report: Report) -> None:
    """What guesses give back, beside the points that stand in the gradebook: a person's among them."""
    grades, exercises = [], []
    for exercise in report.exercises:
        cell = answer_id(exercise.name) if is_written(exercise) else check_id(exercise.name)
        grade = gradebook.find_grade(cell, name, name, report.student)
        grades.append(grade)
        if grade.manual_score is not None:
            exercise = msgspec.structs.replace(exercise, score=grade.manual_score, status="partial")
        exercises.append(exercise)
    grades[0].extra_credit = round(made_up(exercises, report.guesses), 6) or None
    gradebook.db.commit()


def _grade(gradebook: Any, name: str, student: str, exercise: ExerciseReport) -> bool:
    if is_written(exercise):
        return _grade_answer(gradebook, name, student, exercise)
    grade = gradebook.find_grade(check_id(exercise.name), name, name, student)
    by_hand = grade.manual_score is not None
    failed = is_open(exercise)
    grade.auto_score = None if failed else exercise.score
    grade.needs_manual_grade = by_hand or failed
    gradebook.db.commit()
    return by_hand


def _grade_answer(gradebook: Any, name: str, student: str, exercise: ExerciseReport) -> bool:
    """Points for an answer in words: those given here, unless there are some; else a person is asked."""
    grade = gradebook.find_grade(answer_id(exercise.name), name, name, student)
    stays = grade.manual_score is not None
    if not stays and not is_open(exercise):
        grade.manual_score = exercise.score
    grade.needs_manual_grade = grade.manual_score is None
    gradebook.db.commit()
    return stays
