"""What judges of whole loops share: a mistake is named where one alone explains everything."""

import pytest

from autograder.judging.cases import failed, seen_with, the_only
from autograder.sandbox.host import Raised


@pytest.mark.parametrize(
    ("fits", "told"),
    [
        ([], (None, "")),
        ([("one", "One.")], ("one", "One.")),
        ([("one", "One."), ("two", "Two.")], (None, "")),
    ],
)
def test_of_several_that_fit_none_is_named(fits, told):
    assert the_only(iter(fits)) == told


def test_what_was_seen_is_a_sentence_with_the_input():
    assert seen_with("one example", "it is 0") == "With one example: it is 0."
    assert seen_with("n = 3", "Is it a list?") == "With n = 3: Is it a list?"
    outcome = Raised(("ValueError",), "no")
    finding = failed("one example", outcome)
    assert (finding.passed, finding.fault) == (False, outcome)
    assert finding.message == "With one example: it raised ValueError: no."
