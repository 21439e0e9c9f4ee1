"""What the notebooks say in formulas and examples is what the references compute."""

import contextlib
import doctest
import re
from pathlib import Path

import jupytext
import latex_values
import numpy as np
import pytest
from latex_values import UnknownError, statements

from autograder.course import homework_names, load_homework
from autograder.rules.values import Values
from symbolic_checks import lecture
from symbolic_checks.reference import change, maximiser, minimiser, rate, slope, value

COURSE = Path(__file__).parents[2]
HOMEWORKS = {name: load_homework(name, COURSE) for name in homework_names(COURSE)}
EXERCISES = [(homework.name, exercise) for homework in HOMEWORKS.values() for exercise in homework.exercises]

# Arguments of the exercises as the prose writes them, where that is not their own name.
LETTERS = {
    **{"x1": "x_1", "x2": "x_2", "w1": "w_1", "w2": "w_2", "W1": "W_1", "b1": "b_1", "b2": "b_2"},
    **{"gradient": r"\nablaL", "direction": "r", "lr": r"\eta", "lam": r"\lambda", "y_hat": r"\haty"},
    **{
        "num": "N",
        "den": "D",
        "dnum": "N'",
        "dden": "D'",
        "initial": r"\alpha_0",
        "decay": "k",
        "hessian": "H",
    },
    **{"velocity": "u", "momentum": r"\rho", "beta1": r"\beta_1", "beta2": r"\beta_2", "eps": r"\varepsilon"},
}
# What a letter of the prose must be, in the section of which exercise.
MSE = {"L": value(lecture.MSE), r"\haty": value(lecture.LINEAR_OUTPUT)}
SQUARED_ERROR = {"L": value(lecture.SQUARED_ERROR)}
RIGHT = {
    "predict": {r"\haty": value(lecture.LINEAR_OUTPUT)},
    "dL_dw1": SQUARED_ERROR,
    "mse_loss": MSE,
    "mse_gradient": MSE,
    "sigmoid": {r"\sigma": value(lecture.SIGMOID)},
    "neuron_gradient": {"L": value(lecture.NEURON), r"\haty": value(lecture.NEURON_OUTPUT)},
    "directional_derivative": {r"\fracdLdt": slope(lecture.DIRECTIONAL_DERIVATIVE)},
    "steepest_ascent_direction": {r"\hatr_\mathrmup": maximiser(lecture.STEEPEST_DIRECTION)},
    "steepest_descent_direction": {r"\hatr_\mathrmdown": minimiser(lecture.STEEPEST_DIRECTION)},
    "minimum_norm_solution": {"b": minimiser(lecture.MINIMUM_NORM)},
    "predicted_change": {r"\DeltaL": change(lecture.FIRST_ORDER_CHANGE)},
    "gradient_step": {"v": value(lecture.GRADIENT_STEP)},
    "ridge_gradient": {"L": value(lecture.RIDGE)},
    "mlp_forward": {r"\haty": value(lecture.NETWORK_OUTPUT)},
    "mlp_gradient": {"L": value(lecture.NETWORK), r"\haty": value(lecture.NETWORK_OUTPUT)},
    "momentum_step": {"v": 0, "u": 1},
    "adam_step": {"v": 0, "m": 1, "s": 2},
    "quotient_rule": {"q'": rate(lecture.QUOTIENT)},
    "normal_equations": MSE,
    "decayed_rate": {r"\alpha_t": value(lecture.DECAYED_RATE)},
}


def at_the_minimum(X, y):
    """Letters of the section on the normal equations: its solution, and the matrix with a column of ones."""
    columns = np.column_stack([X, np.ones(len(y))])
    u = np.linalg.lstsq(columns, y, rcond=None)[0]
    return {"A": columns, "u": u, "w": u[:-1], "b": u[-1], r"A^\topAu": columns.T @ y}


# Letters that are no arguments: from the arguments of the exercise.
MORE_LETTERS = {
    "normal_equations": at_the_minimum,
    "largest_stable_rate": lambda H: {"v": H[0], "v_t": H[0], r"\eta": 0.25},
}
# Formulas that say how things hang together, and have no value.
NOTATION = re.compile(r"\\partial|\\to\b|\\begin|\\dots|\\frac\{d|\\mathrm|\\ell|\\approx")


def sections(homework):
    """The prose right above each exercise's cell."""
    notebook = jupytext.read(COURSE / "solutions" / homework / f"{homework}.py", fmt="py:percent")
    for before, cell in zip(notebook.cells, notebook.cells[1:], strict=False):
        match = re.search(r"^def (\w+)", cell.source, re.MULTILINE)
        if match and "### BEGIN SOLUTION" in cell.source:
            yield match[1], before.source, cell.source


PROSE = {function: (prose, cell) for homework in HOMEWORKS for function, prose, cell in sections(homework)}


def letters_of(exercise):
    """Values of the arguments' letters, and of what runs over what; n, d and h differ."""
    arguments = exercise.rule.probes[0].draw(np.random.default_rng(5))
    if len(arguments) < len(exercise.rule.reference.required):
        raise AssertionError(exercise.function)
    named = dict(zip(exercise.rule.reference.parameters, arguments, strict=False))
    letters = {LETTERS.get(key, key): argument for key, argument in named.items()}
    n, d = np.shape(named["X"]) if "X" in named else (np.size(named.get("y_hat", 0)), 3)
    letters |= MORE_LETTERS.get(exercise.function, lambda *_: {})(*arguments)
    return letters | {"n": n, "d": d, "range of i": n, "range of j": d}, arguments


