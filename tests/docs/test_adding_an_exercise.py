"""`docs/adding_an_exercise.md`, followed to the letter in a copy of the course."""

import csv
import html
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "adding_an_exercise.md").read_text(encoding="utf-8")


def blocks():
    """Each block of code with the paragraph above it."""
    prose, code = PAGE.split("```")[:-1:2], PAGE.split("```")[1::2]
    for above, block in zip(prose, code, strict=True):
        yield " ".join(above.strip().split("\n\n")[-1].split()), block.partition("\n")[2]


def follow(instruction: str, text: str, course: Path) -> None:
    """Do what the page says with one block of code."""
    if match := re.search(r"below the line `(.+?)` in `(.+?)`:$", instruction):
        edit(course / match[2], match[1], lambda line: line + text)
    elif match := re.search(r"above the line `(.+?)` in `(.+?)`:$", instruction):
        edit(course / match[2], match[1], lambda line: text + line)
    elif match := re.search(r"before the last two lines of `(.+?)`:$", instruction):
        path = course / match[1]
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(lines[:-2]) + text + "".join(lines[-2:]), encoding="utf-8")
    elif match := re.search(r"Append this to `(.+?)`:$", instruction):
        with open(course / match[1], "a", encoding="utf-8") as file:
            file.write(text)
    elif match := re.search(r"Save this as `(.+?)`:$", instruction):
        path = course / match[1]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    elif instruction.endswith("Run:"):
        for line in text.splitlines():
            run(line.split(), course)
    else:
        raise AssertionError(f"the page says nothing that can be followed: {instruction!r}")


def edit(path, line, change):
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    (place,) = [k for k, other in enumerate(lines) if other.rstrip("\n") == line]
    lines[place] = change(lines[place])
    path.write_text("".join(lines), encoding="utf-8")


def run(command, course):
    assert command[0] == "autograder", command
    done = subprocess.run(
        [sys.executable, "-m", "autograder.cli", *command[1:]], cwd=course, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course in which the page was followed, from its first instruction to its last."""
    place = tmp_path_factory.mktemp("course")
    shutil.copytree(ROOT / "solutions", place / "solutions", ignore=shutil.ignore_patterns("__pycache__"))
    for instruction, text in blocks():
        follow(instruction, text, place)
    return place


def test_the_marks_are_those_that_the_page_promises(course):
    (points,) = re.findall(r"has (\d+) points for `right`", PAGE)
    with open(course / "graded" / "derivatives" / "grades.csv", encoding="utf-8") as file:
        marks = {row["student"]: row["log_cosh_gradient"] for row in csv.DictReader(file)}
    assert {name: float(mark) for name, mark in marks.items()} == {"right": float(points), "wrong": 0.0}


def test_the_student_reads_the_sentence_that_the_page_quotes(course):
    quoted = " ".join(re.search(r"says: “(.+?)”", PAGE, re.DOTALL)[1].split())
    page = (course / "graded" / "derivatives" / "feedback" / "wrong.html").read_text(encoding="utf-8")
    assert quoted in html.unescape(page)


def test_the_release_has_the_exercise_and_its_checks_accept_the_solution(course):
    kit = course / "assignments" / "derivatives"
    assert "def log_cosh_gradient" in (kit / "derivatives.py").read_text(encoding="utf-8")
    assert "np.tanh" not in (kit / "derivatives.ipynb").read_text(encoding="utf-8")
    shutil.copy(course / "solutions" / "derivatives" / "derivatives.py", kit)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--doctest-modules"]
    done = subprocess.run([*command, "-k", "log_cosh_gradient"], cwd=kit, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1].startswith("2 passed"), "its example and its check"


def test_the_handbook_has_its_derivation_and_its_misconceptions(course):
    page = html.unescape((course / "handbook" / "derivatives.html").read_text(encoding="utf-8"))
    assert "log_cosh_gradient" in page
    assert "cosh" in page
    assert "That is the gradient of the absolute error" in page
