"""The lecture's definitions mean what the slides say, and hold no derivative."""

import mpmath
import pytest
import sympy as sp

from symbolic_checks import lecture
from symbolic_checks.language import Sigma, slope_of_sigma
from symbolic_checks.lecture import z

MODELS = [value for value in vars(lecture).values() if isinstance(value, lecture.Model)]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_a_definition_uses_only_arguments_and_earlier_definitions(model):
    known = {argument.symbol for argument in model.arguments}
    for definition in model.definitions:
        used = {s for s in definition.expression.free_symbols if isinstance(s, sp.Indexed)}
        used |= {s for s in definition.expression.free_symbols if s.is_Symbol and not s.is_integer}
        labels = {s.base.label for s in used if isinstance(s, sp.Indexed)}
        assert used - labels <= known
        known.add(definition.symbol)


def test_a_model_holds_no_derivative():
    for model in MODELS:
        for definition in model.definitions:
            assert not definition.expression.has(sp.Derivative)


def test_the_derivative_of_sigma_follows_from_its_definition():
    s, slope = slope_of_sigma()
    definition = Sigma.definition(z)
    assert sp.simplify(slope.xreplace({s: definition}) - sp.diff(definition, z)) == 0


def test_the_derivative_of_sigma_is_the_numerical_one_to_thirty_digits():
    with mpmath.workdps(50):
        slope = sp.lambdify(z, sp.diff(Sigma(z), z).rewrite(sp.exp), "mpmath")
        for at in ("-7.5", "-0.3", "0", "2.25"):
            numerical = mpmath.diff(lambda x: 1 / (1 + mpmath.exp(-x)), mpmath.mpf(at))
            assert mpmath.almosteq(slope(mpmath.mpf(at)), numerical, rel_eps=mpmath.mpf(10) ** -30)


def test_sigma_has_one_argument_only():
    with pytest.raises(sp.core.function.ArgumentIndexError):
        Sigma(z).fdiff(2)


def test_a_sum_runs_over_the_whole_range_of_its_index():
    for model in MODELS:
        for definition in model.definitions:
            for sum_ in definition.expression.atoms(sp.Sum):
                ((index, low, high),) = sum_.limits
                assert (low, high) == (1, index.size)


def test_ridge_leaves_the_bias_out_of_the_penalty():
    (penalty,) = (d.expression for d in lecture.RIDGE.definitions if d.symbol == lecture.R)
    assert not penalty.has(lecture.b)
