"""The audit finds nothing in this course, and finds what is wrong with a rubric that has no teeth."""

import ast
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from autograder.audit import audit, describe
from autograder.audit.comparison import difference, many_calls, outcomes
from autograder.audit.mutation import mutants
from autograder.cli import main
from autograder.course import homework_names, load_homework
from autograder.homework import Probe
from autograder.release.source import read_source
from autograder.rules.values import Values, probes
from autograder.rules.values.domains import unlike_the_probes
from autograder.sandbox.host import Returned, Sandbox

COURSE = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _a_sandbox_there_is():
    from autograder.sandbox import levels

    try:
        levels.choose("auto")
    except levels.SandboxError as error:
        pytest.skip(f"no sandbox on this machine: {error}")


def audited(name, function, **changes):
    """What the audit says of one exercise, with another declaration of it."""
    homework = load_homework(name, COURSE)
    (task,) = [task for task in homework.exercises if task.function == function]
    rule = {key: changes.pop(key) for key in list(changes) if key in Values.__dataclass_fields__}
    other = replace(task, **changes, rule=replace(task.rule, **rule))
    exercises = tuple(other if each is task else each for each in homework.exercises)
    (found,) = audit(replace(homework, exercises=exercises), COURSE, only=[function])
    return found


def test_functions_are_compared_with_the_modules_that_their_homework_gives():
    homework = load_homework("derivatives", COURSE)
    (task,) = [task for task in homework.exercises if task.function == "predict"]
    assert "losses" in homework.modules
    cells = ("import losses\n\ndef predict(X, w, b):\n    losses.look_at(X)\n    return X @ w + b\n",)
    with Sandbox("auto") as sandbox:
        calls = many_calls(homework, task, cells, sandbox)
        came = outcomes(calls, cells, homework, sandbox)
    assert all(isinstance(outcome, Returned) for each in came for outcome in each)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.thorough] * (name != "gradient_descent"))
        for name in homework_names(COURSE)
    ],
)
def test_nothing_wrong_gets_through_in_this_course(name):
    for found in audit(load_homework(name, COURSE), COURSE):
        assert found.holes == [], found.exercise.function
        assert found.mutants > 1
        assert all(survivor.same for survivor in found.survivors)
        assert found.told_apart > 5 or not isinstance(found.exercise.rule, Values)


@pytest.mark.slow
def test_the_command_prints_a_report_and_ends_with_status_0():
    one = ["--exercise", "sigmoid", "--exercise", "dL_db", "--notes"]
    done = CliRunner().invoke(main, ["--course", str(COURSE), "audit", "derivatives", *one])
    assert done.exit_code == 0, done.output
    assert "dL_db: sound" in done.output
    assert "predict" not in done.output
    assert "line 24: z > 0 for z >= 0 is the same on all inputs that were tried" in done.output
    assert "as SymPy proves" in done.output
    assert "No hole found." in done.output


def same_for_all(*arguments):
    return (Probe("one and the same", lambda _: tuple(np.copy(a) if np.ndim(a) else a for a in arguments)),)


@pytest.mark.slow
def test_probes_with_a_constant_error_are_too_weak():
    X, w = np.array([[1.0, 2.0], [3.0, -1.0], [-2.0, 0.5]]), np.array([0.5, -1.5])
    weak = same_for_all(X, X @ w + 0.25 - 1.0, w, 0.25)
    found = audited("derivatives", "mse_gradient", points={"dw": 1, "db": 1}, probes=weak)
    assert any("the probes cannot show it" in hole for hole in found.holes)


def test_a_change_that_the_probes_overlook_is_told_from_one_that_changes_nothing():
    X, w = np.array([[1.0, 2.0], [3.0, -1.0], [-2.0, 0.5]]), np.array([0.5, -1.5])
    without = audited("derivatives", "predict", points={"value": 1}, probes=same_for_all(X, w, 0.0))
    assert any("the probes cannot show it" in hole for hole in without.holes)
    weak = audited(
        "derivatives",
        "predict",
        points={"value": 1},
        probes=same_for_all(X, w, 0.0),
        refused=(),
        edges=probes.regression([(4, 1)], targets=False),
    )
    assert any("keeps all points (it differs with 4 examples of 1 feature)" in hole for hole in weak.holes)
    lines = list(describe(weak))
    assert lines[0].startswith(f"  predict: {len(weak.holes)} to fix (10 changes tried")
    assert all(line.startswith(("  predict", "    !")) for line in lines)


def test_one_probe_at_zero_cannot_tell_a_slope_from_others():
    found = audited(
        "derivatives", "sigmoid_derivative", points={"value": 1}, probes=(probes.fixed("z = 0", 0.0),)
    )
    assert any("sigma_squared" in hole or "one_minus_sigma_squared" in hole for hole in found.holes)


