"""A rubric that cannot be graded by says so when it is read."""

import shutil
from pathlib import Path

import pytest

from autograder.course import homework_names, load_homework
from autograder.errors import HomeworkError
from autograder.judging.rule import check_names

COURSE = Path(__file__).parents[1]


@pytest.mark.parametrize("name", homework_names(COURSE))
def test_every_exercise_gives_points_for_checks_that_its_rule_makes(name):
    for exercise in load_homework(name, COURSE).exercises:
        checks = check_names(exercise.rule)
        assert set(exercise.points) <= set(checks)
        assert "curve" in exercise.points or "curve" not in checks


def test_points_for_a_check_that_nobody_makes_are_a_clear_error(tmp_path):
    for folder in ("sgd", "data"):
        shutil.copytree(COURSE / "solutions" / folder, tmp_path / "solutions" / folder)
    path = tmp_path / "solutions" / "sgd" / "rubric.py"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"batches": 2,', '"batchs": 2,'), encoding="utf-8")
    with pytest.raises(HomeworkError) as raised:
        load_homework("sgd", tmp_path)
    assert "minibatches: it has points for 'batchs', which its rule does not check" in str(raised.value)
    assert "choose from batches, order, edges, form" in str(raised.value)
