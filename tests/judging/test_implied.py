"""Right but where a condition on one argument holds: special inputs that no rubric names show it."""

import numpy as np
import pytest
from all_tasks import TASKS

from autograder.audit import special
from autograder.grading import grade
from autograder.preview.in_process import InProcess
from autograder.rules.values import Values
from autograder.rules.values.again import signed
from autograder.rules.values.implied import implied
from autograder.submission import Submission

TRIED = [task for task in TASKS if isinstance(task[1].rule, Values) and implied(task[1].rule)]
FORMULAS = pytest.mark.parametrize(
    ("homework", "exercise"), [pytest.param(*task, id=task[1].function) for task in TRIED]
)


def is_whole(value):
    return np.asarray(value).dtype.kind == "i"


def is_vector(value):
    return np.ndim(value) == 1 and np.size(value) > 1


# Each asks about one argument, and about all.
CONDITIONS = {
    "integers beside floats": lambda v, every: is_whole(v) and not all(map(is_whole, every)),
    "floats beside integers": lambda v, every: not is_whole(v) and any(map(is_whole, every)),
    "a zero among numbers": lambda v, _: is_vector(v) and 0 < np.count_nonzero(v) < np.size(v),
    "one number alone": lambda v, _: is_vector(v) and np.count_nonzero(v) == 1,
    "no sum": lambda v, _: is_vector(v) and np.any(v) and np.sum(v) == 0,
    "equal numbers": lambda v, _: is_vector(v) and np.any(v) and np.all(v == v[0]),
    "a square": lambda v, _: np.ndim(v) == 2 and len(set(np.shape(v))) == 1 and np.size(v) > 1,
    "tiny numbers": lambda v, _: np.any(v) and np.max(np.abs(v)) < 1e-5,
    "a thousand rows": lambda v, _: np.ndim(v) > 0 and len(v) > 1000,
    **{
        holds.__doc__.format("it"): lambda v, _, holds=holds: holds(v)
        for holds in (
            *(special.some_zero, special.in_order, special.no_negative, special.no_positive),
            *(special.negative, special.between_zero_and_one, special.above_one, special.of_numpy),
        )
    },
}


def lost(homework, exercise, condition, place):
    """The points that a function loses whose results are off where the condition on an argument holds, and
    whether it held at all."""
    held = []

    def wrong(*arguments):
        value = exercise.rule.reference(*arguments)
        if not condition(arguments[place], arguments):
            return value
        held.append(True)
        several = len(exercise.rule.reference.components) > 1
        return tuple(part + 1 for part in value) if several else value + 1

    alone = homework.with_only(exercise)
    sandbox = InProcess(exercise.function, wrong)
    (made,) = grade(alone, Submission("Ada", (), "x.py"), sandbox, b"for tests only").exercises
    return made.max_score - made.score, bool(held)


@FORMULAS
def test_the_right_function_loses_nothing(homework, exercise):
    assert lost(homework, exercise, lambda *_: False, 0) == (0, False)


@FORMULAS
def test_what_is_wrong_under_a_condition_alone_is_seen(homework, exercise):
    for name, condition in CONDITIONS.items():
        for place, parameter in enumerate(exercise.rule.reference.required):
            points, held = lost(homework, exercise, condition, place)
            assert bool(points) == held, (name, parameter)


@pytest.mark.parametrize("function", ["mse_gradient", "neuron_gradient", "mlp_gradient", "ridge_gradient"])
def test_of_a_gradient_every_condition_is_met(function):
    ((homework, exercise),) = [task for task in TRIED if task[1].function == function]
    free = [place for place, any_number in enumerate(signed(exercise.rule)) if any_number]
    for name, condition in CONDITIONS.items():
        assert any(lost(homework, exercise, condition, place)[0] for place in free), name


def test_inputs_that_make_no_sense_are_left_out():
    names = {task[1].function: [probe.name for probe in implied(task[1].rule)] for task in TRIED}
    assert "den = 0" not in names["quotient_rule"]
    assert "num = 0" in names["quotient_rule"]
    assert "direction = 0" not in names["directional_derivative"]
    assert not any("integers in beta1" in name for name in names["adam_step"])
    assert "lr = 0" in names["gradient_step"]
