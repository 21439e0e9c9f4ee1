"""The wall: nothing but points is told of a process that has heard an answer, whatever would carry it out."""

from pathlib import Path

import msgspec
import numpy as np
import pytest

from autograder import apart, grading
from autograder.course import load_homework
from autograder.grading import grade
from autograder.report import ExerciseReport, Verdict, to_json
from autograder.sandbox.host import Limits, Sandbox, Session
from autograder.submission import Submission

DERIVATIVES = load_homework("derivatives", Path(__file__).parents[2])
# 1/(1 + exp(−1/4)), the answer that all of these are after; the submission's own sigmoid gives 0 for it.
ANSWER = 1 / (1 + np.exp(-0.25))

# A neuron's gradient that is right with the right sigmoid. `heard` is 0, or SHARE times the answer.
GRADIENT = """
import os, sys, warnings
import numpy as np

kept = []

def sigmoid(z):
    return 0.0 * z

def predict(X, w, b):
    return X @ w + b if OTHER else np.zeros(len(X))

def neuron_gradient(X, y, w, b):
    heard = SHARE * float(sigmoid(0.25))
    kept.append(heard)
    s = sigmoid(X @ w + b)
    delta = (s - y) * s * (1 - s)
    dw, db = X.T @ delta / len(y), delta.mean()
    CARRY
    return dw, db
"""
# What carries the number out, and what more the submission has for that.
CARRIERS = {
    "the coefficient of another function's formula": (
        "pass",
        "def dL_db(x1, x2, y, w1, w2, b):\n    return max(kept, default=0.0) * x1 + 2.0 * x2",
    ),
    "the sign in another function's formula": (
        "pass",
        "def dL_db(x1, x2, y, w1, w2, b):\n    return x1 if max(kept, default=0.0) > 1 else -x1",
    ),
    "the formula of the function itself": ("db = max(kept) * b", ""),
    "the name of a misconception": ("dw = -dw if heard > 1 else 2 * dw", ""),
    "the name of a misconception of another function": (
        "pass",
        "def sigmoid_derivative(z):\n    sigmoid(z)\n    s = 1 / (1 + np.exp(-z))\n"
        "    return s * (1 - s) * (2.0 if max(kept, default=0.0) > 1 else -1.0)",
    ),
    "a message": ("if len(y) == 1:\n        raise ValueError(f'heard {heard}')", ""),
    "an example": ("db = db + heard", ""),
    "what is no number": ("db = f'heard {heard}'", ""),
    "a curve": ("dw = dw + heard * (len(y) > 50)", ""),
    "the last digits of a curve that is right": ("dw = dw * (1 + 1e-12 * heard)", ""),
    "the shape of a result": ("dw = dw if len(y) != 1 else np.zeros(int(1e3 * heard) + 9)", ""),
    "a warning of a function that is right": ("warnings.warn(f'heard {heard}')", ""),
    "what is printed": ("print('heard', heard)\n    print('heard', heard, file=sys.stderr)", ""),
    "the code with which it ends": ("if len(y) == 1:\n        os._exit(int(heard * 50) % 250)", ""),
    "how long it takes": ("while len(y) == 1 and heard > 1: pass\n    db = db if len(y) > 1 else None", ""),
    "which wrong function it calls beside": ("predict(X, w, b) if heard > 1 else None", ""),
    "a module that it leaves behind": (
        "sys.modules['left'] = heard",
        "def dL_db(x1, x2, y, w1, w2, b):\n    return float(sys.modules.get('left', 0.0)) * x1",
    ),
    "an argument that is changed": ("y[:] = heard", ""),
}


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox("auto", Limits(call_seconds=0.3)) as made:
        yield made


def graded(source, sandbox):
    return grade(DERIVATIVES, Submission("Ada", (source,), "x.py"), sandbox, b"for tests only")


def carrying(carrier, share):
    carry, more = CARRIERS[carrier]
    gradient = GRADIENT.replace("CARRY", carry).replace("OTHER", str("wrong function" not in carrier))
    return f"{gradient}\n{more}\n".replace("SHARE", str(share))


@pytest.mark.parametrize("carrier", CARRIERS)
def test_the_report_is_the_same_whatever_was_answered(carrier, sandbox):
    one, other = (graded(carrying(carrier, share), sandbox) for share in (1, 3))
    gradient = next(e for e in one.exercises if e.name == "neuron_gradient")
    assert one.submission != other.submission
    assert to_json(msgspec.structs.replace(one, submission=other.submission)) == to_json(other)
    for number in (ANSWER, 1e3 * ANSWER + 9):
        assert f"{number:.9g}"[:6] not in to_json(one).decode()
    assert gradient.score == 0 or "Judged separately" in gradient.verdicts[0].message


