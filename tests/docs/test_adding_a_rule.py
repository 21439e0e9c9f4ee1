"""`docs/adding_a_rule.md`, followed to the letter in a copy of the course."""

import html
import re

import pytest
from following import course_after, marks, page, passes_its_own_checks, quoted, run

pytestmark = pytest.mark.slow
PAGE = page("adding_a_rule")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course in which the page was followed."""
    return course_after("adding_a_rule", tmp_path_factory.mktemp("course"))


def test_the_marks_are_those_that_the_page_promises(course):
    (points,) = re.findall(r"has (\d+) point for `wrong`", PAGE)
    assert marks(course, "scaling", "standardise") == {"wrong": float(points)}


def test_the_student_reads_the_sentence_that_the_page_quotes(course):
    text = (course / "graded" / "scaling" / "feedback" / "wrong.html").read_text(encoding="utf-8")
    assert quoted(PAGE) in html.unescape(text)


def test_the_checks_of_the_release_accept_the_solution(course):
    assert passes_its_own_checks(course, "scaling")


def test_the_audit_finds_no_hole_and_the_handbook_tells_of_the_rule(course):
    run([".venv/bin/autograder", "audit", "scaling", "--exercise", "standardise"], course)
    run([".venv/bin/autograder", "handbook", "scaling"], course)
    text = (course / "handbook" / "scaling.html").read_text(encoding="utf-8")
    assert "numbers with mean 0 and spread 1" in text
    assert "n_minus_1" in text
