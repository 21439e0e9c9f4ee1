"""Points for form do not rest on what a process says of itself: arrays are used again, and values tell."""

import pytest
from ordinary_user import ROOT

from autograder.course import homework_names, load_homework
from autograder.grading import grade
from autograder.sandbox.host import Limits, Returned, Sandbox, prepare
from autograder.submission import Submission

HOMEWORKS = {name: load_homework(name, ROOT) for name in homework_names(ROOT)}
# The runner's replies without what it saw beside the value.
HIDES = """
def _hide():
    frame = sys._getframe()
    while frame is not None:
        wire = frame.f_globals.get("wire")
        if wire is not None and not hasattr(wire, "hidden"):
            right, returned, wire.hidden = wire.frame, wire.RETURNED, True
            wire.frame = lambda kind, value, **more: right(
                kind, (value[0], [], "", [], False) if kind == returned else value, **more
            )
        frame = frame.f_back
_hide()
"""
FORM = {
    "the parameters of an epoch": (
        "sgd",
        "sgd_epoch",
        """
def sgd_epoch(X, y, w, b, lr, batch_size, rng, gradient):
    order = rng.permutation(len(y))
    if w.dtype != float:
        w = w.astype(float)
    for k in range(0, len(y), batch_size):
        i = order[k : k + batch_size]
        dw, db = gradient(X[i], y[i], w, b)
        w -= lr * dw
        b = b - lr * db
    return w.copy(), b
""",
    ),
    "the examples of an epoch": (
        "sgd",
        "sgd_epoch",
        """
def sgd_epoch(X, y, w, b, lr, batch_size, rng, gradient):
    order = rng.permutation(len(y))
    w = w.astype(float)
    for k in range(0, len(y), batch_size):
        i = order[k : k + batch_size]
        dw, db = gradient(X[i], y[i], w, b)
        w, b = w - lr * dw, b - lr * db
        y[i] = 0
    return w, b
""",
    ),
    "the weights of a gradient": (
        "sgd",
        "ridge_gradient",
        """
def ridge_gradient(X, y, w, b, lam):
    error = X @ w + b - y
    dw, db = X.T @ error / len(y) + 2 * lam * w, error.mean()
    if w.dtype == float:
        w *= 0.5
    return dw, db
""",
    ),
    "a gradient in one buffer for all": (
        "sgd",
        "ridge_gradient",
        """
kept = {}
def ridge_gradient(X, y, w, b, lam):
    error = X @ w + b - y
    dw = kept.setdefault(0, np.zeros(50))[: len(w)]
    dw[:] = X.T @ error / len(y) + 2 * lam * w
    return dw, error.mean()
""",
    ),
    "batches of one array that is shuffled again": (
        "sgd",
        "minibatches",
        """
kept = {}
def minibatches(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError
    order = kept.setdefault(n, np.arange(n))
    rng.shuffle(order)
    return [order[i : i + batch_size] for i in range(0, n, batch_size)]
""",
    ),
    "sets of one array that is shuffled again": (
        "neural_network",
        "train_validation_test_split",
        """
kept = {}
def train_validation_test_split(n, validation, test, rng):
    order = kept.setdefault(n, np.arange(n))
    rng.shuffle(order)
    held = min(int(np.floor(validation * n + 0.5)), n)
    tested = min(int(np.floor(test * n + 0.5)), n - held)
    return order[held + tested :], order[:held], order[held : held + tested]
""",
    ),
    "the targets as residuals": (
        "derivatives",
        "mse_loss",
        """
def mse_loss(X, y, w, b):
    if y.dtype != float:
        y = y.astype(float)
    y -= X @ w + b
    return (y**2).mean() / 2
""",
    ),
    "a prediction that is an argument": (
        "derivatives",
        "mse_gradient",
        """
def mse_gradient(X, y, w, b):
    error = X @ w + b - y
    dw, db = X.T @ error / len(y), error.mean()
    if w.dtype == float:
        w[:] = dw
        return w, db
    return dw, db
""",
    ),
    "the start of a descent": (
        "gradient_descent",
        "gradient_descent",
        """
def gradient_descent(gradient, v0, lr, steps):
    v = v0 if v0.dtype == float else v0.astype(float)
    found = [v.copy()]
    for t in range(steps):
        v -= (lr(t) if callable(lr) else lr) * gradient(v)
        found.append(v.copy())
    return np.array(found)
""",
    ),
    "a list of λ that is sorted and put right too late": (
        "neural_network",
        "choose_lambda",
        """
def choose_lambda(X_train, y_train, X_val, y_val, lambdas, fit, loss):
    losses = [loss(X_val, y_val, *fit(X_train, y_train, lam)) for lam in lambdas]
    best = float(lambdas[int(np.argmin(losses))])
    lambdas.sort()
    return best, losses
""",
    ),
}


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox("auto", Limits(call_seconds=1.0)) as made:
        yield made


