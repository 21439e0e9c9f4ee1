"""Every mistake that feedback can name is a function that can be tried, or it is said why it is not."""

import numpy as np
import pytest
from all_tasks import ROOT, TASKS

from autograder.grading import grade
from autograder.preview.in_process import InProcess
from autograder.rules.values import Values
from autograder.submission import Submission

LOOPS = [(homework, exercise) for homework, exercise in TASKS if not isinstance(exercise.rule, Values)]
LONG = ("sgd_epoch", "gradient_noise")
# What a check of the same function says as well, and it is true: whoever leaves out the last epoch returns
# parameters from before the last.
ALSO = {"one_epoch_less": {"before_the_last"}}


@pytest.mark.parametrize(
    ("homework", "exercise"),
    [
        pytest.param(*task, marks=[pytest.mark.slow] * isinstance(task[1].rule, Values), id=task[1].function)
        for task in TASKS
    ],
)
def test_each_is_tried_or_it_is_said_why_not(homework, exercise):
    known = [misconception.name for misconception in exercise.rule.known_misconceptions()]
    tried = [name for name, _ in exercise.rule.wrong_functions()]
    untried = exercise.rule.untried()
    assert sorted([*tried, *untried]) == sorted(known)
    assert all(len(reason.split()) > 4 for reason in untried.values())


@pytest.mark.parametrize(
    ("homework", "exercise"),
    [
        pytest.param(*task, marks=[pytest.mark.slow] * (task[1].function in LONG), id=task[1].function)
        for task in LOOPS
    ],
)
def test_a_function_that_has_a_misconception_is_told_that_and_nothing_else(homework, exercise):
    assert not exercise.rule.untried()
    alone = homework.with_only(exercise)
    for name, function in exercise.rule.wrong_functions():
        sandbox = InProcess(exercise.function, function)
        (made,) = grade(alone, Submission("Ada", (), "x.py"), sandbox, b"for tests only").exercises
        named = {verdict.misconception for verdict in made.verdicts if verdict.misconception}
        assert named == {name} | ALSO.get(name, set()), made
        assert made.score < made.max_score, name


def test_all_rules_are_among_those_tried():
    rules = {type(exercise.rule).__name__ for _, exercise in LOOPS}
    folders = {path.parent.name for path in (ROOT / "autograder" / "rules").glob("*/rule.py")} - {"values"}
    assert len(rules) == len(folders) + 1, "those of this course, and one of another"


def test_multiples_of_sizes_are_made_of_what_an_exercise_is_summed_over():
    (exercise,) = [each for _, each in TASKS if each.function == "cross_entropy_gradient"]
    functions = dict(exercise.rule.wrong_functions())
    arguments = exercise.rule.probes[0].draw(np.random.default_rng(0))
    right = exercise.rule.reference(*arguments)
    n, d = np.shape(arguments[0])
    for name, by in {"summed": n, "factor_4": 4, "over_features": n / d}.items():
        wrong = functions[name](*arguments)
        assert all(np.allclose(one, by * other) for one, other in zip(wrong, right, strict=True)), name
