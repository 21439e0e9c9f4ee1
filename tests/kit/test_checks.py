"""Right functions pass the checks in any style; stubs and nonsense fail in a few lines."""

import json
import re

import numpy as np
import pytest
from everyday import everyday
from styles import OTHER_STYLES, RIGHT, line, rows

from autograder import kit as checks
from autograder.kit import published

# -- right functions


@pytest.mark.parametrize(("name", "function"), everyday([*RIGHT.items(), *OTHER_STYLES], 4))
def test_a_right_function_in_any_style_passes(says, name, function):
    right, text = says(name, function)
    assert right, text
    assert text == f"{name}: everything is right here.\n{checks.LAST_LINE}"


def test_every_exercise_is_tried_here(exercises):
    assert set(RIGHT) == set(exercises)


def test_a_warning_that_is_allowed_is_shown_and_costs_nothing(says):
    def noisy(X, w, b):
        np.array([1.0]) / 0
        return rows(X, w, b)

    right, text = says("predict", noisy)
    assert right
    assert "NumPy warned on the worked example of its docstring: divide by zero" in text


# -- functions that are not there yet


def stub(*arguments):
    raise NotImplementedError("not written yet: replace this line")


@pytest.mark.parametrize("name", RIGHT)
def test_a_stub_is_said_to_be_not_written(says, name):
    right, text = says(name, stub)
    assert not right
    assert text.startswith(f"{name}: not written yet")
    assert len(text.splitlines()) == 1


def test_a_function_that_calls_a_stub_names_that_stub(says):
    def sigmoid(z):
        raise NotImplementedError

    right, text = says("sigmoid_derivative", lambda z: sigmoid(z) * sigmoid(-z), sigmoid=sigmoid)
    assert not right
    assert "calls sigmoid, which is not written yet" in text


def test_a_function_that_calls_a_wrong_one_is_told_to_mend_that_first(says):
    def predict(X, w, b):
        return X @ w - b

    namespace = {**RIGHT, "predict": predict}
    exec("def mse_loss(X, y, w, b):\n    return ((predict(X, w, b) - y) ** 2).mean() / 2", namespace)
    right, text, _ = checks.judge("mse_loss", namespace)
    assert not right
    assert line(text, "likely") == "mse_loss calls predict: not right yet either, fix that first."


def test_an_unknown_or_undefined_exercise_is_said(exercises):
    assert "There is no exercise 'mse_gradeint' here: choose from" in checks.judge("mse_gradeint", {})[1]
    assert checks.judge("predict", {}) == (False, "predict is not defined: run the cell that defines it.", 0)


# -- nonsense

NONSENSE = {
    "None": lambda *arguments: None,
    "a text": lambda *arguments: "seven",
    "an error": lambda *arguments: 1 / 0,
    "nothing in a tuple": lambda *arguments: (),
    "a ragged list": lambda *arguments: [[1.0], [2.0, 3.0]],
    "NaN": lambda *arguments: np.full((2, 2, 2), np.nan),
    "one NaN": lambda *arguments: np.nan,
    "a function": lambda *arguments: stub,
    "no parameters": lambda: 1.0,
    "an exit": lambda *arguments: exit(),
    "a generator": lambda *arguments: (x for x in arguments),
    "complex numbers": lambda *arguments: np.array([1j, 2.0]),
    "a dictionary": lambda *arguments: {"w": 1.0},
    "its arguments": lambda *arguments: arguments,
    "an array of objects": lambda *arguments: np.array([None, stub]),
}


@pytest.mark.parametrize("what", NONSENSE)
@pytest.mark.parametrize("name", RIGHT)
def test_nonsense_is_wrong_in_a_few_lines(says, name, what):
    right, text = says(name, NONSENSE[what])
    assert not right
    assert len(text.splitlines()) <= 7, text
    assert text.startswith(f"{name} is not right yet ")
    assert text.splitlines()[-1] == checks.LAST_LINE
    assert "slide “" in line(text, "look at")


