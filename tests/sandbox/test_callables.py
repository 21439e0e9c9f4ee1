"""Callables that a submission is given are of many kinds, and all of them can be called in every way."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.judging.sentences import TAKES
from autograder.rules.values.slope import slope
from autograder.sandbox.host import Raised, Returned, Sandbox
from autograder.sandbox.inside.public import Public

KINDS = ["function", "Callable", "method", "partial", "method-wrapper"]


def asked(v):
    """A callable of the referee's."""
    return 2 * v


CALLABLES = {"of the referee": asked, "sent whole": Public.of(slope, np.eye(2), np.zeros(2), TAKES)}


@pytest.mark.parametrize("given", CALLABLES.values(), ids=CALLABLES)
def test_each_of_several_calls_has_another_kind(sandbox: Sandbox, given) -> None:
    assert isinstance(given, Public) == (given is not asked)
    source = "def f(g):\n    return type(g).__name__, callable(g)"
    with sandbox.session([source]) as session:
        outcomes = session.call("f", [(given,)] * 7)
    kinds = [outcome.value for outcome in outcomes if isinstance(outcome, Returned)]
    assert kinds == [(KINDS[k % 5], True) for k in range(7)]


def test_two_callables_of_one_call_are_of_two_kinds(sandbox: Sandbox) -> None:
    with sandbox.session(["def f(g, v, h):\n    return type(g) is type(h), g(v), h(v)"]) as session:
        outcomes = session.call("f", [(asked, 1.5, asked)] * 5)
    assert outcomes == [Returned((False, 3.0, 3.0))] * 5


def test_all_kinds_are_called_by_position_and_by_name(sandbox: Sandbox) -> None:
    with sandbox.session(["def f(g):\n    return g(2.0) - g(v=2.0)"]) as session:
        assert session.call("f", [(asked,)] * 5) == [Returned(0.0)] * 5


def test_what_cannot_be_called_like_that_is_refused_in_the_same_words(sandbox: Sandbox) -> None:
    with sandbox.session(["def f(g):\n    return g(1.0, 2.0)"]) as session:
        outcomes = session.call("f", [(asked,)] * 5)
    assert all(isinstance(outcome, Raised) for outcome in outcomes)
    assert {outcome.message for outcome in outcomes} == {"asked(v) takes 1 argument; it was given 2"}
