"""Every slide that is referred to is one of the lecture's, and every slide of the lecture is somewhere."""

import re
from pathlib import Path

import jupytext
import pytest

from autograder.course import homework_names, load_homework
from symbolic_checks.slides import SLIDES

COURSE = Path(__file__).parents[2]
NAMES = homework_names(COURSE)


def told(name):
    """The rows of the map at the top of a notebook: slide → where it is."""
    cells = jupytext.read(COURSE / "solutions" / name / f"{name}.py", fmt="py:percent").cells
    (cell,) = [cell.source for cell in cells if cell.source.startswith("## Slides and symbols")]
    table, _, _ = cell.partition("| symbol |")
    rows = [re.fullmatch(r"\| (.+?) \| (.+) \|", line) for line in table.splitlines()]
    found = {row[1]: row[2] for row in rows if row and not row[1].startswith(":--")}
    del found["slide of the lecture"]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_an_exercise_refers_to_a_slide_by_its_own_name(name):
    wrong = [e.function for e in load_homework(name, COURSE).exercises if e.slide not in SLIDES]
    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_the_map_of_a_notebook_has_every_exercise_beside_its_slide_in_the_lectures_order(name):
    places = told(name)
    assert list(places) == [slide for slide in SLIDES if slide in places]
    for number, exercise in enumerate(load_homework(name, COURSE).exercises, start=1):
        assert f"{number}. `{exercise.function}`" in places[exercise.slide], exercise.function


def test_every_slide_of_the_lecture_is_somewhere():
    assert {slide for name in NAMES for slide in told(name)} == set(SLIDES)
