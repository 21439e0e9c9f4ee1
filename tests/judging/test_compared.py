"""Results that are compared all at once are right just where each is right on its own."""

from dataclasses import replace

import numpy as np
import pytest

from autograder.rules.values.compared import AllExpected, Expected
from autograder.sandbox.host import Raised, Returned


class Two:
    """A reference's components."""

    components = ("dw", "db")


class One:
    """The same of one result."""

    components = ("value",)


def expected_of(*values, scale=2.0):
    return Expected("an input", (1.0,), values, tuple(scale for _ in values))


PAIRS = AllExpected((expected_of(np.array([1.0, -2.0]), 0.5), expected_of(np.zeros((0, 2)), -1.0)))
RIGHT = [Returned((np.array([1.0, -2.0]), 0.5)), Returned((np.zeros((0, 2)), -1.0))]


def each_is_right(known, outcomes, reference):
    return all(
        call.beside(outcome, reference).right for call, outcome in zip(known.calls, outcomes, strict=True)
    )


def test_right_results_are_right():
    assert PAIRS.are(RIGHT)
    assert each_is_right(PAIRS, RIGHT, Two)
    assert AllExpected(()).are([])


@pytest.mark.parametrize(
    ("first", "alone"),
    [
        ((np.array([1.0, -2.0 + 1.9e-8]), 0.5), True),
        ((np.array([1.0, -2.0 + 2.1e-8]), 0.5), False),
        ((np.array([1.0, -2.0]), 0.5 + 2.1e-8), False),
        ((np.array([1.0, -2.0]), np.array(0.5)), True),
        ((np.array([1.0, np.nan]), 0.5), False),
        ((np.array([1.0, -2.0]), np.inf), False),
        ((0.5, np.array([1.0, -2.0])), False),
        ((np.array([1.0, -2.0]),), False),
        (None, False),
        ("text", False),
    ],
)
def test_all_at_once_says_what_each_says(first, alone):
    outcomes = [Returned(first), RIGHT[1]]
    assert each_is_right(PAIRS, outcomes, Two) == alone
    assert PAIRS.are(outcomes) == alone


@pytest.mark.parametrize(
    "first",
    [
        [np.array([1.0, -2.0]), 0.5],  # a list for the tuple
        (np.array([[1.0], [-2.0]]), 0.5),
        (np.array([1, -2]), 0.5),
        (np.array([1.0, -2.0], np.float32), 0.5),
        ([1.0, -2.0], 0.5),
    ],
)
def test_what_comes_in_another_form_is_looked_at_on_its_own(first):
    assert not PAIRS.are([Returned(first), RIGHT[1]])


@pytest.mark.parametrize(
    "seen", [{"changed": (0,)}, {"shares": "argument"}, {"warnings": ("overflow",)}, {"silenced": True}]
)
def test_what_was_seen_beside_the_values_is_looked_at(seen):
    assert not PAIRS.are([replace(RIGHT[0], **seen), RIGHT[1]])


def test_a_call_that_did_not_return_is_not_right():
    assert not PAIRS.are([Raised(("ValueError",), "no"), RIGHT[1]])


def test_one_result_is_no_tuple():
    known = AllExpected((expected_of(3.0), expected_of(np.array([1.0]))))
    assert known.are([Returned(3.0), Returned(np.array([1.0]))])
    assert not known.are([Returned((3.0,)), Returned(np.array([1.0]))])
    assert not known.are([Returned(3.0), Returned(np.array([2.0]))])


def test_an_infinite_scale_makes_nothing_right():
    known = AllExpected((expected_of(3.0, scale=np.inf),))
    assert not known.are([Returned(3.0)])
    assert not each_is_right(known, [Returned(3.0)], One)