@pytest.mark.parametrize("name", RIGHT)
def test_a_missing_return_is_named(says, name):
    assert "is the return statement missing?" in says(name, lambda *arguments: None)[1]


def test_hints_go_from_a_question_to_the_slide_to_the_operation_in_words(exercises, capsys):
    namespace = {**RIGHT, "checks": checks, "predict": lambda X, w, b: b - X @ w}
    said = []
    for _ in range(4):
        eval("checks.check(predict)", namespace)
        said.append(line(capsys.readouterr().out, "look at"))
    hint, slide, operation = (exercises["predict"][key] for key in ("hint", "slide", "operation"))
    assert said == [hint, f"{hint} (slide “{slide}”)", operation, operation]
    eval("checks.check(predict)", {**namespace, **RIGHT})  # once right, it begins anew
    eval("checks.check(predict)", namespace)
    assert line(capsys.readouterr().out, "look at") == hint


def test_no_hint_is_code(exercises):
    for name, exercise in exercises.items():
        for text in (exercise["hint"], exercise["operation"]):
            assert text, name
            assert not re.search(r"np\.|\bX\.|\.T\b|\*\*|return |\[|==", text), text


# -- the ways in


def test_check_prints_and_returns_the_points(exercises, capsys):
    namespace = {**RIGHT, "checks": checks}
    assert eval("checks.check('dL_dw1', points=4)", namespace) == 4.0
    assert eval("checks.check(mse_gradient, points=8)", namespace) == 8.0
    assert eval("checks.check(predict)", {**namespace, "predict": stub}) == 0.0
    printed = capsys.readouterr().out
    assert "dL_dw1: everything is right here." in printed
    assert "mse_gradient: everything is right here." in printed
    assert "predict: not written yet" in printed


def test_a_kit_without_its_examples_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(published, "__file__", str(tmp_path / "published.py"))
    with pytest.raises(FileNotFoundError, match=r"examples\.json is missing in .*: take the folder from"):
        published._content.__wrapped__()
    content = {"exercises": {"predict": {}}}
    (tmp_path / "examples.json").write_text(json.dumps(content), encoding="utf-8")
    assert published._content.__wrapped__() == content


def test_numerical_slopes_have_the_shape_of_what_is_moved():
    def loss(X, w, b):
        return float((X @ w).sum() + b**2)

    X = np.array([[1.0, 2.0], [3.0, 4.0]])
    dw, db = checks.numerical_gradient(loss, (X, np.array([1.0, 1.0]), 3), (1, 2))
    assert np.allclose(dw, [4.0, 6.0])
    assert np.isclose(db, 6.0)
    each = checks.numerical_gradient(lambda z: z**3, (np.array([[1.0, 2.0]]),), (0,))
    assert np.allclose(each, [[3.0, 12.0]])


@pytest.mark.parametrize(
    ("function", "points"),
    [
        (lambda X, y, w, b: (X.T @ (X @ w + b - y) / len(y), (X @ w + b - y).mean()), 8),
        (lambda X, y, w, b: (X.T @ (X @ w + b - y) / len(y), 2 * (X @ w + b - y).mean()), 3),
        (lambda X, y, w, b: (2 * X.T @ (X @ w + b - y) / len(y), (X @ w + b - y).mean()), 1),
        (lambda X, y, w, b: (0 * w, 0.0), 0),
        (lambda X, y, w, b: ((X.T @ (X @ w + b - y) / len(y))[:, None], (X @ w + b - y).mean()), 0),
        (lambda X, y, w, b: (X.T @ np.subtract(X @ w + b, y, out=y) / len(y), y.mean()), 6),
    ],
    ids=["right", "dw alone", "db alone", "nothing", "another shape", "y is changed"],
)
def test_part_of_the_points_for_what_is_right(exercises, capsys, function, points):
    globals()["mse_gradient"] = function
    assert checks.check("mse_gradient", points=8) == points
