"""A rubric that cannot be graded by says so when it is read."""

import shutil
from pathlib import Path

import pytest

from autograder import course
from autograder.course import homework_names, load_homework
from autograder.errors import HomeworkError
from autograder.grader import homework_of
from autograder.judging.rule import check_names
from autograder.nbgrader.source import refresh
from symbolic_checks.keeping import Shelf

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


@pytest.mark.parametrize(
    "changed", ["derivatives/rubric.py", "derivatives/deeper/table.csv", "data/penguins.csv"]
)
def test_a_server_and_nbgrader_see_whichever_file_of_a_homework_changed(tmp_path, changed):
    for name in ("derivatives", "data"):
        shutil.copytree(COURSE / "solutions" / name, tmp_path / "solutions" / name)
    file = tmp_path / "solutions" / changed
    file.parent.mkdir(exist_ok=True)
    file.touch()
    known = homework_of("derivatives", tmp_path)
    assert refresh(tmp_path) == ["derivatives"]
    assert homework_of("derivatives", tmp_path) is known
    assert refresh(tmp_path) == []
    file.write_bytes(file.read_bytes() + b"\n")
    assert homework_of("derivatives", tmp_path) is not known
    assert refresh(tmp_path) == ["derivatives"]


def test_a_rubric_that_was_found_right_is_tried_again_when_anything_changes(tmp_path, monkeypatch):
    copied = tmp_path / "solutions"
    shutil.copytree(COURSE / "solutions" / "derivatives", copied / "derivatives")
    shutil.copytree(COURSE / "solutions" / "data", copied / "data")
    tried = []
    monkeypatch.setattr(course, "insist", lambda homework, *_others: tried.append(homework.name))
    cache = tmp_path / "cache"
    monkeypatch.setattr(course, "shelf", lambda: Shelf(cache))  # each time as in a new process

    def times():
        load_homework("derivatives", tmp_path)
        return len(tried)

    assert [times(), times()] == [1, 1]
    with open(copied / "data" / "penguins.csv", "a") as file:
        file.write("\n")
    assert [times(), times()] == [2, 2]
    monkeypatch.setattr(course, "code_digest", lambda *_places: "other code")
    assert [times(), times()] == [3, 3]


def test_a_rubric_that_is_wrong_is_told_every_time(tmp_path, monkeypatch):
    copied = tmp_path / "solutions"
    shutil.copytree(COURSE / "solutions" / "derivatives", copied / "derivatives")
    shutil.copytree(COURSE / "solutions" / "data", copied / "data")
    path = copied / "derivatives" / "rubric.py"
    path.write_text(path.read_text().replace('name="derivatives"', 'name="other"', 1))
    monkeypatch.setattr(course, "shelf", lambda: Shelf(tmp_path / "cache"))
    for _ in range(2):
        with pytest.raises(HomeworkError):
            load_homework("derivatives", tmp_path)
