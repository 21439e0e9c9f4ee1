"""`docs/adding_a_homework.md`, followed to the letter in a copy of the course."""

import html
import re

import pytest
from following import course_after, marks, page, passes_its_own_checks, quoted, run

pytestmark = pytest.mark.slow
PAGE = page("adding_a_homework")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course in which the page was followed."""
    return course_after("adding_a_homework", tmp_path_factory.mktemp("course"))


def test_the_marks_are_those_that_the_page_promises(course):
    (points,) = re.findall(r"has (\d+) points for `right`", PAGE)
    found = marks(course, "large_errors", "large_errors_gradient")
    assert found == {"right": float(points), "wrong": 0.0}


def test_the_student_reads_the_sentence_that_the_page_quotes(course):
    text = (course / "graded" / "large_errors" / "feedback" / "wrong.html").read_text(encoding="utf-8")
    assert quoted(PAGE) in html.unescape(text)


def test_the_preview_ends_as_the_page_says(course):
    assert run([".venv/bin/autograder", "preview", "large_errors"], course).endswith("All is well.\n")


def test_the_checks_of_the_release_accept_the_solution(course):
    assert passes_its_own_checks(course, "large_errors")


def test_the_handbook_has_the_derivation(course):
    text = (course / "handbook" / "large_errors.html").read_text(encoding="utf-8")
    assert "A loss for large errors" in text
