"""The checks of landscapes, one test an exercise. Run: python -m pytest

Tested is the file that you have edited, the notebook or the module: each test's name says which.
"""

import importlib.util
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def own_checks():
    """The checks that lie beside this file, under a name of their own: other kits may be tested with it."""
    name = "checks_of_landscapes"
    spec = importlib.util.spec_from_file_location(name, HERE / "checks" / "__init__.py")
    sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


edited = pytest.mark.parametrize("edition", [own_checks().edition(HERE / "landscapes")], ids=str)


def check(edition, exercise):
    problem = edition.problem(exercise)
    if problem:
        pytest.fail(problem, pytrace=False)


@edited
def test_central_difference_gradient(edition):
    check(edition, "central_difference_gradient")


@edited
def test_quotient_rule(edition):
    check(edition, "quotient_rule")


@edited
def test_normal_equations(edition):
    check(edition, "normal_equations")


@edited
def test_critical_point(edition):
    check(edition, "critical_point")


@edited
def test_largest_stable_rate(edition):
    check(edition, "largest_stable_rate")


@edited
def test_decayed_rate(edition):
    check(edition, "decayed_rate")


@edited
def test_best_of_starts(edition):
    check(edition, "best_of_starts")


@edited
def test_mean_over_all_batches(edition):
    check(edition, "mean_over_all_batches")


@edited
def test_repaired_epoch(edition):
    check(edition, "repaired_epoch")
