"""A right function is right on every probe that can be drawn, and not by a hair."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trying import exercise, function_of, variants

from autograder.judging.comparison import TOLERANCE, take_apart
from autograder.rules.values import Values

RIGHT = [variant for variant in variants("right") if isinstance(exercise(variant).rule, Values)]


FUNCTIONS = [(variant, function_of(variant)) for variant in RIGHT]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # those functions warn where that is allowed
@settings(max_examples=400, database=None)
@given(st.sampled_from(FUNCTIONS), st.integers(0, 2**63))
def test_no_student_who_is_right_comes_near_the_tolerance(chosen, seed):
    variant, function = chosen
    rule, random = exercise(variant).rule, np.random.default_rng(seed)
    names = rule.reference.components
    for probe in (*rule.probes, *rule.edges):
        arguments = probe.draw(random)
        with np.errstate(all="ignore"):
            expected, result = rule.reference(*arguments), function(*arguments)
        expected = expected if len(names) > 1 else (expected,)
        parts, scales = take_apart(result, expected, names), rule.reference.scale(*arguments)
        for part, right, scale in zip(parts, expected, scales, strict=True):
            room = TOLERANCE * scale
            assert part.values is not None, (probe.name, part.problem)
            assert np.all(np.abs(part.values - right) <= room / 5), (variant, probe.name, seed)
