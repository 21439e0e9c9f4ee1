"""Callables that are sent whole: a submission calls them without asking the referee, and gets the same."""

import numpy as np
import pytest

from autograder.judging.sentences import TAKES
from autograder.rules.all_batches.slopes import slopes
from autograder.rules.best_of_starts.landscape import draw_landscape
from autograder.rules.choose_lambda.fitting import fit, loss
from autograder.rules.sgd_epoch.mean_gradient import TAKES as GRADIENT_TAKES
from autograder.rules.sgd_epoch.mean_gradient import mean_gradient
from autograder.rules.values.slope import slope
from autograder.sandbox.answering import Answering
from autograder.sandbox.host import Raised, Returned
from autograder.sandbox.inside.public import Public

DRAWN = np.random.default_rng(3)
X, y, w = DRAWN.normal(size=(5, 2)), DRAWN.normal(size=5), DRAWN.normal(size=2)
LAND = draw_landscape(DRAWN, 2)
CALLS = {
    "a valley's gradient": (Public.of(slope, np.diag([1.0, 2.0]), w, TAKES), (np.array([3, 4]),)),
    "a linear model's": (Public.of(mean_gradient, 2, False), (X, y, w, 0.5)),
    "a neuron's": (Public.of(mean_gradient, 2, True), (X, y, w.tolist(), 1)),
    "a fit": (Public.of(fit), (X, y, 0.1)),
    "a batch's mean slopes": (Public.of(slopes, 2, True, GRADIENT_TAKES), (X, y, w, 0.5)),
    "a batch's largest slopes": (Public.of(slopes, 2, False, GRADIENT_TAKES), (X, y, w, 0.5)),
    "a loss with basins": (LAND.loss, (w,)),
    "its gradient": (LAND.gradient, (w.tolist(),)),
    "a loss": (Public.of(loss, False), (X, y, w, 0.0)),
    "a loss in stairs": (Public.of(loss, True), (X, y, w, np.float64(1.0))),
}


@pytest.fixture
def asked(monkeypatch):
    """The questions that the referee was asked."""
    found = []
    answer = Answering.answer

    def counting(self, value, *about):
        found.append(value)
        return answer(self, value, *about)

    monkeypatch.setattr(Answering, "answer", counting)
    return found


@pytest.mark.parametrize("name", CALLS)
def test_it_gives_what_the_referee_gives_and_asks_nobody(sandbox, asked, name):
    called, arguments = CALLS[name]
    with sandbox.session(["def f(g, arguments): return g(*arguments)"]) as session:
        (outcome,) = session.call("f", [(called, arguments)])
    assert isinstance(outcome, Returned)
    expected = called(*arguments)
    pair = (outcome.value, expected) if isinstance(expected, tuple) else ((outcome.value,), (expected,))
    for got, wanted in zip(*pair, strict=True):
        # to the last bits alone: how NumPy adds up depends on where in memory an array lies
        np.testing.assert_allclose(got, wanted, rtol=1e-14, atol=0)
    assert not asked


def test_what_it_refuses_is_told_in_the_referees_words(sandbox):
    called = Public.of(mean_gradient, 2, False)
    with sandbox.session(["def f(g, X, y, w): return g(X, y, w, 0.0)"]) as session:
        (outcome,) = session.call("f", [(called, X.T, y, w)])
    assert isinstance(outcome, Raised)
    assert outcome.kinds[:2] == ("RefusedError", "ValueError")
    with pytest.raises(ValueError, match="takes X_batch of shape") as told:
        called(X.T, y, w, 0.0)
    assert outcome.message == str(told.value)


def test_it_is_called_by_name_and_has_the_names_that_students_read(sandbox):
    code = (
        "import inspect\ndef f(g, X, y, w):\n"
        "    return [*inspect.signature(g).parameters], g(X=X, y=y, w=w, b=0.0)"
    )
    with sandbox.session([code]) as session:
        (outcome,) = session.call("f", [(Public.of(mean_gradient, 2, False), X, y, w)])
    assert isinstance(outcome, Returned)
    assert outcome.value[0] == ["X_batch", "y_batch", "w", "b"]


def test_a_strict_setting_of_the_students_does_not_reach_it(sandbox):
    code = "import numpy as np\nnp.seterr(all='raise')\ndef f(g, X, y, w): return g(X, y, w, 0.0)"
    with sandbox.session([code]) as session:
        (outcome,) = session.call("f", [(Public.of(loss, False), X, y, np.array([1e200, 1e200]))])
    assert isinstance(outcome, Returned)
    assert outcome.value == np.inf


def test_a_submission_cannot_send_one(sandbox):
    with sandbox.session(["def f(g): return g"]) as session:
        (outcome,) = session.call("f", [(Public.of(fit),)])
    assert not isinstance(outcome, Returned)


@pytest.mark.parametrize(
    ("called", "arguments", "said"),
    [
        (LAND.loss, (y,), r"loss(v) takes v of shape (2,); it was given shape (5,)"),
        (LAND.gradient, (X,), r"gradient(v) takes v of shape (2,); it was given shape (5, 2)"),
        (
            Public.of(slopes, 2, True, GRADIENT_TAKES),
            (X[0], y, w, 0.0),
            "takes X_batch of shape (m, 2), y_batch of shape (m,) and w of shape (2,); "
            "it was given (2,), (5,) and (2,)",
        ),
        (
            Public.of(slopes, 2, True, GRADIENT_TAKES),
            (X[:0], y[:0], w, 0.0),
            "it was given (0, 2), (0,) and (2,)",
        ),
    ],
)
def test_each_says_what_it_takes(sandbox, called, arguments, said):
    with sandbox.session(["def f(g, arguments): return g(*arguments)"]) as session:
        (outcome,) = session.call("f", [(called, arguments)])
    assert isinstance(outcome, Raised)
    assert said in outcome.message
