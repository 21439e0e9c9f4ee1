"""Mutants are the wrong formulas that their names say, beside the same written by hand in NumPy."""

import numpy as np
import pytest

from symbolic_checks import lecture
from symbolic_checks.misconceptions import catalogue
from symbolic_checks.reference import change, gradient, maximiser, partial, slope, value


def regression(seed, n=7, d=3, labels=False):
    random = np.random.default_rng(seed)
    y = random.integers(0, 2, n) * 1.0 if labels else random.normal(size=n)
    return random.normal(size=(n, d)), y, random.normal(size=d), float(random.normal())


SAMPLES = [regression(1), regression(2, 5, 2), regression(3, 4, 2)]
LABELLED = [regression(1, labels=True), regression(2, 5, 2, labels=True)]
FRESH = regression(9, 6, 4)


def given(made, arguments):
    """Every mutant's values by its name."""
    rows = made.fingerprints([arguments])
    return {mutant.name: row for mutant, row in zip(made.mutants, rows, strict=True)}


def sigma(z):
    return 1 / (1 + np.exp(-z))


def test_mistakes_in_the_gradient_of_the_mse():
    X, y, w, b = FRESH
    p, n = X @ w + b, len(y)
    e = p - y
    found = given(catalogue(gradient(lecture.MSE, "w", "b"), 0, SAMPLES), FRESH)
    for name, expected in {
        "without_b": X.T @ (e - b) / n,
        "target_missing": X.T @ p / n,
        "prediction_missing": -X.T @ y / n,
        "target_added": X.T @ (p + y) / n,
        "error_missing": X.mean(axis=0),
        "square_kept": X.T @ e**2 / n,
        "absolute_error": X.T @ abs(e) / n,
        "sign_of_error": X.T @ np.sign(e) / n,
        "broadcast": X.T @ (p[:, None] - y[None]).sum(axis=1) / n,
        "broadcast_averaged": X.T @ (p[:, None] - y[None]).mean(axis=1) / n,
        "input_missing": np.full(4, e.mean()),
        "weight_for_input": w * e.mean(),
        "input_squared": (X**2).T @ e / n,
        "inputs_averaged": X.mean(axis=0) * e.mean(),
        "stepped": w - X.T @ e / n,
        "w_returned": w,
        "sigma_added_in_y_hat": X.T @ (sigma(p) - y) / n,
    }.items():
        np.testing.assert_allclose(found[name], expected, 1e-12, err_msg=name)


def test_mistakes_in_the_slope_of_the_sigmoid():
    z = np.linspace(-3, 3, 7) + 0.13
    s = sigma(z)
    found = given(catalogue(partial(lecture.SIGMOID, "z"), 0, [(z,), (z[:4] * 1.7,)]), (z,))
    for name, expected in {
        "slope_missing": np.ones(7),
        "sigma_for_slope": s,
        "one_minus_sigma": 1 - s,
        "sigma_squared": s**2,
        "slope_of_tanh": 1 - s**2,
        "plus_for_minus": s * (1 + s),
        "slope_at_sigma": sigma(s) * (1 - sigma(s)),
        "numerator_only": np.exp(-z),
        "second_derivative": s * (1 - s) * (1 - 2 * s),
    }.items():
        np.testing.assert_allclose(found[name], expected, 1e-12, err_msg=name)
    np.testing.assert_allclose(found["without_sigma"], z * (1 - z), 1e-12)


def test_mistakes_in_the_chain_of_a_neuron():
    X, y, w, b = regression(8, 6, 4, labels=True)
    z = X @ w + b
    s = sigma(z)
    found = given(catalogue(gradient(lecture.NEURON, "w", "b"), 0, LABELLED), (X, y, w, b))
    for name, delta in {
        "slope_missing": s - y,
        "sum_for_output": (z - y) * s * (1 - s),
        "sigma_for_slope": (s - y) * s,
        "without_b": (sigma(z - b) - y) * sigma(z - b) * (1 - sigma(z - b)),
        "slope_averaged": (s - y) * (s * (1 - s)).mean(),
    }.items():
        np.testing.assert_allclose(found[name], X.T @ delta / 6, 1e-12, err_msg=name)


def test_mistakes_in_the_penalty():
    random = np.random.default_rng(4)
    X, y, w, b = FRESH
    plain = X.T @ (X @ w + b - y) / 6
    ridge = gradient(lecture.RIDGE, "w", "b")
    samples = [(*sample, float(random.uniform(0.2, 0.8))) for sample in SAMPLES]
    found = given(catalogue(ridge, 0, samples), (*FRESH, 0.3))
    for name, penalty in {
        "R_left_out": 0 * w,
        "R_halved": 0.3 * w,
        "R_sign": -0.6 * w,
        "R_averaged": 0.6 * w / 6,
        "penalty_kept": 0.3 * w**2,
        "penalty_of_sign": 0.3 * np.sign(w),
        "lam_missing": 2 * w,
    }.items():
        np.testing.assert_allclose(found[name], plain + penalty, 1e-12, err_msg=name)
    found = given(catalogue(ridge, 1, samples), (*FRESH, 0.3))
    np.testing.assert_allclose(found["b_in_R"], (X @ w + b - y).mean() + 0.6 * b, 1e-12)


