"""The checks of neural_network, one test an exercise. Run: python -m pytest

The edition that you have edited is tested, the notebook or the module: each test's name says which.
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


checks = own_checks()
edited = pytest.mark.parametrize("edition", [checks.edition(HERE / "neural_network")], ids=str)


@edited
def test_mlp_forward(edition):
    checks.verify("mlp_forward", edition.load())


@edited
def test_mlp_gradient(edition):
    checks.verify("mlp_gradient", edition.load())


@edited
def test_momentum_step(edition):
    checks.verify("momentum_step", edition.load())


@edited
def test_adam_step(edition):
    checks.verify("adam_step", edition.load())


@edited
def test_train_validation_test_split(edition):
    checks.verify("train_validation_test_split", edition.load())


@edited
def test_choose_lambda(edition):
    checks.verify("choose_lambda", edition.load())
