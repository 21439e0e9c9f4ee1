"""The checks of neural_network, one test an exercise. Run: python -m pytest

Tested is the file that you have edited, the notebook or the module: each test's name says which.
"""

import importlib.util
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def own_checks():
    """The checks that lie beside this file, under a name of their own: other kits may be tested with it."""
    name = "checks_of_neural_network"
    spec = importlib.util.spec_from_file_location(name, HERE / "checks" / "__init__.py")
    sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


edited = pytest.mark.parametrize("edition", [own_checks().edition(HERE / "neural_network")], ids=str)


def check(edition, exercise):
    problem = edition.problem(exercise)
    if problem:
        pytest.fail(problem, pytrace=False)


@edited
def test_mlp_forward(edition):
    check(edition, "mlp_forward")


@edited
def test_mlp_gradient(edition):
    check(edition, "mlp_gradient")


@edited
def test_momentum_step(edition):
    check(edition, "momentum_step")


@edited
def test_adam_step(edition):
    check(edition, "adam_step")


@edited
def test_train_validation_test_split(edition):
    check(edition, "train_validation_test_split")


@edited
def test_choose_lambda(edition):
    check(edition, "choose_lambda")