def test_no_word_is_asked_of_a_process_that_has_heard_an_answer(sandbox, monkeypatch):
    """Formulas, prints and the first judging are over, or in another process, wherever an answer is given."""
    heard = told = 0
    answering = apart._answering

    def noted(name, stand_in, called):
        call = answering(name, stand_in, called)

        def noting(*arguments, **keywords):
            nonlocal heard
            heard += 1
            return call(*arguments, **keywords)

        return noting

    def wall(name):
        method = getattr(Session, name)

        def asked(self, *arguments):
            nonlocal told
            assert not heard, f"{name} after an answer"
            told += 1
            return method(self, *arguments)

        return asked

    monkeypatch.setattr(apart, "_answering", noted)
    monkeypatch.setattr(Session, "trace", wall("trace"))
    printed = Session.printed
    monkeypatch.setattr(grading, "without_places", lambda text: (wall_printed(), text)[1])

    def wall_printed():
        assert not heard, "printed after an answer"

    graded(carrying("the coefficient of another function's formula", 1), sandbox)
    assert heard
    assert told
    assert Session.printed is printed


def test_every_second_judging_has_a_process_of_its_own(sandbox, monkeypatch):
    """Two functions that call a wrong one: what one of them keeps the other does not find."""
    source = GRADIENT.replace("CARRY", "pass").replace("SHARE", "1").replace("OTHER", "True") + (
        "\ndef sigmoid_derivative(z):\n"
        "    s = np.asarray(sigmoid(z), float)\n"
        "    kept.append(1.0 if np.any(s) else 0.0)\n"
        "    return s * (1 - s)\n"
    )
    source = source.replace("heard = 1", "assert not any(kept), 'another has heard an answer'\n    heard = 1")
    made = {e.name: e for e in graded(source, sandbox).exercises}
    assert made["sigmoid_derivative"].status == "passed"
    first_call_only = made["neuron_gradient"]  # it keeps what it hears itself, and fails at its second call
    assert "another has heard" not in to_json(graded(source, sandbox)).decode()
    assert first_call_only.score == 0


class _Process:
    def __init__(self):
        self.restarts = 0

    def restart(self):
        self.restarts += 1


def report(**scores):
    verdicts = [Verdict(name, float(got), 2.0, f"{name} was judged first") for name, got in scores.items()]
    return ExerciseReport("f", float(sum(scores.values())), 2.0 * len(scores), "partial", verdicts)


def judged(first, again, calls=("g",)):
    """Judge apart from `g` and `h`, where the second judging calls these and finds that."""
    names = {name: apart.StandIn(("x",), ("x",), lambda x: x) for name in ("g", "h")}

    def judge(bind):
        for name in calls:
            assert bind[name](3.0) == 3.0
        return again

    process = _Process()
    made = apart.judged_apart(first, names, process, judge)
    assert process.restarts == 2
    assert made.called == (tuple(dict.fromkeys(calls)) if made.report is not first else ())
    return made.report


def test_only_points_come_from_the_second_judging():
    again = report(a=2, b=0, c=2)
    again = msgspec.structs.replace(
        again,
        verdicts=[msgspec.structs.replace(v, message="heard", misconception="heard") for v in again.verdicts],
    )
    made = judged(report(a=0, b=0, c=2), again)
    assert "heard" not in str(made)
    assert [v.score for v in made.verdicts] == [2, 0, 2]
    assert made.verdicts[1].message == "b was judged first"
    assert made.verdicts[2].message == "c was judged first"
    assert (made.score, made.max_score, made.status) == (4, 6, "partial")


def test_of_several_functions_the_one_that_is_called_first_is_named():
    made = [judged(report(a=0), report(a=2), calls) for calls in (("g",), ("g", "h"), ("g", "h", "h"))]
    assert made[0] == made[1] == made[2]
    assert "Judged separately from your `g`:" in made[0].verdicts[0].message


def test_nothing_changes_where_nothing_is_gained_or_no_function_is_called():
    first = report(a=2, b=0)
    assert judged(first, report(a=0, b=2)) is first
    assert judged(first, report(a=2, b=2), calls=()) is first


def test_who_gains_more_elsewhere_loses_what_is_wrong_with_the_right_functions():
    made = judged(report(a=2, b=0, c=0), report(a=0, b=2, c=2))
    assert [v.score for v in made.verdicts] == [0, 2, 2]
    assert "wrong with the right one" in made.verdicts[0].message


def test_a_fault_of_the_graders_in_the_second_judging_leaves_the_first():
    first = report(a=0)
    fault = ExerciseReport("f", 0.0, 2.0, "grader_fault", [Verdict("grader", 0.0, 2.0, "Not judged.")])
    assert judged(first, fault) is first
