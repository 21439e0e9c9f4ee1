"""The checks of derivatives, one test an exercise. Run: python -m pytest

Tested is the file that you have edited, the notebook or the module: each test's name says which.
"""

import importlib.util
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def own_checks():
    """The checks that lie beside this file, under a name of their own: other kits may be tested with it."""
    name = "checks_of_derivatives"
    spec = importlib.util.spec_from_file_location(name, HERE / "checks" / "__init__.py")
    sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


edited = pytest.mark.parametrize("edition", [own_checks().edition(HERE / "derivatives")], ids=str)


def check(edition, exercise):
    problem = edition.problem(exercise)
    if problem:
        pytest.fail(problem, pytrace=False)


@edited
def test_predict(edition):
    check(edition, "predict")


@edited
def test_dL_dw1(edition):
    check(edition, "dL_dw1")


@edited
def test_dL_dw2(edition):
    check(edition, "dL_dw2")


@edited
def test_dL_db(edition):
    check(edition, "dL_db")


@edited
def test_mse_loss(edition):
    check(edition, "mse_loss")


@edited
def test_mse_gradient(edition):
    check(edition, "mse_gradient")


@edited
def test_sigmoid(edition):
    check(edition, "sigmoid")


@edited
def test_sigmoid_derivative(edition):
    check(edition, "sigmoid_derivative")


@edited
def test_neuron_gradient(edition):
    check(edition, "neuron_gradient")
