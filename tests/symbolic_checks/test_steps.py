"""What is defined and not derived: steps of gradient descent, of momentum and of Adam, and the 0-1 loss."""

import numpy as np
import pytest
import sympy as sp

from symbolic_checks import lecture
from symbolic_checks.latex import latex
from symbolic_checks.lecture import Definition, Model, i, n, total, y
from symbolic_checks.reference import gradient, value

STEP, MOMENTUM, ADAM = map(value, (lecture.GRADIENT_STEP, lecture.MOMENTUM_STEP, lecture.ADAM_STEP))


@pytest.mark.parametrize("d", [1, 2, 5])
def test_a_step_of_gradient_descent_ends_at_v_minus_eta_times_the_gradient(d):
    v, g = np.random.default_rng(d).normal(size=(2, d))
    np.testing.assert_allclose(STEP(v, g, 0.3), [x - 0.3 * slope for x, slope in zip(v, g, strict=True)])


def test_under_a_constant_gradient_the_velocity_is_a_geometric_sum():
    v, g, rho, lr = np.array([1.0, -2.0, 0.5]), np.array([0.3, -1.0, 2.0]), 0.8, 0.1
    velocity, at = np.zeros(3), v
    for steps in range(1, 8):
        at, velocity = MOMENTUM(at, velocity, g, lr, rho)
        np.testing.assert_allclose(velocity, g * (1 - rho**steps) / (1 - rho))
    assert MOMENTUM.components == ("v", "velocity")
    np.testing.assert_allclose(at, v - lr * g * sum((1 - rho**k) / (1 - rho) for k in range(1, 8)))


def test_under_a_constant_gradient_every_step_of_adam_has_length_eta():
    """The corrected means are then g and g² exactly (Kingma and Ba 2015, section 3)."""
    v, g, lr = np.array([1.0, -2.0, 0.5]), np.array([0.3, -1.0, 20.0]), 0.1
    at, m, s = v, np.zeros(3), np.zeros(3)
    for t in range(1, 20):
        at, m, s = ADAM(at, m, s, g, t, lr)
        np.testing.assert_allclose(at, v - t * lr * g / (np.abs(g) + 1e-8), 1e-12, 1e-13)
        np.testing.assert_allclose(m, g * (1 - 0.9**t))
        np.testing.assert_allclose(s, g**2 * (1 - 0.999**t))


def test_what_may_be_left_out_has_the_defaults_of_the_contract():
    v, m, s, g = np.random.default_rng(0).random((4, 3))
    given, left_out = ADAM(v, m, s, g, 4, 0.1, 0.9, 0.999, 1e-8), ADAM(v, m, s, g, 4, 0.1)
    assert all(np.array_equal(a, b) for a, b in zip(given, left_out, strict=True))
    assert ADAM.required == ADAM.parameters[:6]
    assert ADAM.parameters[6:] == ("beta1", "beta2", "eps")
    named, placed = ADAM(v, m, s, g, 4, 0.1, eps=0.5), ADAM(v, m, s, g, 4, 0.1, 0.9, 0.999, 0.5)
    assert np.array_equal(named[0], placed[0])


@pytest.mark.parametrize("size", [1, 4, 9])
def test_the_zero_one_loss_is_the_share_of_wrong_sides(size):
    random = np.random.default_rng(size)
    y_hat, labels = random.uniform(-0.5, 1.5, size), random.integers(0, 2, size)
    y_hat[0] = 0.5
    wrong = [int((p >= 0.5) != bool(label)) for p, label in zip(y_hat, labels, strict=True)]
    assert value(lecture.ZERO_ONE_LOSS)(y_hat, labels) == sum(wrong) / size


def test_the_zero_one_loss_has_no_slope_to_follow():
    (definition,) = lecture.ZERO_ONE_LOSS.definitions
    y_hat = lecture.ZERO_ONE_LOSS.arguments[0].symbol
    (sum_,) = definition.expression.atoms(sp.Sum)
    slope = sp.diff(sum_.function, y_hat)
    assert slope.xreplace({y_hat: sp.Rational(3, 4), y[i]: sp.Integer(0)}) == 0
    assert latex(definition.expression).count(r"\left[\hat{y}_{i} \ge \frac{1}{2}\right]") == 1


RESIDUAL = lecture.LINEAR_OUTPUT.output.symbol - y[i]
LOSSES = {
    "log-cosh": (sp.log(sp.cosh(RESIDUAL)), lambda r: np.log(np.cosh(r))),
    "pseudo-Huber": (sp.sqrt(1 + RESIDUAL**2) - 1, lambda r: np.sqrt(1 + r**2) - 1),
    "LINEX": (sp.exp(RESIDUAL) - RESIDUAL - 1, lambda r: np.exp(r) - r - 1),
    "Welsch": (1 - sp.exp(-(RESIDUAL**2) / 2), lambda r: 1 - np.exp(-(r**2) / 2)),
    "bounded": (sp.tanh(RESIDUAL) ** 2, lambda r: np.tanh(r) ** 2),
    "periodic": (1 - sp.cos(RESIDUAL) + sp.sin(RESIDUAL) ** 2, lambda r: 1 - np.cos(r) + np.sin(r) ** 2),
    "arctangent": (sp.atan(RESIDUAL) ** 2, lambda r: np.arctan(r) ** 2),
    "absolute": (sp.Abs(RESIDUAL), np.abs),
}


@pytest.mark.parametrize(("term", "plain"), LOSSES.values(), ids=LOSSES)
def test_an_instructors_own_loss_is_derived_and_certified_too(term, plain):
    loss = Definition(lecture.L, total(term, i) / n, "A loss of the instructor's.")
    model = Model("a loss", lecture.MSE.arguments, (*lecture.LINEAR_OUTPUT.definitions, loss))
    reference = gradient(model, "w", "b")
    assert all(derivation.certify() for derivation in reference.derivations)
    random = np.random.default_rng(7)
    X, targets, w, b = random.normal(size=(7, 3)), random.normal(size=7), random.normal(size=3), 0.4

    def at(w, b):
        return plain(X @ w + b - targets).mean()

    h = 1e-6
    dw, db = reference(X, targets, w, b)
    np.testing.assert_allclose(dw, [(at(w + h * e, b) - at(w - h * e, b)) / (2 * h) for e in np.eye(3)], 1e-6)
    np.testing.assert_allclose(db, (at(w, b + h) - at(w, b - h)) / (2 * h), 1e-6)
    np.testing.assert_allclose(value(model)(X, targets, w, b), at(w, b))
    # a tolerance relative to the scale is never tighter than rounding allows
    scales = reference.scale(X, targets, w, b)
    assert all(scale >= np.abs(part).max() for scale, part in zip(scales, (dw, db), strict=True))
