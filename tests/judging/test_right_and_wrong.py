"""Student files with known marks: what is right loses no point, what is wrong loses those it has to lose."""

import math
from collections import Counter

import pytest
from everyday import everyday
from trying import exercise, homework, lost, report, told, variants

from autograder.sandbox.host import Sandbox

RIGHT = list(variants("right"))
WRONG = list(variants("wrong"))
HOMEWORKS = ("derivatives", "gradient_descent", "sgd", "neural_network", "landscapes")


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox("auto") as made:
        yield made


def assert_right(variant, sandbox, student):
    made = report(variant, sandbox, student)
    assert made.score == made.max_score, told(made)
    assert made.status == "passed"
    assert not [verdict.misconception for verdict in made.verdicts if verdict.misconception]


def assert_wrong(variant, sandbox, student):
    """It loses the checks it is declared to lose, no other; a mistake is named by its name or not at all."""
    made = report(variant, sandbox, student)
    assert lost(made) == (variant.loses or set(exercise(variant).points)), told(made)
    partial = variant.loses or exercise(variant).credit.keys() & names_in(made)
    assert made.status in (("partial",) if partial else ("failed", "error", "not_started")), told(made)
    assert names_in(made) <= variant.named | variant.sometimes, told(made)
    drawn = [number for verdict in made.verdicts if verdict.curves for number in verdict.curves.reference]
    assert all(map(math.isfinite, drawn))  # or no report can be kept of it
    return made


def names_in(made):
    return {verdict.misconception for verdict in made.verdicts if verdict.misconception}


@pytest.mark.parametrize("variant", everyday(RIGHT, 4), ids=str)
def test_a_right_function_in_any_style_gets_all_points(variant, sandbox):
    assert_right(variant, sandbox, f"who wrote {variant}")  # on inputs that no other file meets


@pytest.mark.parametrize("variant", everyday(WRONG, 10), ids=str)
def test_a_wrong_function_loses_what_it_is_worth_and_no_more(variant, sandbox):
    made = assert_wrong(variant, sandbox, f"who wrote {variant}")
    assert variant.sometimes or names_in(made) == variant.named, told(made)  # what is known is named


@pytest.mark.thorough
@pytest.mark.parametrize("variant", RIGHT, ids=str)
def test_a_right_function_gets_all_points_whoever_hands_it_in(variant, sandbox):
    for student in ("Ada", "Blaise", "Carl", "Daniel", "Emmy", "Florence"):
        assert_right(variant, sandbox, student)


@pytest.mark.thorough
@pytest.mark.parametrize("variant", WRONG, ids=str)
def test_a_wrong_function_costs_the_same_whoever_hands_it_in(variant, sandbox):
    for student in ("Ada", "Blaise", "Carl", "Daniel"):
        assert_wrong(variant, sandbox, student)


@pytest.mark.thorough
@pytest.mark.parametrize("name", HOMEWORKS)
def test_of_two_hundred_students_who_are_right_none_loses_a_point(name, sandbox):
    for task in homework(name).exercises:
        styles = [v for v in RIGHT if v.exercise == task.function]
        for number in range(200):
            assert_right(styles[number % len(styles)], sandbox, f"student {number}")


def test_every_exercise_is_tried_in_many_ways():
    right = Counter(variant.exercise for variant in RIGHT)
    wrong = Counter(variant.exercise for variant in WRONG)
    for name in HOMEWORKS:
        for task in homework(name).exercises:
            assert right[task.function] >= 6, task.function
            assert wrong[task.function] >= 10, task.function


def test_what_a_file_declares_is_a_check_of_its_exercise():
    for variant in WRONG:
        assert variant.loses <= set(exercise(variant).points), variant
