"""Functions that are wrong in a way that judges have been led past: none gets points that it is not due."""

import numpy as np
import pytest
from ordinary_user import ROOT

from autograder.course import load_homework
from autograder.grading import grade
from autograder.sandbox.host import Limits, Sandbox
from autograder.submission import Submission

SGD, DESCENT = (load_homework(name, ROOT) for name in ("sgd", "gradient_descent"))


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox("auto", Limits(call_seconds=1.0)) as made:
        yield made


def graded(homework, source, sandbox):
    submission = Submission("Eve", ("import sys\nimport numpy as np\n" + source,), "x.py")
    made = grade(homework, submission, sandbox, b"for tests only")
    assert "grader_fault" not in {exercise.status for exercise in made.exercises}
    assert made.max_score == homework.max_score
    return {exercise.name: exercise for exercise in made.exercises}


def lost(exercise):
    return {verdict.check: verdict.message for verdict in exercise.verdicts if not verdict.score}


# -- who calls itself at every step fails with many steps, whatever it says of itself

HIDES = """
frame = sys._getframe()
while frame is not None:
    names = frame.f_globals
    for name in ("stack_depth", "_stack_depth", "overlap"):
        if name in names:
            names[name] = lambda *_: 0
    frame = frame.f_back
"""
DEEP = {
    "an epoch": (
        SGD,
        "sgd_epoch",
        """
def sgd_epoch(X, y, w, b, lr, batch_size, rng, gradient):
    order = rng.permutation(len(y))
    def go(start, w, b):
        if start >= len(y):
            return w, b
        i = order[start : start + batch_size]
        dw, db = gradient(X[i], y[i], w, b)
        return go(start + batch_size, w - lr * dw, b - lr * db)
    return go(0, np.array(w, float), float(b))
""",
    ),
    "an epoch by two functions in turn": (
        SGD,
        "sgd_epoch",
        """
def sgd_epoch(X, y, w, b, lr, batch_size, rng, gradient):
    order = rng.permutation(len(y))
    def there(start, w, b):
        return back(start, w, b) if start < len(y) else (w, b)
    def back(start, w, b):
        i = order[start : start + batch_size]
        dw, db = gradient(X[i], y[i], w, b)
        return there(start + batch_size, w - lr * dw, b - lr * db)
    return there(0, np.array(w, float), float(b))
""",
    ),
    "a training": (
        SGD,
        "train",
        """
def train(epoch, loss, w, b, max_epochs, tolerance=None):
    def go(k, w, b, losses):
        if k == max_epochs:
            return w, b, losses
        w, b = epoch(w, b)
        losses = losses + [loss(w, b)]
        if tolerance is not None and losses[-2] - losses[-1] < tolerance:
            return w, b, losses
        return go(k + 1, w, b, losses)
    return go(0, np.array(w, float), float(b), [loss(w, b)])
""",
    ),
    "a noise": (
        SGD,
        "gradient_noise",
        """
def gradient_noise(X, y, w, b, batch_size, draws, rng, gradient):
    dw, db = gradient(X, y, w, b)
    def go(k):
        if k == draws:
            return 0.0
        i = rng.permutation(len(y))[:batch_size]
        v, c = gradient(X[i], y[i], w, b)
        return ((v - dw) ** 2).sum() + (c - db) ** 2 + go(k + 1)
    return float(np.sqrt(go(0) / draws))
""",
    ),
    "a descent": (
        DESCENT,
        "gradient_descent",
        """
def gradient_descent(gradient, v0, lr, steps):
    def go(t, v, found):
        if t == steps:
            return found
        v = v - (lr(t) if callable(lr) else lr) * gradient(v)
        return go(t + 1, v, [*found, v])
    start = np.array(v0, float)
    return np.array(go(0, start, [start]))
""",
    ),
    "a descent by generators": (
        DESCENT,
        "gradient_descent",
        """
def gradient_descent(gradient, v0, lr, steps):
    def go(t, v):
        yield v
        if t < steps:
            yield from go(t + 1, v - (lr(t) if callable(lr) else lr) * gradient(v))
    return np.array(list(go(0, np.array(v0, float))))
""",
    ),
}


