"""docs/nbgrader.md, tried exactly as it is written."""

import re

import pytest
from course import ROOT, Course, hand_in, source

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("nbgrader_commands")]
TEXT = (ROOT / "docs" / "nbgrader.md").read_text(encoding="utf-8")


def test_every_command_works_as_it_is_written(tmp_path):
    course = Course.make(tmp_path / "here")
    folders = {"the course's": course.folder, "a student's": course.home("ada")}
    blocks = re.findall(r"In (the course's|a student's) folder:\n\n```\n(.*?)```", TEXT, re.DOTALL)
    commands = [(where, line.split()) for where, block in blocks for line in block.splitlines()]
    assert len(commands) == 10
    for where, words in commands:
        course.run(*words, cwd=folders[where])
    assert list(folders["a student's"].rglob("feedback/**/derivatives.html"))


def test_the_fast_way_works_as_it_is_written(tmp_path):
    course = Course.make(tmp_path / "here")
    course.nbgrader("generate_assignment", "derivatives")
    hand_in(course, "ada", source(course))
    (block,) = re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)
    for line in block.splitlines():
        course.run(*line.split())
    assert course.scores() == {"ada": 45}
