"""What `autograder new` writes works at once: it is released, graded, audited, explained and checked."""

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import commands
import pytest
from click.testing import CliRunner

from autograder.cli import main
from autograder.course import load_homework

pytestmark = pytest.mark.slow


def run(course, *words, status=0):
    """The command in a course's folder, in a process of its own."""
    done = commands.run("autograder", *words, cwd=course, env={**os.environ, "COLUMNS": "100"})
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout


def said(*words):
    """What a command that is refused says."""
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exit_code == 1, done.output
    assert done.output.startswith("Error: ")
    assert done.output.count("\n") == 1
    return done.output


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """A course with all that can be begun in it."""
    place = tmp_path_factory.mktemp("place")
    run(place, "new", "course", "My course", "--homework", "lines")
    course = place / "My course"
    run(course, "new", "exercise", "slope_of_line")
    run(course, "new", "rule", "flat_point", "--exercise", "find_flat_point")
    run(course, "new", "homework", "curves")
    return course


@pytest.fixture
def course(begun, tmp_path):
    """A copy of it that may be changed."""
    return Path(shutil.copytree(begun, tmp_path / "course"))


def functions(name, course):
    return [exercise.function for exercise in load_homework(name, course).exercises]


def test_each_command_adds_what_it_says(begun):
    assert functions("lines", begun) == ["lines_gradient", "slope_of_line", "find_flat_point"]
    assert functions("curves", begun) == ["curves_gradient"]
    assert {path.name for path in begun.iterdir()} == {
        *("solutions", "README.md", "nbgrader_config.py", ".gitignore"),
    }


def test_the_release_is_made_and_its_tests_pass_with_the_solution(course):
    assert "3 exercises, 4 derivations certified" in run(course, "generate", "lines")
    kit = course / "assignments" / "lines"
    for edition in ("lines.py", "lines.ipynb"):
        assert "np.linalg.solve" not in (kit / edition).read_text(encoding="utf-8")
    shutil.copy(course / "solutions" / "lines" / "lines.py", kit)
    command = [sys.executable, "-m", "pytest", "-q", "--doctest-modules", "lines.py", "test_lines.py"]
    done = subprocess.run(command, cwd=kit, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_solution_has_all_points_and_the_release_none(course):
    run(course, "generate", "lines")
    (course / "in").mkdir()
    shutil.copy(course / "solutions" / "lines" / "lines.py", course / "in" / "solution.py")
    shutil.copy(course / "assignments" / "lines" / "lines.py", course / "in" / "stub.py")
    run(course, "grade", "lines", "in")
    with open(course / "graded" / "lines" / "grades.csv", encoding="utf-8") as file:
        marks = {row["student"]: float(row["score"]) for row in csv.DictReader(file)}
    assert marks == {"solution": 16.0, "stub": 0.0}


def test_the_audit_finds_no_hole(course):
    assert "No hole found." in run(course, "audit")


def test_the_handbook_explains_all_of_it(course):
    run(course, "handbook")
    page = (course / "handbook" / "lines.html").read_text(encoding="utf-8")
    assert "slope_of_line" in page
    assert "a point where the slope" in page


def test_the_preview_finds_nothing_to_mend(course):
    told = run(course, "preview", "--all")
    assert told.endswith("All is well.\n")
    assert "only_the_sign" in told
    assert "!" not in told


def files(course):
    """All files, apart from what Python leaves there."""
    paths = [path for path in course.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return {path: path.read_bytes() for path in paths}


def test_nothing_is_overwritten(course):
    where = ("--course", course, "new")
    before = files(course)
    assert "is there already, and not empty" in said("new", "course", course)
    assert "is there already" in said(*where, "homework", "lines")
    assert "is there already" in said(*where, "homework", "Lines")
    assert "has a function slope_of_line already" in said(
        *where, "exercise", "slope_of_line", "--homework", "lines"
    )
    assert "is there already" in said(*where, "rule", "flat_point", "--homework", "lines")
    assert "several homeworks: name one of curves, lines" in said(*where, "exercise", "slope")
    assert files(course) == before


@pytest.mark.parametrize(
    "name", ["a-b", "1st", "../up", "class", "numpy", "data", "random", "CON", "é", "a" * 61]
)
def test_a_homework_has_a_name_that_is_safe_everywhere(name, course):
    assert "cannot be the name of a new homework" in said("--course", course, "new", "homework", name)


@pytest.mark.parametrize("name", ["a b", "lambda", "sum", "np", "test_it", "x.y"])
def test_an_exercise_has_a_name_that_is_safe_everywhere(name, course):
    said_of = said("--course", course, "new", "exercise", name, "--homework", "lines")
    assert "cannot be the name of a new exercise" in said_of


@pytest.mark.parametrize("name", ["values", "trial", "check", "Flat", "rubric"])
def test_a_rule_has_a_name_that_no_part_of_the_kit_has(name, course):
    said_of = said("--course", course, "new", "rule", name, "--homework", "lines")
    assert "cannot be the name of a new rule" in said_of


def test_a_homework_needs_a_course(tmp_path):
    assert "is not a course" in said("--course", tmp_path, "new", "homework", "lines")


def test_a_rubric_that_cannot_be_written_leaves_both_files_as_they_were(course, monkeypatch):
    from autograder.scaffold import ScaffoldError, new_rule, writing

    folder = course / "solutions" / "curves"
    before = {path.name: path.read_bytes() for path in folder.glob("*.py")}
    replaced = writing._replace

    def failing(path, data):
        if path.name == "rubric.py":
            raise OSError(28, "No space left on device", str(path))
        replaced(path, data)

    monkeypatch.setattr(writing, "_replace", failing)
    with pytest.raises(ScaffoldError, match=r"rubric\.py cannot be written, because the disk is full"):
        new_rule("steep", None, "curves", course)
    assert {path.name: path.read_bytes() for path in folder.glob("*.py")} == before
    assert not (folder / "steep").exists()
