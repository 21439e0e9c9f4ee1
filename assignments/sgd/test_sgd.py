"""The checks of sgd, one test an exercise. Run: python -m pytest

The edition that you have edited is tested, the notebook or the module: each test's name says which.
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


checks = own_checks()
edited = pytest.mark.parametrize("edition", [checks.edition(HERE / "sgd")], ids=str)


@edited
def test_minibatches(edition):
    checks.verify("minibatches", edition.load())


@edited
def test_sgd_epoch(edition):
    checks.verify("sgd_epoch", edition.load())


@edited
def test_train(edition):
    checks.verify("train", edition.load())


@edited
def test_gradient_noise(edition):
    checks.verify("gradient_noise", edition.load())


@edited
def test_ridge_gradient(edition):
    checks.verify("ridge_gradient", edition.load())