def test_mistakes_with_lengths():
    g, r = np.array([2.0, -1.0, 0.5, 3.0]), np.array([1.0, 0.4, -2.0, 0.3])
    random = np.random.default_rng(0)
    one = [(random.normal(size=d),) for d in (3, 5, 2, 3, 4)]
    two = [(random.normal(size=d), random.normal(size=d)) for d in (3, 5, 2, 3, 4)]
    length = np.linalg.norm(g)
    found = given(catalogue(maximiser(lecture.STEEPEST_DIRECTION), 0, one), (g,))
    for name, expected in {
        "gradient_returned": g,
        "gradient_normalised": g / length**2,
        "gradient_other_norm": g / abs(g).sum(),
        "gradient_signs": np.sign(g),
        "gradient_plain_sum": g / g.sum(),
    }.items():
        np.testing.assert_allclose(found[name], expected, 1e-12, err_msg=name)
    found = given(catalogue(slope(lecture.DIRECTIONAL_DERIVATIVE), 0, two), (g, r))
    np.testing.assert_allclose(found["divisor_direction_missing"], g @ r, 1e-12)
    np.testing.assert_allclose(found["gradient_normalised"], g @ r / np.linalg.norm(r) / length, 1e-12)
    rates = [(sample, float(random.uniform(0.1, 1))) for (sample,) in one]
    found = given(catalogue(change(lecture.FIRST_ORDER_CHANGE), 0, rates), (g, 0.3))
    np.testing.assert_allclose(found["factor_lr_missing"], -(g @ g), 1e-12)
    np.testing.assert_allclose(found["factor_lr_twice"], -0.09 * (g @ g), 1e-12)


def test_mistakes_in_a_step_with_momentum():
    random = np.random.default_rng(3)
    samples = [(*random.normal(size=(3, d)), *random.uniform(0.1, 0.9, 2).tolist()) for d in (3, 5, 2)]
    v, u, g = np.array([1.0, -2.0]), np.array([0.5, 0.25]), np.array([-1.0, 3.0])
    found = given(catalogue(value(lecture.MOMENTUM_STEP), 0, samples), (v, u, g, 0.1, 0.5))
    for name, expected in {
        "factor_momentum_missing_in_u_new": v - 0.1 * (u + g),
        "factor_momentum_on_all_in_u_new": v - 0.1 * 0.5 * (u + g),
        "without_v_in_v_new": -0.1 * (0.5 * u + g),
        "u_new_returned": 0.5 * u + g,
        "lr_and_momentum_exchanged": v - 0.5 * (0.1 * u + g),
    }.items():
        np.testing.assert_allclose(found[name], expected, 1e-12, err_msg=name)


def test_two_mistakes_at_once():
    X, y, w, _ = FRESH
    found = given(catalogue(gradient(lecture.MSE, "w", "b"), 0, SAMPLES, pairs=True), FRESH)
    np.testing.assert_allclose(found["without_b+square_kept"], X.T @ (X @ w - y) ** 2 / 6, 1e-12)
    assert all("+" in name for name in found)


@pytest.mark.slow
def test_no_mutant_is_the_reference_or_another_mutant():
    reference = gradient(lecture.NEURON, "w", "b")
    for pairs in (False, True):
        rows = catalogue(reference, 0, LABELLED, pairs=pairs).fingerprints(LABELLED)
        right = np.concatenate([reference(*sample)[0] for sample in LABELLED])
        for k, row in enumerate(rows):
            assert np.abs(row - right).max() > 1e-9
            assert np.abs(rows[:k] - row).max(axis=1).min(initial=1.0) > 1e-9


def test_what_changes_nothing_is_proven_to():
    reference = partial(lecture.SQUARED_ERROR, "w1")
    samples = [tuple(np.random.default_rng(k).normal(size=6).tolist()) for k in range(8)]
    made = catalogue(reference, 0, samples)
    assert made.equal
    equal = {mutant.name: proof for mutant, other, proof in made.proofs(samples) if other is None}
    assert equal["x1_and_w1_exchanged_in_y_hat"] == "proven"
    merged = {mutant.name: (other.name, proof) for mutant, other, proof in made.proofs(samples) if other}
    assert merged["without_b_in_y_hat"] == ("without_b", "same")


@pytest.mark.slow
def test_samples_that_hide_a_mistake_are_shown_to():
    one = [(np.array([[1.0, 2.0], [3.0, -1.0], [0.5, 1.0]]), np.zeros(3), np.array([0.5, -1.5]), 0.0)]
    made = catalogue(gradient(lecture.MSE, "w", "b"), 0, one)  # with b = 0 and y = 0
    hidden = {mutant.name: proof for mutant, other, proof in made.proofs([FRESH]) if other is None}
    assert hidden["without_b"] == hidden["target_missing"] == "different"


@pytest.mark.parametrize("model", [lecture.MSE, lecture.RIDGE, lecture.NEURON])
def test_a_sentence_is_no_formula_and_names_are_unlike(model):
    random = np.random.default_rng(0)
    also = (0.4,) if model is lecture.RIDGE else ()
    samples = [(*regression(int(seed)), *also) for seed in random.integers(99, size=3)]
    made = catalogue(gradient(model, "w", "b"), 0, samples)
    assert len({mutant.name for mutant in made.mutants}) == len(made.mutants)
    for mutant in made.mutants:
        assert not set("=[]*\\") & set(mutant.sentence), mutant.sentence