def test_texts_that_are_missing_or_give_code_away_are_found():
    assert "its hint is missing" in audited("derivatives", "predict", hint="").holes
    code = audited("derivatives", "predict", operation="Take X @ w and add b.").holes
    assert code == ["its operation holds code: 'Take X @ w and add b.'"]


def test_a_worked_example_that_is_a_probe_is_found():
    X, w = np.array([[1.0, 2.0], [3.0, -1.0], [-2.0, 0.5]]), np.array([0.5, -1.5])
    task = load_homework("derivatives", COURSE).exercises[0]
    also = (*task.rule.probes, *same_for_all(X, w, 0.25))
    found = audited("derivatives", "predict", probes=also, example=(X, w, 0.25))
    assert found.holes == ["its worked example is the probe 'one and the same'"]


def test_a_solution_that_is_wrong_is_found(tmp_path):
    for folder in ("derivatives", "data"):
        shutil.copytree(COURSE / "solutions" / folder, tmp_path / "solutions" / folder)
    path = tmp_path / "solutions" / "derivatives" / "derivatives.py"
    text = path.read_text(encoding="utf-8")
    assert "np.mean((predict(X, w, b) - y) ** 2) / 2" in text
    path.write_text(text.replace("(predict(X, w, b) - y) ** 2) / 2", "(predict(X, w, b) - y) ** 2)"))
    done = CliRunner().invoke(
        main, ["--course", str(tmp_path), "audit", "derivatives", "--exercise", "mse_loss"]
    )
    assert done.exit_code == 1
    assert "! the solution does not pass value" in done.output


def test_an_exercise_that_is_not_there_is_a_clear_error():
    done = CliRunner().invoke(main, ["--course", str(COURSE), "audit", "sgd", "--exercise", "sdg_epoch"])
    assert done.exit_code == 2
    assert "There is no exercise sdg_epoch: choose from gradient_noise, minibatches," in done.output


FUNCTION = '''
def f(x, n):
    """A docstring stays."""
    y = x.copy()
    if n > 2:
        y[1:n] += 3
    return -(x.sum(axis=0) * y)
'''


def test_every_single_change_is_another_program_that_can_be_read():
    found = list(mutants(FUNCTION))
    texts = [edit.text for edit in found]
    assert len(set(texts)) == len(texts) > 25
    original = ast.unparse(ast.parse(FUNCTION))
    for edit in found:
        assert ast.unparse(ast.parse(edit.text)) != original
        assert '"""A docstring stays."""' in edit.text
    for expected in (
        "y = x\n",  # the copy is dropped
        "if n >= 2:",
        "if not n > 2:",
        "y[1 + 1:n] += 3",
        "y[1:n] += 4",
        "y[1:n] = 3",
        "x.mean(axis=0)",
        "x.sum()",
        "return x.sum(axis=0) * y",
        "x.sum(axis=0) / y",
        "if n > 2:\n        pass",
        "y = n.copy()",
    ):
        assert any(expected in text for text in texts), expected


def test_inputs_unlike_the_probes_are_of_the_same_kind():
    def drawn(name, function):
        homework = load_homework(name, COURSE)
        (task,) = [task for task in homework.exercises if task.function == function]
        return task.rule.reference.parameters, unlike_the_probes(task.rule)

    names, samples = drawn("neural_network", "adam_step")
    for sample in samples:
        given = dict(zip(names, sample, strict=True))
        assert given["v"].shape == given["m"].shape == given["gradient"].shape == (9,)
        assert (given["s"] > 0).all()
        assert isinstance(given["t"], int)
        assert 0 < given["beta1"] < 1
    _, samples = drawn("gradient_descent", "zero_one_loss")
    assert {float(label) for _, y in samples for label in y} == {0.0, 1.0}
    _, samples = drawn("derivatives", "sigmoid_derivative")
    assert all(np.shape(z) == () for (z,) in samples)


@pytest.mark.parametrize("name", ["minibatches", "train"])
def test_a_rule_without_declared_inputs_is_compared_on_what_students_are_asked(name):
    homework = load_homework("sgd", COURSE)
    (exercise,) = [each for each in homework.exercises if each.function == name]
    source = read_source(homework, COURSE)
    cells = tuple(cell.text for cell in source.cells if cell.kind == "code")
    with Sandbox("auto") as sandbox:
        calls = many_calls(homework, exercise, cells, sandbox)
        right = outcomes(calls, cells, homework, sandbox)
        assert len(calls) > 20
        assert difference(calls, right, outcomes(calls, cells, homework, sandbox)) is None
        other = (*cells, f"def {name}(*arguments):\n    return None\n")
        assert difference(calls, right, outcomes(calls, other, homework, sandbox)) is not None
