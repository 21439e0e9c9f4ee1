"""The benchmarks run: what a change of the grader breaks in them is seen at once."""

import importlib.util
import sys
from pathlib import Path

import pytest

from autograder.course import load_homework

ROOT = Path(__file__).parents[1]
NAMES = [path.stem for path in sorted((ROOT / "benchmarks").glob("*.py"))]


@pytest.fixture
def benchmark(monkeypatch):
    """A benchmark's module by its name, which may be a package's too."""
    folders = [ROOT / "benchmarks", ROOT / "tests" / "judging", ROOT / "tests" / "hostile"]
    monkeypatch.setattr(sys, "path", [*sys.path, *map(str, folders)])

    def load(name):
        spec = importlib.util.spec_from_file_location(f"benchmark_{name}", folders[0] / f"{name}.py")
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, spec.name, module)
        spec.loader.exec_module(module)
        return module

    return load


@pytest.mark.parametrize("name", NAMES)
def test_it_can_be_loaded_and_says_what_it_measures(benchmark, name):
    assert callable(benchmark(name).main)
    assert benchmark(name).__doc__.strip()


def test_the_floor_gives_full_marks_without_a_sandbox(benchmark):
    grade = benchmark("grade")
    assert grade.floor(load_homework("derivatives", ROOT), grade.students(2)) > 0


def test_a_fresh_python_can_make_the_same_calls(benchmark):
    grade = benchmark("grade")
    assert grade.fresh(load_homework("derivatives", ROOT), grade.students(2)) > 0


def test_what_naming_costs_is_timed_where_it_is_called(benchmark):
    diagnosis = benchmark("diagnosis")
    times = {what: [] for what in diagnosis.TIMED}
    variant = next(each for each in diagnosis.variants("wrong") if each.exercise == "mse_gradient")
    with diagnosis.Sandbox("auto") as sandbox, diagnosis.timed(times):
        diagnosis.report(variant, sandbox, "a student")
    assert times["a value's mistake"]
    assert times["the formula"]