@pytest.mark.parametrize("hidden", [False, True], ids=["open", "hidden"])
@pytest.mark.parametrize("name", DEEP)
def test_who_calls_itself_at_every_step_loses_the_edge_cases_alone(name, hidden, sandbox):
    homework, function, source = DEEP[name]
    found = lost(graded(homework, HIDES * hidden + source, sandbox)[function])
    assert set(found) == {"edges"}
    assert "RecursionError" in found["edges"]


@pytest.mark.parametrize("name", [name for name in DEEP if "in turn" not in name])
def test_who_lets_python_go_deeper_loses_nothing(name, sandbox):
    homework, function, source = DEEP[name]
    deeper = "sys.setrecursionlimit(20_000)\n"
    assert lost(graded(homework, deeper + source, sandbox)[function]) == {}


# -- with many steps it is judged what comes back, too

GIVES_UP = {
    "sgd_epoch": ("go(0, np", "go(max(0, len(y) - 100), np", "an epoch"),
    "train": ("if k == max_epochs:", "if k == min(max_epochs, 100):", "a training"),
    "gradient_descent": ("if t == steps:", "if t == min(steps, 100):", "a descent"),
    "gradient_noise": (
        "if k == draws:\n            return 0.0",
        "if k == min(draws, 100):\n            return 1e-3",
        "a noise",
    ),
}


@pytest.mark.parametrize("function", GIVES_UP)
def test_who_gives_up_after_a_hundred_steps_loses_the_edge_cases(function, sandbox):
    old, new, name = GIVES_UP[function]
    homework, _, source = DEEP[name]
    assert old in source
    found = lost(graded(homework, source.replace(old, new), sandbox)[function])
    assert "edges" in found
    assert "RecursionError" not in found["edges"]


# -- no judge fails at it

ODD_TRAININGS = {
    "it gives up early and ignores the tolerance": (
        "if tolerance is not None and losses[-2]",
        "if False and losses[-2]",
    ),
    "no loss at all": ("return w, b, losses\n        w", "return w, b, []\n        w"),
    "a loss that is a list": ("[loss(w, b)]\n        if", "[[loss(w, b)]]\n        if"),
    "losses beyond all numbers": ("[loss(w, b)])", "[np.inf])"),
    "a number for the losses": ("return w, b, losses\n        w", "return w, b, 0.0\n        w"),
    "two results": ("return w, b, losses\n        w", "return w, b\n        w"),
    "a text for b": ("return w, b, losses\n        w", "return w, 'b', losses\n        w"),
}


@pytest.mark.parametrize("odd", ODD_TRAININGS)
def test_no_training_makes_the_grader_fail(odd, sandbox):
    source = DEEP["a training"][2].replace("k == max_epochs", "k == min(max_epochs, 100)")
    old, new = ODD_TRAININGS[odd]
    assert old in source
    found = graded(SGD, source.replace(old, new), sandbox)["train"]
    assert found.max_score == 6
    assert found.score < 6


# -- what is not finite is no epoch

EPOCHS = {
    "infinity": "np.full(len(w), np.inf), np.inf",
    "infinities of both signs": "np.array([np.inf, -np.inf]), -np.inf",
    "one infinity": "w - 0.1, np.inf",
    "NaN": "w * np.nan, np.nan",
    "the largest float": "np.full(len(w), sys.float_info.max), sys.float_info.max",
    "an array of infinities": "np.full(len(w) + 1, np.inf)",
}


@pytest.mark.parametrize("name", EPOCHS)
def test_an_epoch_that_ends_nowhere_earns_nothing(name, sandbox):
    source = f"def sgd_epoch(X, y, w, b, lr, batch_size, rng, gradient):\n    return {EPOCHS[name]}\n"
    assert graded(SGD, source, sandbox)["sgd_epoch"].score == 0


def test_these_examples_are_right_but_for_what_they_show(sandbox):
    assert {function for _, function, _ in DEEP.values()} >= set(GIVES_UP)
    assert np.all([source.startswith("\ndef ") for *_, source in DEEP.values()])
