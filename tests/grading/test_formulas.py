"""The formula of a wrong function stands beside its verdict, and reading it changes nothing else."""

from dataclasses import replace
from pathlib import Path

import pytest

from autograder import feedback
from autograder.course import load_homework
from autograder.grading import grade
from autograder.judging.reading import read
from autograder.sandbox.host import Raised, Returned, Sandbox
from autograder.submission import Submission

DERIVATIVES = load_homework("derivatives", Path(__file__).parents[2])
WRONG = """
import numpy as np

def dL_dw1(x1, x2, y, w1, w2, b):
    return 2 * (w1 * x1 + w2 * x2 + b - y)

def mse_gradient(X, y, w, b):
    print(type(b).__name__)
    error = X @ w + b - y
    return 2 * error @ X / len(y), error.mean()
"""


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox() as made:
        yield made


def graded(source, sandbox, homework=DERIVATIVES):
    made = grade(homework, Submission("Ada", (source,), "ada.py"), sandbox, b"for tests")
    return made, {exercise.name: exercise for exercise in made.exercises}


def formulas(exercise):
    return {verdict.check: verdict.formula for verdict in exercise.verdicts if verdict.formula}


def test_a_wrong_component_has_its_formula(sandbox):
    _, found = graded(WRONG, sandbox)
    told = formulas(found["mse_gradient"])
    assert told.keys() == {"dw"}
    assert told["dw"].yours == "dw₁ = 2/5·Σᵢ (ŷᵢ − yᵢ)·xᵢ₁"
    assert told["dw"].sizes == "5 examples and 3 features"
    assert told["dw"].legend == "ŷᵢ: The prediction for example i."
    assert (told["dw"].right, told["dw"].difference) == (None, None)
    assert not formulas(found["predict"])


@pytest.mark.parametrize(
    ("reveal", "difference", "right"),
    [
        ("nothing", None, None),
        ("difference", "The factor x₁ is missing.", None),
        ("answer", "The factor x₁ is missing.", "dL_dw1 = 2·(ŷ − y)·x₁"),
    ],
)
def test_the_rubric_says_how_much_is_let_out(sandbox, reveal, difference, right):
    (task,) = (e for e in DERIVATIVES.exercises if e.function == "dL_dw1")
    homework = replace(DERIVATIVES, exercises=(replace(task, reveal=reveal),))
    made, found = graded(WRONG, sandbox, homework)
    told = formulas(found["dL_dw1"])["value"]
    assert told.yours == "dL_dw1 = 2·(ŷ − y)"
    assert (told.difference, told.right) == (difference, right)
    for page in (feedback.page(made), feedback.text(made)):
        assert told.yours in page
        assert (right or "2·(ŷ − y)·x₁") in page or right is None
        assert ("x₁ is missing" in page) == (difference is not None)
        assert ("2·(ŷ − y)·x₁" in page) == (right is not None)


def test_beside_a_check_that_has_its_points_no_formula_is_told(sandbox):
    """A function may tell the inputs at which it is read by their size, and be wrong there alone."""
    source = """
def mse_gradient(X, y, w, b):
    error = X @ w + b - y
    factor = 3 if X.shape == (5, 3) else 1
    return factor * error @ X / len(y), 2 * error.mean()
"""
    _, found = graded(source, sandbox)
    verdicts = {verdict.check: verdict for verdict in found["mse_gradient"].verdicts}
    assert verdicts["dw"].score == verdicts["dw"].max_score > 0
    assert verdicts["dw"].formula is None
    assert verdicts["db"].score < verdicts["db"].max_score
    assert verdicts["db"].formula.yours == "db = 2/5·Σᵢ (ŷᵢ − yᵢ)"


def test_what_is_printed_while_a_formula_is_read_is_not_shown(sandbox):
    made, found = graded(WRONG, sandbox)
    assert formulas(found["mse_gradient"])
    assert "float" in made.output
    assert "Number" not in made.output


@pytest.mark.parametrize(
    "trouble",
    [
        "if type(x1) is not float: raise SystemExit",
        pytest.param("while type(x1) is not float: pass", marks=pytest.mark.slow),
        "if type(x1) is not float: import os; os._exit(0)",
        "if type(x1) is not float: return 'x' * 10**9",
        "if type(x1) is not float: x1.tape.nodes[:] = [('exec', 0)]",
        "if type(x1) is not float: x1.tape.nodes.extend([('exp', 0)] * 10**6)",
        "if type(x1) is not float: x1.tape = x1.node = None",
    ],
)
def test_a_function_that_will_not_be_read_has_no_formula_and_the_same_marks(sandbox, trouble):
    source = WRONG.replace("b):\n    return 2", f"b):\n    {trouble}\n    return 2")
    assert trouble in source
    made, found = graded(source, sandbox)
    plain, _ = graded(WRONG, sandbox)
    assert not formulas(found["dL_dw1"])
    assert [e.score for e in made.exercises] == [e.score for e in plain.exercises]
    assert formulas(found["mse_gradient"]) or "pass" in trouble


def test_a_function_that_keeps_what_it_is_given_costs_no_other_one(sandbox):
    source = (
        WRONG
        + """
seen = []

def dL_db(x1, x2, y, w1, w2, b):
    seen.append(x1)
    return 3.0 * y

def predict(X, w, b):
    assert all(isinstance(x, (int, float)) for x in seen)
    return X @ w + b
"""
    )
    _, found = graded(source, sandbox)
    assert found["predict"].status == "passed"
    assert formulas(found["dL_db"])["value"].yours == "dL_db = 3·y"


class _Reader:
    calls = ((1.0,), (2.0,))

    def read(self, trace, returned):
        assert trace == "a graph"
        return {"value": tuple(returned)}


class _Callee:
    """Three functions: one returns what it is given, one raises for 2, one cannot be traced."""

    def __init__(self):
        self.traced = []

    def call(self, function, calls, bind=None):
        return [
            Raised(("ValueError",), "no") if function == "stops" and x == 2.0 else Returned(x)
            for (x,) in calls
        ]

    def trace(self, function, arguments):
        self.traced.append((function, arguments))
        return None if function == "untraceable" else "a graph"


def test_a_formula_is_read_only_of_a_function_that_gives_something_at_every_point():
    callee = _Callee()
    readers = dict.fromkeys(("returns", "stops", "untraceable"), _Reader())
    assert read(readers, callee) == {"returns": {"value": (1.0, 2.0)}, "untraceable": {}}
    assert callee.traced == [("returns", (1.0,)), ("untraceable", (1.0,))]
