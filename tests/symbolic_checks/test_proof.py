"""A derivative is proved, or shown to be wrong by numbers, or neither: and the sentence says which."""

from dataclasses import replace

import pytest
import sympy as sp

from symbolic_checks import lecture, proof
from symbolic_checks.derivation import derive
from symbolic_checks.directions import LineDerivative, stationary_points
from symbolic_checks.errors import DerivationError, ProofError, SymbolicError, UndefinedError
from symbolic_checks.language import Sigma
from symbolic_checks.proof import counterexample, is_zero

a, b, t = sp.symbols("a b t", real=True)


def tampered(derivation, times):
    (first, *rest), *others = derivation.paths
    return replace(derivation, paths=((replace(first, value=times * first.value), *rest), *others))


@pytest.mark.parametrize(
    "zero",
    [
        1 / a + 1 / b - (a + b) / (a * b),
        a / Sigma(t) - a * (1 + sp.exp(-t)),
        sp.exp(2 * a + b) - sp.exp(a) ** 2 * sp.exp(b),
        sp.exp(a) / (sp.exp(a) + sp.exp(b)) - 1 / (1 + sp.exp(b - a)),
        sp.tanh(a) - (sp.exp(a) - sp.exp(-a)) / (sp.exp(a) + sp.exp(-a)),
        sp.Piecewise((a / b, a < b), (b, True)) - sp.Piecewise((a**2 / (a * b), a < b), (b + 0, True)),
        sp.Piecewise((1, a < b), (0, True)) + sp.Piecewise((a, a < b), (a + 1, True)) - a - 1,
    ],
    ids=str,
)
def test_what_is_zero_is_shown_to_be(zero):
    assert is_zero(zero)


@pytest.mark.parametrize(
    "other",
    [
        1 / a + 1 / b - (a + b) / (a * b) + sp.Rational(1, 10**9),
        sp.Piecewise((a, a < b), (b, True)) - sp.Piecewise((a, a < b), (a, True)),
        sp.Piecewise((a, a < b), (b, True)) - sp.Piecewise((a, a < t), (b, True)),
        sp.log(a**2) - sp.log(b**2),
        Sigma(a) - Sigma(b),
    ],
    ids=str,
)
def test_what_is_not_zero_is_never_shown_to_be(other):
    assert not is_zero(other)
    assert counterexample(other, sp.Integer(0)) is not None


def test_a_wrong_derivative_is_called_wrong_with_both_numbers_and_both_forms():
    with pytest.raises(ProofError, match="is wrong") as caught:
        tampered(derive(lecture.NEURON, "w"), 2).prove()
    sentence = str(caught.value)
    assert caught.value.is_wrong
    assert sentence.startswith(
        "The derivative of the MSE of one sigmoid neuron with respect to w[j] is wrong"
    )
    assert "σ(" in sentence
    assert not [word for word in ("Derivation(", "Factor(", "Model(", "\\", "Sigma") if word in sentence]


def test_what_cannot_be_proved_is_not_called_wrong():
    # log(a²) is 2 log |a| everywhere, and the proof takes both logarithms for unknowns.
    w1 = sp.Symbol("w_1", real=True)
    derivation = derive(lecture.SQUARED_ERROR, "w1")
    one = (1 + sp.log(w1**2)) / (1 + 2 * sp.log(sp.Abs(w1)))
    with pytest.raises(ProofError, match="could not be proved") as caught:
        tampered(derivation, one).prove()
    sentence = str(caught.value)
    assert not caught.value.is_wrong
    assert "wrong" not in sentence
    assert "log(Abs(w_1))" in sentence
    assert "Derivation(" not in sentence
    assert not tampered(derivation, one).certify()


def test_a_wrong_point_and_a_wrong_line_are_called_wrong():
    point = stationary_points(lecture.STEEPEST_DIRECTION)[0]
    point.prove()
    with pytest.raises(ProofError, match="is wrong") as caught:
        replace(point, multiplier=3 * point.multiplier).prove()
    assert caught.value.is_wrong
    line = LineDerivative(lecture.FIRST_ORDER_CHANGE, change=True)
    line.prove()


def test_all_errors_have_one_base():
    assert issubclass(ProofError, DerivationError)
    assert all(issubclass(error, SymbolicError) for error in (DerivationError, UndefinedError))


def test_a_form_that_is_too_long_is_cut():
    long = sum(sp.Symbol(f"x{k}") for k in range(200))
    assert len(proof.shortened(long)) < 400
