"""The benchmarks run: what a change of the grader breaks in them is seen at once."""

import importlib
import sys
from pathlib import Path

import pytest

from autograder.course import load_homework

ROOT = Path(__file__).parents[1]
NAMES = [path.stem for path in sorted((ROOT / "benchmarks").glob("*.py"))]


@pytest.fixture
def benchmark(monkeypatch):
    """A benchmark's module by its name."""
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    monkeypatch.setattr(
        sys, "path", [*sys.path, str(ROOT / "tests" / "judging"), str(ROOT / "tests" / "hostile")]
    )
    return importlib.import_module


@pytest.mark.parametrize("name", NAMES)
def test_it_can_be_loaded_and_says_what_it_measures(benchmark, name):
    assert callable(benchmark(name).main)
    assert benchmark(name).__doc__.strip()


def test_the_floor_gives_full_marks_without_a_sandbox(benchmark):
    grade = benchmark("grade")
    assert grade.floor(load_homework("derivatives", ROOT), grade.students(2)) > 0
