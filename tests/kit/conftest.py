"""The kit's checks with the examples of every homework, as a release writes them."""

import importlib
from functools import cache
from pathlib import Path

import pytest
from styles import RIGHT

from autograder import kit as checks
from autograder.course import homework_names, load_homework
from autograder.kit import judging, published
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
    monkeypatch.setattr(published, "exercises", all_exercises)
    monkeypatch.setattr(published, "guess_points", lambda: 0.0)
    monkeypatch.setattr(judging, "_PACKAGE", "autograder.rules")
    monkeypatch.setattr(published, "module", lambda name: importlib.import_module(f"data.{name}"))
    return all_exercises()


@pytest.fixture
def says(exercises):
    """What the checks say of one function among right ones: whether it is right, and the text."""

    def judged(name, function, **others):
        return checks.judge(name, {**RIGHT, name: function, **others})[:2]

    return judged