def right_values(exercise, arguments, letters):
    """What letters of the section must be, by the references."""
    right = {}
    for letter, reference in RIGHT.get(exercise.function, {}).items():
        if isinstance(reference, int):
            right[letter] = exercise.rule.reference(*arguments)[reference]
        else:
            right[letter] = reference(*(letters[LETTERS.get(p, p)] for p in reference.parameters))
    return right


VALUES = [exercise for _, exercise in EXERCISES if isinstance(exercise.rule, Values)]


def disagreements(exercise, prose):
    """Display formulas that cannot be read, and letters whose formula is not what the reference computes."""
    letters, arguments = letters_of(exercise)
    given = set(letters)
    right = right_values(exercise, arguments, letters)
    explained = prose.partition("**By hand.**")[0]
    displayed = statements(explained, display=True)
    inline = statements(explained, display=False)
    left = [s for s in (*inline, *displayed) if s.update or s.letter not in given]
    if right and not {s.letter for s in left} & set(right):
        return ["no formula at all"]
    letters |= {letter: value for letter, value in right.items() if letter not in given}
    for _ in range(4):  # a letter may be explained after the formula that uses it
        for statement in list(left):
            with contextlib.suppress(UnknownError):
                letters[statement.letter] = latex_values.value(statement.right, letters)
                left.remove(statement)
    unread = [s for s in left if s in displayed and not NOTATION.search(f"{s.left} {s.right}")]
    return unread + [k for k, value in right.items() if not latex_values.close(letters[k], value)]


@pytest.mark.parametrize("exercise", VALUES, ids=lambda exercise: exercise.function)
def test_a_formula_in_the_prose_is_the_one_that_is_graded(exercise):
    assert disagreements(exercise, PROSE[exercise.function][0]) == []


@pytest.mark.parametrize(
    ("function", "old", "new", "letter"),
    [
        ("predict", "+ b", "- b", r"\haty"),
        ("dL_dw1", ")^2", ")", "L"),
        ("mse_loss", "{2n}", "{n}", "L"),
        ("mse_loss", "_i - y_i", "_i + y_i", "L"),
        ("ridge_gradient", r"\lambda \sum", r"2 \lambda \sum", "L"),
        ("sigmoid", "e^{-z}", "e^{z}", r"\sigma"),
        ("mlp_forward", "+ b_1", "- b_1", r"\haty"),
        ("momentum_step", r"\rho\, u", r"(1 - \rho)\, u", "u"),
        ("adam_step", r"\sqrt{\hat s} + \varepsilon", r"\sqrt{\hat s + \varepsilon}", "v"),
        ("adam_step", r"(1 - \beta_2)\, g^2", r"(1 - \beta_1)\, g^2", "s"),
    ],
)
def test_a_formula_that_drifts_is_seen(function, old, new, letter):
    (exercise,) = [exercise for exercise in VALUES if exercise.function == function]
    prose = PROSE[function][0]
    assert old in prose
    assert letter in disagreements(exercise, prose.replace(old, new))


@pytest.mark.parametrize("exercise", VALUES, ids=lambda exercise: exercise.function)
def test_a_worked_example_hides_no_mistake_and_is_no_probe(exercise):
    names = exercise.rule.reference.parameters
    worked = dict(zip(names, exercise.example, strict=False))
    if "X" in worked:
        n, d = worked["X"].shape
        assert n >= 3
        assert n != d
    for weights in ("w", "b", "w1", "w2", "b2", "v", "gradient", "a"):
        assert np.all(worked.get(weights, 1)), weights
    for probe in (*exercise.rule.probes, *exercise.rule.edges):
        drawn = probe.draw(np.random.default_rng(0))
        same = len(drawn) == len(exercise.example) and all(map(np.array_equal, drawn, exercise.example))
        assert not same, probe.name


@pytest.mark.parametrize("function", PROSE)
def test_numbers_that_are_worked_out_by_hand_are_right(function):
    prose, _ = PROSE[function]
    for statement in statements(prose, display=False):
        with contextlib.suppress(UnknownError):
            sides = [latex_values.value(side, {}) for side in (statement.left, statement.right)]
            assert latex_values.close(*sides), statement


@pytest.mark.parametrize(("homework", "exercise"), EXERCISES, ids=lambda x: getattr(x, "function", x))
def test_the_worked_example_of_the_rubric_is_one_of_the_docstrings(homework, exercise):
    """The checks call it so, and print what is right for no other."""
    if not exercise.example:
        return
    _, cell = PROSE[exercise.function]
    calls = []
    names = {"np": np}
    exec(compile("from __future__ import annotations\n" + cell, "cell", "exec"), names)

    def recorded(*arguments):
        calls.append(arguments)
        raise InterruptedError

    parser = doctest.DocTestParser()
    for example in parser.get_examples(names[exercise.function].__doc__):
        names[exercise.function] = recorded
        try:
            exec(example.source, names)
        except (InterruptedError, NameError):
            continue
    assert any(
        len(call) == len(exercise.example) and all(map(np.array_equal, call, exercise.example))
        for call in calls
    ), f"{exercise.function}: {calls}"
