"""The checks of gradient_descent, one test an exercise. Run: python -m pytest

The edition that you have edited is tested, the notebook or the module: each test's name says which.
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


checks = own_checks()
edited = pytest.mark.parametrize("edition", [checks.edition(HERE / "gradient_descent")], ids=str)


@edited
def test_directional_derivative(edition):
    checks.verify("directional_derivative", edition.load())


@edited
def test_steepest_ascent_direction(edition):
    checks.verify("steepest_ascent_direction", edition.load())


@edited
def test_steepest_descent_direction(edition):
    checks.verify("steepest_descent_direction", edition.load())


@edited
def test_minimum_norm_solution(edition):
    checks.verify("minimum_norm_solution", edition.load())


@edited
def test_predicted_change(edition):
    checks.verify("predicted_change", edition.load())


@edited
def test_gradient_step(edition):
    checks.verify("gradient_step", edition.load())


@edited
def test_gradient_descent(edition):
    checks.verify("gradient_descent", edition.load())


@edited
def test_zero_one_loss(edition):
    checks.verify("zero_one_loss", edition.load())
