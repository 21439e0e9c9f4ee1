"""What a rubric declares of an exercise whose result is a word is tried before anyone is graded."""

import pytest

from autograder.judging.misconception import Misconception
from autograder.rules.labels.problems import problems
from autograder.rules.values import probes


def reference(x):
    return "up" if x > 0 else "down"


KINDS = {
    "up": (probes.fixed("a slope upwards", 1.0),),
    "down": (probes.fixed("a slope downwards", -1.0),),
}
WRONG = {
    "no function": (None, "its misconception 'wrong' has no function: give one"),
    "another call": (lambda x, y: "up", "its misconception 'wrong' cannot be tried: TypeError"),
    "an error": (lambda x: 1 / 0, "its misconception 'wrong' cannot be tried: ZeroDivisionError"),
    "a right one": (lambda x: "up" if x > 0 else "down", "its misconception 'wrong' is right on all probes"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_with_a_misconception_is_a_sentence_and_the_next_is_tried(case):
    function, said = WRONG[case]
    own = [Misconception("wrong", "It is wrong.", function), Misconception("none", "It is none.", reference)]
    first, second = problems(reference, KINDS, (), own)
    assert first.startswith(said)
    assert "'none' is right on all probes" in second


def test_a_misconception_that_differs_is_no_problem():
    assert list(problems(reference, KINDS, (), [Misconception("up", "Always up.", lambda x: "up")])) == []
