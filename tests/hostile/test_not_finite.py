"""What is not finite earns nothing: infinities, NaN and the largest floats, anywhere, from any call on."""

import copy

import numpy as np
import pytest
from fuzzing import BAD, Anything, exercises, source

from autograder.judging.comparison import close, read_indices
from autograder.judging.randomness import judge_seed
from autograder.judging.trial import Trial
from autograder.sandbox.host import Returned
from autograder.sandbox.inside.wire import RandomGenerator

EXERCISES = {exercise.function: (exercise, right) for exercise, right in exercises()}
# a wrong number of an ordinary size, and those that must not earn more than it does
ORDINARY = 123.456
MIXED = (np.inf, -np.inf, 1e300)


class Spoilt(Anything):
    """A right function whose results are changed from a call on."""

    def __init__(self, right, change, since=0):
        super().__init__(source("not finite", 0), right)
        self._change, self._since, self._calls = change, since, 0

    def _outcome(self, arguments):
        came = self._called(self._right, arguments)
        self._calls += 1
        if not isinstance(came, Returned) or self._calls <= self._since:
            return came
        return Returned(self._change(copy.deepcopy(came.value)))


def everywhere(*numbers):
    """Fill the whole result with these numbers, one after another."""

    def change(value):
        if isinstance(value, tuple | list):
            return type(value)(change(each) for each in value)
        filled = np.resize(np.array(numbers, float), np.shape(value))
        return filled if filled.ndim else float(numbers[0])

    return change


def at(component, place, number):
    """Put the number at one place of one component."""

    def change(value):
        if isinstance(value, tuple | list):
            if not value:
                return value
            k = component % len(value)
            inside = at(0, place, number)(value[k])
            return type(value)([*value[:k], inside, *value[k + 1 :]])
        if not np.ndim(value):
            return number
        array = np.asarray(value, float).copy()
        if array.size:
            array.flat[place] = number
        return array

    return change


def passed(name, change, since=0):
    exercise, right = EXERCISES[name]
    trial = Trial(exercise, Spoilt(right, change, since), np.random.default_rng(3))
    with np.errstate(all="ignore"):
        findings, _ = exercise.rule.begin(trial)()
    return {check for check, points in exercise.points.items() if points and findings[check].passed}


@pytest.mark.parametrize("name", EXERCISES)
def test_the_right_function_that_is_spoilt_here_has_all_points(name):
    exercise, _ = EXERCISES[name]
    assert passed(name, lambda value: value) == set(exercise.points)


@pytest.mark.parametrize("numbers", [*((bad,) for bad in BAD), MIXED], ids=str)
@pytest.mark.parametrize("name", EXERCISES)
def test_results_that_are_nothing_else_earn_nothing(name, numbers):
    assert passed(name, everywhere(*numbers)) == set()


@pytest.mark.parametrize(
    ("component", "place"),
    [
        (0, 0),
        (1, -1),
        *(pytest.param(*where, marks=pytest.mark.thorough) for where in ((0, -1), (1, 0), (2, 0), (3, -1))),
    ],
)
@pytest.mark.parametrize("name", EXERCISES)
def test_one_of_them_in_one_place_earns_no_more_than_any_wrong_number(name, component, place):
    wrong = passed(name, at(component, place, ORDINARY))
    for bad in BAD:
        assert passed(name, at(component, place, bad)) <= wrong


@pytest.mark.parametrize(
    "since", [5, 80, *(pytest.param(k, marks=pytest.mark.thorough) for k in (1, 2, 20, 60, 66))]
)
@pytest.mark.parametrize("name", EXERCISES)
def test_later_calls_earn_no_more_by_them_than_by_a_wrong_number(name, since):
    wrong = passed(name, everywhere(ORDINARY), since)
    for numbers in ((np.inf,), (np.nan,), (1e300,), MIXED):
        assert passed(name, everywhere(*numbers), since) <= wrong


class Twofold(Anything):
    """The right function in its first process; afterwards what `later` makes of the seed of its generator."""

    def __init__(self, right, later):
        super().__init__(source("not finite", 1), right)
        self._later, self._again, self._drawn = later, False, 0

    def restart(self):
        self._again = True

    def _outcome(self, arguments):
        came = super()._outcome(arguments)
        (sent,) = (each for each in arguments if isinstance(each, RandomGenerator))
        self._drawn += 1
        if not self._again and self._drawn <= 66:
            return came
        return (
            Returned(everywhere(self._later(sent.seed))(came.value)) if isinstance(came, Returned) else came
        )


@pytest.mark.parametrize(
    "later",
    [lambda seed: np.inf, lambda seed: float(seed), lambda seed: (np.inf, 1e300)[seed % 2], lambda seed: 0.0],
    ids=["infinity", "the seed", "one of two by the seed", "zero"],
)
@pytest.mark.parametrize(
    "name", ["minibatches", "sgd_epoch", "gradient_noise", "train_validation_test_split"]
)
def test_an_order_that_is_right_in_the_first_process_alone_earns_no_points(name, later):
    exercise, right = EXERCISES[name]
    check = "draws" if "draws" in exercise.points else "order"
    trial = Trial(exercise, Twofold(right, later), np.random.default_rng(4))
    with np.errstate(all="ignore"):
        findings, _ = exercise.rule.begin(trial)()
    assert not findings[check].passed


class _Restarts:
    def __init__(self):
        self.callee, self.count = self, 0

    def restart(self):
        self.count += 1


@pytest.mark.parametrize(
    ("runs", "says"),
    [
        ([[1], [2], [2], [3]], True),  # the order of the first process is its own affair
        ([[1], [2], [3], [4]], "same seed differ"),
        ([[1], [2], [2], [2]], "does not depend on rng"),
        ([[1], [None], [None], [2]], "not always return"),
        ([[1], [2], [2], [None]], "not always return"),
        ([[None], [2], [2], [3]], True),
    ],
)
def test_runs_that_no_right_function_gives_are_not_compared(runs, says):
    left = iter(runs)
    trial = _Restarts()
    found = judge_seed(trial, lambda: next(left), lambda: next(left), [5])
    assert trial.count == 3
    assert found.passed if says is True else (not found.passed and says in found.message)


@pytest.mark.parametrize("bad", BAD[:3])
def test_no_scale_makes_room_for_what_is_not_finite(bad):
    assert not close(np.array([bad]), [bad], 1.0)
    assert not close(np.array([bad]), [1.0], np.inf)
    assert not close(np.array([1.0]), [bad], 1.0)
    assert not close(np.array([1.0]), [2.0], np.inf)
    assert close(np.array([1.0]), [1.0 + 1e-9], 1.0)


@pytest.mark.parametrize("bad", BAD)
def test_no_index_is_infinite_or_beyond_whole_numbers(bad):
    assert read_indices([0, bad]) is None
    assert read_indices(np.array([bad])) is None
    assert read_indices([0.0, 2.0]).tolist() == [0, 2]
