"""The kit's checks with the examples of every homework, as a release writes them."""

from functools import cache
from pathlib import Path

import checks
import checks_values
import pytest
from styles import RIGHT

from autograder.homework import homework_names, load_homework
from autograder.release.examples import examples

COURSE = Path(__file__).parents[2]


@cache
def all_exercises():
    found = {}
    for name in homework_names(COURSE):
        found |= examples(load_homework(name, COURSE))["exercises"]
    return found


@pytest.fixture
def exercises(monkeypatch):
    """The exercises of all homeworks by name, which the checks see too."""
    for module in (checks, checks_values):
        monkeypatch.setattr(module, "exercises", all_exercises)
    return all_exercises()


@pytest.fixture
def says(exercises):
    """What the checks say of one function among right ones: whether it is right, and the text."""

    def judged(name, function, **others):
        return checks.judge(name, {**RIGHT, name: function, **others})[:2]

    return judged
