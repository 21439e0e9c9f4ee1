"""The checks of sgd, one test an exercise. Run: python -m pytest

Tested is the file that you have edited, the notebook or the module: each test's name says which.
"""

import importlib.util
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def own_checks():
    """The checks that lie beside this file, under a name of their own: other kits may be tested with it."""
    name = "checks_of_sgd"
    spec = importlib.util.spec_from_file_location(name, HERE / "checks" / "__init__.py")
    sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


edited = pytest.mark.parametrize("edition", [own_checks().edition(HERE / "sgd")], ids=str)


def check(edition, exercise):
    problem = edition.problem(exercise)
    if problem:
        pytest.fail(problem, pytrace=False)


@edited
def test_minibatches(edition):
    check(edition, "minibatches")


@edited
def test_sgd_epoch(edition):
    check(edition, "sgd_epoch")


@edited
def test_train(edition):
    check(edition, "train")


@edited
def test_gradient_noise(edition):
    check(edition, "gradient_noise")


@edited
def test_ridge_gradient(edition):
    check(edition, "ridge_gradient")
