"""What a submission is given is called by position, or by any name that a page writes."""

import itertools

import pytest

from autograder.sandbox.host import Raised
from autograder.sandbox.inside.named import named
from autograder.sandbox.inside.wire import Constant


class Referee:
    def gradient(self, X_batch, y_batch, w, b):
        return X_batch, y_batch, w, b


def gradient(X_batch, y_batch, w, b):
    return X_batch, y_batch, w, b


CALLABLES = pytest.mark.parametrize("function", [gradient, Referee().gradient], ids=["function", "method"])


@CALLABLES
def test_every_spelling_is_the_same_call(function):
    called = named(function)
    for count, first, second in itertools.product(range(5), ("X", "X_batch"), ("y", "y_batch")):
        names = dict(zip((first, second, "w", "b"), (1, 2, 3, 4), strict=True))
        after = dict(reversed([*names.items()][count:]))
        assert called(*range(1, count + 1), **after) == (1, 2, 3, 4)


@CALLABLES
@pytest.mark.parametrize(
    ("arguments", "keywords", "told"),
    [
        ((1, 2, 3), {}, "was called without b"),
        ((1,), {"w": 3}, "was called without y_batch and b"),
        ((1, 2, 3, 4, 5), {}, "takes 4 arguments; it was given 5"),
        ((1, 2, 3), {"bias": 4}, "takes nothing that is called bias"),
        ((1, 2, 3, 4), {"X": 1}, "was given X_batch twice"),
        ((), {"X": 1, "X_batch": 1, "y": 2, "w": 3, "b": 4}, "was given X_batch twice"),
    ],
)
def test_what_is_no_call_is_told_in_the_words_of_the_page(function, arguments, keywords, told):
    with pytest.raises(TypeError) as raised:
        named(function)(*arguments, **keywords)
    assert str(raised.value) == f"gradient(X_batch, y_batch, w, b) {told}"


def test_what_has_no_names_of_its_own_stays_as_it_is():
    for function in (print, len, Constant(1), lambda *arguments, **keywords: 0):
        assert named(function) is function


def test_a_default_may_be_left_out():
    def loss(v, h=2):
        return v, h

    assert named(loss)(1) == named(loss)(v=1) == (1, 2)
    assert named(loss)(1, 3) == named(loss)(h=3, v=1) == (1, 3)


def test_a_submission_reads_no_name_of_the_referees(sandbox):
    code = "def f(g):\n    return g(1, 2, 3, bias=4)"
    with sandbox.session([code]) as session:
        (outcome,) = session.call("f", [(Referee().gradient,)])
    assert isinstance(outcome, Raised)
    assert outcome.message == "gradient(X_batch, y_batch, w, b) takes nothing that is called bias"
