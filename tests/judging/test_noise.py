"""The bounds on the noise of many draws are true bounds, and not so wide that nothing is outside."""

import math

import numpy as np
import pytest

from autograder.rules.gradient_noise import judge as noise
from autograder.rules.gradient_noise import population


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
