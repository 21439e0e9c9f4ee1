"""The audit finds wrong formulas that only some students' inputs cannot tell from what is right, or apart."""

import re

import numpy as np
import pytest

from autograder import Misconception, Probe, gradient, lecture, rules, value
from autograder.rules.values import probes

LINEAR = value(lecture.LINEAR_OUTPUT)


def sometimes(chance, **fixed):
    """Inputs (X, w, b) of which some are fixed for one student in 1 / chance."""

    def draw(random):
        given = {"X": random.normal(size=(4, 2)), "w": random.normal(size=2), "b": random.normal()}
        if random.random() < chance:
            given |= fixed
        return tuple(given.values())

    return (Probe("sometimes special", draw),)


def weak(drawn, *misconceptions):
    own = tuple(Misconception(name, "Look again.", formula) for name, formula in misconceptions)
    return rules.Values(reference=LINEAR, probes=drawn, misconceptions=own).separation().weak


def times(text):
    """In how many of 25 students' inputs."""
    return int(re.search(r"(\d+) in 25 students", text)[1])


def no_bias(X, w, b):
    return X @ w


def absolute_bias(X, w, b):
    return X @ w + abs(b)


def twice_the_bias(X, w, b):
    return X @ w + 2 * b


def test_sound_probes_have_no_hole():
    assert weak(probes.regression(targets=False), ("no_bias", no_bias)) == ()


def test_an_own_misconception_that_is_right_for_some_students_is_found():
    found = weak(sometimes(0.5), ("absolute_bias", absolute_bias))
    (hole,) = (text for text in found if "absolute_bias" in text)
    assert hole.startswith("its own misconception absolute_bias is right on all probes of ")
    assert 5 < times(hole) < 20


def test_two_own_misconceptions_that_are_one_for_some_students_are_found():
    found = weak(sometimes(0.5, b=0.0), ("no_bias", no_bias), ("twice_the_bias", twice_the_bias))
    (hole,) = (text for text in found if "no_bias and twice_the_bias give the same" in text)
    assert 5 < times(hole) < 20


GRADIENT = gradient(lecture.MSE, "w", "b")


def of_gradient(change):
    """A wrong gradient: what is made of dw, db and b."""
    return lambda X, y, w, b: change(*GRADIENT(X, y, w, b), b)


def with_targets(chance, **fixed):
    def draw(random):
        X, w, b = sometimes(chance, **fixed)[0].draw(random)
        return X, random.normal(size=len(X)), w, b

    return (Probe("sometimes special", draw),)


def weak_gradient(drawn, *changes):
    own = tuple(Misconception(name, "Look again.", of_gradient(change)) for name, change in changes)
    found = rules.Values(reference=GRADIENT, probes=drawn, misconceptions=own).separation().weak
    return [text for text in found if "its own" in text]


def test_an_own_misconception_that_is_hidden_in_one_component_of_some_students_is_found():
    hidden = ("hidden", lambda dw, db, b: (dw + min(b, 0.0), 2 * db))
    (hole,) = weak_gradient(with_targets(0.0), hidden)
    assert hole.startswith("dw: its own misconception hidden is right on all probes of ")
    assert 5 < times(hole) < 20


def test_an_own_misconception_that_no_probe_shows_in_one_component_is_found():
    hidden = ("hidden", lambda dw, db, b: (dw + b, 2 * db))
    (hole,) = weak_gradient(with_targets(1.0, b=0.0), hidden)
    assert hole == "dw: its own misconception hidden is another function there, and the probes cannot show it"


def test_two_own_misconceptions_that_are_one_in_one_component_of_some_students_are_found():
    one = ("one", lambda dw, db, b: (3 * dw + min(b, 0.0), 2 * db))
    other = ("other", lambda dw, db, b: (3 * dw, 3 * db))
    (hole,) = weak_gradient(with_targets(0.0), one, other)
    assert hole.startswith("dw: its own misconceptions one and other give the same on all probes of ")
    assert 5 < times(hole) < 20


def test_a_component_that_a_misconception_does_not_touch_is_no_hole():
    assert weak_gradient(with_targets(0.0), ("db_alone", lambda dw, db, b: (dw, 2 * db))) == []


def test_a_derived_misconception_that_is_right_for_some_students_is_found():
    (hole,) = (text for text in weak(sometimes(0.3, b=0.0)) if text.startswith("value: without_b "))
    assert 0 < times(hole) < 25


@pytest.mark.parametrize("special", [{"X": np.zeros((4, 2))}, {"w": np.zeros(2)}])
def test_probes_where_nothing_counts_are_too_weak(special):
    found = weak(sometimes(1.0, **special))
    assert any("the probes cannot show it" in text for text in found)
