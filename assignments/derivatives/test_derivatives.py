"""The checks of derivatives, one test an exercise. Run: python -m pytest

The edition that you have edited is tested, the notebook or the module: each test's name says which.
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


checks = own_checks()
edited = pytest.mark.parametrize("edition", [checks.edition(HERE / "derivatives")], ids=str)


@edited
def test_predict(edition):
    checks.verify("predict", edition.load())


@edited
def test_dL_dw1(edition):
    checks.verify("dL_dw1", edition.load())


@edited
def test_dL_dw2(edition):
    checks.verify("dL_dw2", edition.load())


@edited
def test_dL_db(edition):
    checks.verify("dL_db", edition.load())


@edited
def test_mse_loss(edition):
    checks.verify("mse_loss", edition.load())


@edited
def test_mse_gradient(edition):
    checks.verify("mse_gradient", edition.load())


@edited
def test_sigmoid(edition):
    checks.verify("sigmoid", edition.load())


@edited
def test_sigmoid_derivative(edition):
    checks.verify("sigmoid_derivative", edition.load())


@edited
def test_neuron_gradient(edition):
    checks.verify("neuron_gradient", edition.load())
