"""nbgrader's own commands, from an empty course to returned feedback, as cron would run them."""

import json
import os
import re

import pytest
from course import ROOT, Course, hand_in, source

from autograder.course import homework_names
from autograder.release import are_near

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("nbgrader_commands")]


@pytest.mark.thorough  # the page on nbgrader, which is followed literally, goes the same way
def test_from_an_empty_course_to_returned_feedback(tmp_path):
    course = Course.make(tmp_path / "here")
    course.nbgrader("generate_assignment", "derivatives")
    course.nbgrader("release_assignment", "derivatives")
    home = course.home("ada")
    assert "derivatives" in course.nbgrader("list", cwd=home)
    course.nbgrader("fetch_assignment", "derivatives", cwd=home)
    complete(course, home / "derivatives" / "derivatives.ipynb")
    said = course.nbgrader("validate", "derivatives.ipynb", cwd=home / "derivatives")
    assert "Success! Your notebook passes all the tests." in said
    course.nbgrader("submit", "derivatives", cwd=home)
    course.nbgrader("collect", "derivatives")
    (student,) = [path.name for path in (course.folder / "submitted").iterdir()]
    course.nbgrader("autograde", "derivatives")
    assert course.scores() == {student: 45}
    course.nbgrader("generate_feedback", "derivatives")
    course.nbgrader("release_feedback", "derivatives")
    course.nbgrader("fetch_feedback", "derivatives", cwd=home)
    (page,) = (home / "derivatives" / "feedback").rglob("derivatives.html")
    assert "All right" in page.read_text()


def test_a_link_in_the_exchange_is_not_followed(tmp_path):
    course = Course.make(tmp_path / "here")
    course.nbgrader("generate_assignment", "derivatives")
    course.nbgrader("release_assignment", "derivatives")
    (inbound,) = course.exchange.rglob("inbound")
    solution = course.folder / "solution.ipynb"
    solution.write_text(json.dumps(source(course)))
    outside = tmp_path / "private"
    outside.mkdir()
    (outside / "derivatives.ipynb").write_text(solution.read_text())
    handed_in = {
        name: inbound / f"{name}+derivatives+2026-11-20 10:00:0{k} UTC" for k, name in enumerate("abcde")
    }
    for name in "abce":
        handed_in[name].mkdir()
        (handed_in[name] / "timestamp.txt").write_text("2026-11-20 10:00:00 UTC")
    (handed_in["a"] / "derivatives.ipynb").symlink_to(solution)
    os.link(solution, handed_in["b"] / "derivatives.ipynb")
    os.mkfifo(handed_in["c"] / "derivatives.ipynb")
    handed_in["d"].symlink_to(outside)
    (handed_in["e"] / "derivatives.ipynb").write_text(solution.read_text())
    (handed_in["e"] / "deep").mkdir()
    (handed_in["e"] / "deep" / "data.csv").write_text("1,2")
    (handed_in["e"] / "deep" / "private").symlink_to(outside)
    said = course.nbgrader("collect", "derivatives")
    assert "symbolic link" in said
    assert "hard link" in said
    assert "not an ordinary file" in said
    submitted = course.folder / "submitted"
    found = sorted(str(path.relative_to(submitted)) for path in submitted.rglob("*") if path.is_file())
    assert found == [
        "a/derivatives/timestamp.txt",
        "b/derivatives/timestamp.txt",
        "c/derivatives/timestamp.txt",
        "e/derivatives/deep/data.csv",
        "e/derivatives/derivatives.ipynb",
        "e/derivatives/timestamp.txt",
    ]


def complete(course, path):
    """Put the solutions into a released notebook, as a student would."""
    solved = {cell["metadata"].get("nbgrader", {}).get("grade_id"): cell for cell in source(course)["cells"]}
    notebook = json.loads(path.read_text())
    for cell in notebook["cells"]:
        about = cell["metadata"].get("nbgrader", {})
        if about.get("solution"):
            cell["source"] = solved[about["grade_id"]]["source"]
    path.write_text(json.dumps(notebook))


def files(folder):
    """What lies in a folder and below, without what Python leaves there."""
    paths = [path for path in folder.rglob("*") if path.is_file() and path.parent.name != "__pycache__"]
    return {str(path.relative_to(folder)): path.read_bytes().strip() for path in paths}


@pytest.mark.parametrize(
    "name",
    [n if n == "derivatives" else pytest.param(n, marks=pytest.mark.thorough) for n in homework_names(ROOT)],
)
def test_every_homework_is_released_as_it_is_handed_out(name, course):
    course.nbgrader("generate_assignment", name, "--force")
    made = course.folder / "release" / name
    found, expected = files(made), files(ROOT / "assignments" / name)
    examples = "checks/examples.json"  # its last digits depend on the processor
    assert are_near(json.loads(found.pop(examples)), json.loads(expected.pop(examples)))
    assert found == expected


def test_what_zip_collect_brings_is_graded(course, tmp_path):
    downloaded = course.folder / "downloaded" / "derivatives" / "archive"
    downloaded.mkdir(parents=True)
    (downloaded / "zoe_attempt_1_derivatives.ipynb").write_text(json.dumps(source(course)))
    course.nbgrader(
        "zip_collect", "derivatives", "--force",
        r"--FileNameCollectorPlugin.named_regexp=.*/(?P<student_id>\w+?)_attempt_1_(?P<file_id>.*)",
    )  # fmt: skip
    course.nbgrader("autograde", "derivatives", "--student", "zoe")
    assert course.scores()["zoe"] == 45


def test_an_edited_solution_is_released_anew(tmp_path):
    course = Course.make(tmp_path / "here")
    course.nbgrader("generate_assignment", "derivatives")
    place = course.folder / "solutions" / "derivatives" / "derivatives.py"
    place.write_text(place.read_text().replace("# # The derivatives behind", "# # The slopes behind"))
    course.nbgrader("generate_assignment", "derivatives", "--force")
    assert "The slopes behind" in (course.folder / "release/derivatives/derivatives.ipynb").read_text()


def test_a_rubric_that_changed_is_told_before_anyone_is_graded(tmp_path):
    course = Course.make(tmp_path / "here")
    course.nbgrader("generate_assignment", "derivatives")
    hand_in(course, "ada", source(course))
    place = course.folder / "solutions" / "derivatives" / "rubric.py"
    text = place.read_text()
    place.write_text(re.sub(r'points=\{"value": 2', 'points={"value": 3', text, count=1))
    assert place.read_text() != text
    said = course.nbgrader("autograde", "derivatives", fails=True)
    assert "run `nbgrader generate_assignment derivatives --force` first" in said
    course.nbgrader("generate_assignment", "derivatives", "--force")
    course.nbgrader("autograde", "derivatives")
    assert course.scores()["ada"] == 48  # a point more for each of the three derivatives


def test_the_folders_of_nbgrader_are_no_part_of_the_repository():
    ignored = (ROOT / ".gitignore").read_text().split()
    assert {"/source/", "/release/", "/submitted/", "/autograded/", "/feedback/", "/gradebook.db"} <= {
        *ignored
    }