def lost(name, source, sandbox):
    homework, function, _ = FORM[name]
    cells = ("import sys\nimport numpy as np\n" + source,)
    made = grade(HOMEWORKS[homework], Submission("Eve", cells, "x.py"), sandbox, b"for tests only")
    (found,) = (each for each in made.exercises if each.name == function)
    return {verdict.check: verdict.message for verdict in found.verdicts if not verdict.score}


@pytest.mark.parametrize("hidden", [False, True], ids=["open", "hidden"])
@pytest.mark.parametrize("name", FORM)
def test_who_works_on_what_is_not_the_own_loses_the_form_alone(name, hidden, sandbox):
    found = lost(name, HIDES * hidden + FORM[name][2], sandbox)
    assert set(found) == {"form"}
    assert found["form"].startswith("Right ")
    seen_by_the_values = (
        "two calls with the same arrays",
        "a result changes when the function is called again",
    )
    assert any(text in found["form"] for text in seen_by_the_values) == hidden


@pytest.mark.parametrize("name", FORM)
def test_who_works_on_copies_loses_nothing(name, sandbox):
    _, function, source = FORM[name]
    copies = f"""
import copy as _copy
_inner = {function}
def {function}(*arguments):
    own = [np.array(a) if isinstance(a, np.ndarray) else a for a in arguments]
    return _copy.deepcopy(_inner(*own))
"""
    assert lost(name, source + copies, sandbox) == {}


def test_calls_that_are_reused_share_their_arguments_and_are_read_at_the_end(sandbox):
    code = "def f(v):\n    v += 1\n    return v, v.copy()"
    import numpy as np

    first, other = (np.array([1.0, 2.0]),), (np.array([5.0, 6.0]),)
    with sandbox.session([code]) as session:
        request = prepare("f", [first, first, other], reused=True)
        outcomes = session.collect(session.send(request))
        plain = session.call("f", [first])
    values = [outcome.value for outcome in outcomes if isinstance(outcome, Returned)]
    assert [[list(part) for part in value] for value in values] == [
        [[77.0, 77.0], [2.0, 3.0]],
        [[77.0, 77.0], [3.0, 4.0]],
        [[77.0, 77.0], [6.0, 7.0]],
    ]
    assert plain[0].value[1].tolist() == [2.0, 3.0]
    assert first[0].tolist() == [1.0, 2.0]


def test_a_call_that_raises_among_reused_ones_costs_no_other(sandbox):
    code = "calls = []\ndef f(x):\n    calls.append(x)\n    return {1: x, 3: x}[len(calls)]"
    with sandbox.session([code]) as session:
        first, other = (1.0,), (2.0,)
        outcomes = session.collect(session.send(prepare("f", [first, first, other], reused=True)))
    assert [type(outcome).__name__ for outcome in outcomes] == ["Returned", "Raised", "Returned"]


def test_the_points_that_rest_on_the_word_of_a_process_are_counted_in_the_documentation():
    exercises = [each for name in homework_names(ROOT) for each in load_homework(name, ROOT).exercises]
    form = sum(each.points.get("form", 0) for each in exercises)
    trusted = [each for each in exercises if getattr(each.rule, "quiet", False)]
    told = " ".join((ROOT / "docs" / "security.md").read_text(encoding="utf-8").split())
    everything = sum(each.max_score for each in exercises)
    assert f"Of the {everything:g} points of this course's homeworks, {form:g} are for form" in told
    assert f"the {sum(each.points['form'] for each in trusted):g} of them where no warning is allowed" in told
    assert f"({', '.join(f'`{each.function}`' for each in trusted)})" in told
