"""A mistake may keep a share of the points: where the rubric says so, and for that mistake alone."""

from pathlib import Path

import pytest

from autograder import constant_factors
from autograder.course import load_homework
from autograder.grading import grade
from autograder.sandbox.host import Sandbox
from autograder.submission import Submission

DERIVATIVES = load_homework("derivatives", Path(__file__).parents[2])
HEAD = "import numpy as np\n\n"


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox() as made:
        yield made


def verdicts(source, sandbox, name):
    made = grade(DERIVATIVES, Submission("Ada", (HEAD + source,), "ada.py"), sandbox, b"for tests")
    (exercise,) = [each for each in made.exercises if each.name == name]
    return exercise, {verdict.check: verdict for verdict in exercise.verdicts}


GRADIENT = """
def mse_gradient(X, y, w, b):
    error = X @ w + b - y
    return {} * (error @ X / len(y)), {} * error.mean()
"""


@pytest.mark.parametrize("factor", ["2", "0.5", "-1", "len(y)", "1 / len(y)"])
def test_one_constant_factor_keeps_half_of_the_points_for_values(factor, sandbox):
    exercise, found = verdicts(GRADIENT.format(factor, factor), sandbox, "mse_gradient")
    assert (found["dw"].score, found["db"].score) == (1.5, 0.5)
    assert "1.5 of 3 points stay" in found["dw"].message
    assert found["edges"].score == found["curve"].score == 0
    assert exercise.status == "partial"
    assert exercise.score == 2.0


@pytest.mark.parametrize("factor", ["3", "-2", "np.array(1.7)"])
def test_any_other_factor_keeps_nothing(factor, sandbox):
    exercise, _ = verdicts(GRADIENT.format(factor, factor), sandbox, "mse_gradient")
    assert exercise.score == 0


@pytest.mark.parametrize("step", ["1e-6", "1e-5 * (1 + abs(w1))", "0.5"])
def test_a_difference_quotient_loses_half_of_the_values_and_nothing_else(step, sandbox):
    source = f"""
def dL_dw1(x1, x2, y, w1, w2, b):
    def loss(v):
        return (v * x1 + w2 * x2 + b - y) ** 2

    h = {step}
    return (loss(w1 + h) - loss(w1 - h)) / (2 * h)
"""
    exercise, found = verdicts(source, sandbox, "dL_dw1")
    assert found["value"].misconception == "difference_quotient"
    assert found["value"].score == found["value"].max_score / 2
    others = [verdict for check, verdict in found.items() if check != "value"]
    assert all(verdict.score == verdict.max_score for verdict in others)
    assert exercise.score == exercise.max_score - found["value"].max_score / 2


def test_rounded_to_twelve_digits_is_no_difference_quotient(sandbox):
    source = """
def sigmoid_derivative(z):
    e = np.exp(-np.abs(z))
    return np.round(e / (1 + e) ** 2, 12)
"""
    _, found = verdicts(source, sandbox, "sigmoid_derivative")
    assert found["value"].score == found["value"].max_score


def test_the_factors_that_keep_a_share_are_those_that_students_mix_up():
    assert set(constant_factors(0.25)) == {"factor_2", "factor_half", "summed", "averaged_twice", "sign"}
    assert set(constant_factors(0.25).values()) == {0.25}
