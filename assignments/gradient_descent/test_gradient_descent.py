"""The checks of gradient_descent, one test an exercise. Run: python -m pytest

Tested is the file that you have edited, the notebook or the module: each test's name says which.
"""

import importlib.util
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def own_checks():
    """The checks that lie beside this file, under a name of their own: other kits may be tested with it."""
    name = "checks_of_gradient_descent"
    spec = importlib.util.spec_from_file_location(name, HERE / "checks" / "__init__.py")
    sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


edited = pytest.mark.parametrize("edition", [own_checks().edition(HERE / "gradient_descent")], ids=str)


def check(edition, exercise):
    problem = edition.problem(exercise)
    if problem:
        pytest.fail(problem, pytrace=False)


@edited
def test_directional_derivative(edition):
    check(edition, "directional_derivative")


@edited
def test_steepest_ascent_direction(edition):
    check(edition, "steepest_ascent_direction")


@edited
def test_steepest_descent_direction(edition):
    check(edition, "steepest_descent_direction")


@edited
def test_minimum_norm_solution(edition):
    check(edition, "minimum_norm_solution")


@edited
def test_predicted_change(edition):
    check(edition, "predicted_change")


@edited
def test_gradient_step(edition):
    check(edition, "gradient_step")


@edited
def test_gradient_descent(edition):
    check(edition, "gradient_descent")


@edited
def test_zero_one_loss(edition):
    check(edition, "zero_one_loss")
