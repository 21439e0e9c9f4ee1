"""What is derived for the landscapes: each derivation is proven, and its numbers are compared with others."""

import numpy as np
import pytest
import sympy as sp

from symbolic_checks import computed, lecture
from symbolic_checks.differences import DifferenceQuotient
from symbolic_checks.language import Definition, Model
from symbolic_checks.rates import Rate
from symbolic_checks.reference import rate, value
from symbolic_checks.sampling import MeanOfBatches
from symbolic_checks.stability import StableRate
from symbolic_checks.stationary import NormalEquations

ALL = [
    DifferenceQuotient(),
    MeanOfBatches(),
    StableRate(),
    Rate(lecture.QUOTIENT),
    NormalEquations(lecture.MSE),
]


@pytest.mark.parametrize("derivation", ALL, ids=lambda each: type(each).__name__)
def test_it_is_proven_and_can_be_shown(derivation):
    derivation.prove()
    steps = derivation.steps()
    assert len(steps) > 2
    assert all(step.latex and step.sentence.endswith((".", ":")) for step in steps)


def test_the_quotient_rule_gives_the_slope_of_the_sigmoid():
    z = np.linspace(-5, 5, 11)
    power = np.exp(-z)
    slope = rate(lecture.QUOTIENT)(np.ones(11), 1 + power, np.zeros(11), -power)
    s = 1 / (1 + power)
    assert np.allclose(slope, s * (1 - s), rtol=1e-12)


def test_a_rate_that_is_declared_wrongly_is_no_quotient_rule():
    problem = lecture.QUOTIENT
    (first, _), *rest = problem.rates
    wrong = type(problem)(
        problem.name,
        problem.arguments,
        problem.definition,
        ((first, rest[0][1]), *rest),
        problem.result,
        problem.variable,
    )
    right = rate(problem)(1.0, 2.0, 3.0, 4.0)
    assert rate(wrong)(1.0, 2.0, 3.0, 4.0) != right


@pytest.mark.parametrize("shape", [(5, 1), (6, 3), (4, 3)])
def test_the_minimum_is_where_least_squares_finds_it(shape):
    random = np.random.default_rng(1)
    X, y = random.normal(size=shape), random.normal(size=shape[0])
    w, b = computed.minimum(lecture.MSE)(X, y)
    columns = np.column_stack([X, np.ones(len(y))])
    assert np.allclose(np.append(w, b), np.linalg.lstsq(columns, y, rcond=None)[0])


def test_there_is_no_minimum_to_find_where_the_columns_depend_on_each_other():
    X = np.column_stack([np.arange(5.0), 2 * np.arange(5.0)])
    with pytest.raises(ValueError, match="not determined"):
        computed.minimum(lecture.MSE)(X, np.ones(5))


def test_normal_equations_of_another_loss_are_not_proven():
    doubled = Model(
        lecture.MSE.name,
        lecture.MSE.arguments,
        (
            *lecture.MSE.definitions[:-1],
            Definition(lecture.L, 2 * lecture.MSE.definitions[-1].expression, "Without ½."),
        ),
    )
    NormalEquations(lecture.MSE).prove()
    with pytest.raises(ValueError, match="normal equation"):
        NormalEquations(doubled).prove()


def test_above_the_largest_rate_descent_diverges_and_below_it_converges():
    H = np.array([[2.0, 0.6], [0.6, 1.0]])
    limit = computed.largest_rate()(H)
    ends = []
    for share in (0.98, 1.02):
        v = np.array([1.0, 1.0])
        for _ in range(500):
            v = v - share * limit * (H @ v)
        ends.append(np.linalg.norm(v))
    assert ends[0] < 1e-3
    assert ends[1] > 1e3


def test_the_error_of_a_central_difference_is_the_one_that_is_derived():
    h = sp.Symbol("h", positive=True)
    derived = DifferenceQuotient().error.subs(sp.Symbol("L3", real=True), sp.exp(1)).subs(h, 0.01)
    measured = (np.exp(1.01) - np.exp(0.99)) / 0.02 - np.exp(1)
    assert measured == pytest.approx(float(derived), rel=1e-4)


def test_a_rate_that_decays_is_halved_after_one_over_k_steps():
    decayed = value(lecture.DECAYED_RATE)
    assert decayed(4, 0.6, 0.25) == pytest.approx(0.3)
    assert np.allclose(decayed(np.array([0.0, 4.0]), 0.6, 0.25), [0.6, 0.3])
