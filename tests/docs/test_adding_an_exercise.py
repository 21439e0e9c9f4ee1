"""`docs/adding_an_exercise.md`, followed to the letter in a copy of the course."""

import html
import re

import pytest
from following import course_after, marks, page, passes_its_own_checks, quoted

pytestmark = pytest.mark.slow
PAGE = page("adding_an_exercise")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course in which the page was followed."""
    return course_after("adding_an_exercise", tmp_path_factory.mktemp("course"))


def test_the_marks_are_those_that_the_page_promises(course):
    (points,) = re.findall(r"has (\d+) points for `right`", PAGE)
    assert marks(course, "derivatives", "log_cosh_gradient") == {"right": float(points), "wrong": 0.0}


def test_the_student_reads_the_sentence_that_the_page_quotes(course):
    text = (course / "graded" / "derivatives" / "feedback" / "wrong.html").read_text(encoding="utf-8")
    assert quoted(PAGE) in html.unescape(text)


def test_the_release_has_the_exercise_and_its_checks_accept_the_solution(course):
    kit = course / "assignments" / "derivatives"
    assert "def log_cosh_gradient" in (kit / "derivatives.py").read_text(encoding="utf-8")
    assert "np.tanh" not in (kit / "derivatives.ipynb").read_text(encoding="utf-8")
    assert passes_its_own_checks(course, "derivatives")


def test_the_handbook_has_its_derivation_and_its_misconceptions(course):
    text = html.unescape((course / "handbook" / "derivatives.html").read_text(encoding="utf-8"))
    assert "log_cosh_gradient" in text
    assert "cosh" in text
    assert "That is the gradient of the absolute error" in text
