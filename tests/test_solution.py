"""A solution that is wrong, or whose docstring says what is not true, is not handed out."""

import shutil
from pathlib import Path

import commands
import pytest

from autograder import solution
from autograder.course import homework_names, load_homework
from autograder.errors import HomeworkError
from autograder.release.source import read_source

COURSE = Path(__file__).parents[1]


@pytest.fixture
def course(tmp_path):
    for folder in ("derivatives", "data"):
        shutil.copytree(COURSE / "solutions" / folder, tmp_path / "solutions" / folder)
    return tmp_path


def spoil(course, old, new):
    path = course / "solutions" / "derivatives" / "derivatives.py"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def generate(course):
    return commands.run("autograder", "--course", course, "generate", "derivatives")


@pytest.mark.parametrize("name", homework_names(COURSE))
def test_every_example_in_a_docstring_is_tried_and_holds(name):
    homework = load_homework(name, COURSE)
    assert list(solution.failing_examples(homework, read_source(homework, COURSE))) == []


@pytest.mark.slow
def test_a_solution_that_loses_points_is_not_released(course):
    spoil(course, "return X @ w + b", "return X @ w - b")
    done = generate(course)
    assert done.returncode == 1
    assert "The solution of predict" in done.stderr
    assert "does not pass Value" in done.stderr
    assert not (course / "assignments").exists()


def test_an_example_that_does_not_hold_is_told_with_what_comes(course):
    path = course / "solutions" / "derivatives" / "derivatives.py"
    text = path.read_text(encoding="utf-8")
    place = text.index(">>>", text.index("def predict("))
    end = text.index("\n", text.index("\n", place) + 1)
    path.write_text(text[:place] + ">>> 1 + 1\n    3" + text[end:], encoding="utf-8")
    homework = load_homework("derivatives", course)
    with pytest.raises(HomeworkError) as raised:
        solution.insist(homework, course)
    assert "predict: 1 + 1 gives 2, and the docstring says 3" in str(raised.value)


def test_an_example_that_raises_is_told(course):
    path = course / "solutions" / "derivatives" / "derivatives.py"
    text = path.read_text(encoding="utf-8")
    place = text.index(">>>", text.index("def predict("))
    end = text.index("\n", text.index("\n", place) + 1)
    path.write_text(text[:place] + ">>> 1 / 0\n    3" + text[end:], encoding="utf-8")
    homework = load_homework("derivatives", course)
    (said,) = solution.failing_examples(homework, read_source(homework, course))
    assert said == "predict: 1 / 0 raises ZeroDivisionError: division by zero"
