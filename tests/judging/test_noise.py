"""The bounds on the noise of many draws are true bounds, and not so wide that nothing is outside."""

import math

import numpy as np
import pytest
from trying import report, variants

from autograder.rules.gradient_noise import judge as noise
from autograder.rules.gradient_noise import population
from autograder.sandbox.host import Fault, Raised, Returned, Sandbox


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_the_bounds_hold_what_right_functions_return_and_leave_out_other_formulas(seed):
    random = np.random.default_rng(seed)
    drawn_from = population.draw(random, 12, 4)
    low, high = population.bounds(drawn_from, noise._DRAWS)
    drawn = random.choice(drawn_from.squares, size=(100_000, noise._DRAWS))
    means = np.sqrt(drawn.mean(axis=1))
    assert low < means.min()
    assert means.max() < high
    assert high < 2 * low
    total = np.sqrt(drawn[:100].sum(axis=1))  # not divided by the number of draws
    assert (total > high).all()
    assert (means[:100] / math.sqrt(noise._DRAWS) < low).all()  # divided once too often


@pytest.mark.parametrize("batch_size", [1, 3, 7, 8])
def test_the_expectation_is_that_of_a_finite_population(batch_size):
    """Cochran (1977), theorem 2.2, against the mean over all batches there are."""
    drawn_from = population.draw(np.random.default_rng(3), 8, batch_size)
    spread = (drawn_from.away**2).sum(axis=1).mean()
    expected = spread / batch_size * (8 - batch_size) / 7
    np.testing.assert_allclose(drawn_from.squares.mean(), expected, 1e-12, 1e-24)


@pytest.mark.parametrize(
    ("name", "lost"),
    [("theory", {"value", "draws", "edges", "form", "curve"}), ("global_randomness", {"draws", "curve"})],
)
def test_a_curve_that_looks_right_counts_only_where_every_draw_is(name, lost):
    (variant,) = (v for v in variants("wrong") if (v.exercise, v.name) == ("gradient_noise", name))
    with Sandbox("auto") as sandbox:
        verdicts = {verdict.check: verdict for verdict in report(variant, sandbox, "Ada").verdicts}
    curve = verdicts["curve"]
    ours, theirs = np.array(curve.curves.student), np.array(curve.curves.reference)
    assert (np.abs(ours - theirs) < theirs / 2).all()  # it does look right
    assert {check for check, verdict in verdicts.items() if not verdict.score} == lost
    assert curve.message == "The curve looks right, but not every draw is."


FAULT = Fault("timeout", "it was stopped after 2 seconds")


@pytest.mark.parametrize(
    ("odd", "said", "fault"),
    [
        (Raised(("ValueError",), "no batch"), "ValueError", True),
        (FAULT, "it was stopped after 2 seconds", True),
        (Returned(math.nan), "returned nan", False),
        (Returned("many"), "expected a finite number", False),
    ],
)
@pytest.mark.parametrize("count", [1, 12])
def test_a_call_that_gives_no_number_is_no_sample_without_replacement(odd, said, fault, count):
    outcomes = [Returned(0.25 + k / 100) for k in range(12 - count)] + [odd] * count
    found = noise._independent(outcomes)
    assert said in found.message
    assert found.misconception is None
    assert (found.fault is odd) == fault


def test_draws_that_are_always_the_same_are_a_sample_without_replacement():
    assert noise._independent([Returned(0.25)] * 12).misconception == "each_once"
    assert noise._independent([Returned(0.25)] * 11 + [Returned(0.26)]) is None
