"""Some of the inputs that fuzzing.py makes without end, and all that ever failed."""

import pytest
from fuzzing import SEEDS, TRIES, frame, kept, notebook

SHARES = {
    "wire": 20_000,
    "notebooks": 200,
    "outcomes": 2_000,
    "sequences": 1_000,
    "reports": 2_000,
    "rubrics": 40,
}
SHARES |= {"cells": 2_000, "large": 2_000, "files": 1_000, "downloads": 600, "rosters": 500, "tables": 4_000}
KEPT = [(kind, number) for kind in TRIES for number in kept(kind)]


@pytest.mark.parametrize(("kind", "number"), KEPT, ids=str)
def test_what_failed_once_fails_no_more(kind, number):
    TRIES[kind](number)


@pytest.mark.slow
@pytest.mark.parametrize("kind", TRIES)
def test_no_input_gets_more_than_its_due(kind):
    came = {TRIES[kind](number) for number in range(SHARES[kind])}
    assert len(came) > 1, "all inputs went the same way: they are no test"


def test_an_input_is_its_kind_and_its_number():
    assert frame(4711) == frame(4711) != frame(4712)
    assert notebook(3) == notebook(3) != notebook(4)
    assert len(KEPT) == sum(bool(line.partition("#")[0].split()) for line in SEEDS.read_text().splitlines())
