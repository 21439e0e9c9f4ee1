"""A number is compared as an array of one is, whatever the numbers are."""

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from autograder.judging.comparison import close

NUMBERS = st.floats(allow_nan=True, allow_infinity=True)
SCALES = st.one_of(NUMBERS, st.sampled_from([0.0, 1.0, 1e300, float("inf"), float("nan")]))


@given(NUMBERS, NUMBERS, SCALES)
@example(np.inf, np.inf, np.inf)
@example(1.0, 1.0, np.inf)
@example(1.7e308, -1.7e308, 1.7e308)
@example(0.0, 0.0, 0.0)
@example(1.0, 1.0 + 1e-9, 1.0)
@settings(max_examples=500)
def test_one_number_is_compared_as_an_array_of_it(value, expected, scale):
    assert close(np.array(value), expected, scale) == close(np.array([value]), np.array([expected]), scale)


@given(NUMBERS, st.sampled_from([1.0, 2.5, -3.0]))
def test_what_is_near_is_close_and_nothing_else(value, expected):
    near = bool(abs(value - expected) <= 1e-8)
    assert close(np.array(value), expected, 1.0) is near
