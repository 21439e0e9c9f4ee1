"""Solutions that are wrong only where an argument is special: made so, found in what is asked, and listed."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from autograder import audit
from autograder.audit import special
from autograder.audit.conditions import Condition, asked_in, conditions, wrong_where
from autograder.cli import main
from autograder.course import homework_names, load_homework
from autograder.sandbox.host import prepare
from autograder.sandbox.inside.wire import Constant, OfNumPy, RandomGenerator

COURSE = Path(__file__).parents[2]
HOLDS: dict[str, tuple[list[Any], list[Any]]] = {
    "some_zero": ([np.array([1.0, 0])], [np.array([1.0, 2]), np.zeros(2), np.zeros(1), 0.0, None]),
    "all_zero": ([np.zeros(2), np.zeros((1, 2), int)], [np.array([1.0, 0]), np.zeros(0), 0.0]),
    "one_entry": ([np.ones(1), np.ones((1, 1))], [np.ones(2), 1.0]),
    "one_column": ([np.ones((3, 1))], [np.ones((1, 3)), np.ones(3)]),
    "square": ([np.ones((2, 2))], [np.ones((2, 3)), np.ones((1, 1)), np.ones(2)]),
    "whole": ([np.array([1, 2])], [np.array([1.0, 2]), 1]),
    "equal_entries": ([np.array([1.0, 2, 1])], [np.array([1.0, 2])]),
    "in_order": ([np.array([1.0, 2, 5])], [np.array([1.0, 1, 5]), np.array([1.0, 2])]),
    "no_negative": ([np.array([1.0, 0])], [np.array([1.0, -1]), np.zeros(2)]),
    "no_positive": ([np.array([-1.0, 0])], [np.array([1.0, -1]), np.zeros(2)]),
    "above_a_thousand": ([2000, np.array([1.0, -1e9])], [1000.0, np.ones(3), "long"]),
    "tiny": ([1e-9, np.array([0, 1e-5])], [0.0, 1.0, np.zeros(2)]),
    "zero": ([0, 0.0, np.float64(0)], [1.0, np.zeros(1), False, None]),
    "negative": ([-1.0], [0.0, 1, np.array([-1.0])]),
    "above_one": ([1.5], [1, 0.5]),
    "between_zero_and_one": ([0.5], [0, 1, -0.5]),
    "python_integer": ([3], [3.0, np.int64(3), True]),
    "of_numpy": ([np.float64(3)], [3.0, np.ones(2)]),
}


def test_every_kind_is_tried_here() -> None:
    kinds = special.special_of([np.ones((2, 2)), np.ones(2), 1.0])
    assert {holds.__name__ for holds in kinds} == HOLDS.keys()
    assert all("{}" in str(inspect.getdoc(holds)) for holds in kinds)
    assert special.special_of([None, "text"]) == []


@pytest.mark.parametrize("name", HOLDS)
def test_what_is_special_is_seen_and_nothing_else(name: str) -> None:
    holds = getattr(special, name)
    yes, no = HOLDS[name]
    assert all(map(holds, yes))
    assert not any(map(holds, no))


@pytest.mark.parametrize(
    "value",
    [2.0, 3, True, np.ones(3), np.arange(3), np.zeros((2, 2), int), (np.ones(2), 1.0), [np.arange(2)]],
    ids=repr,
)
def test_a_wrong_result_is_another_one_of_the_same_form(value: Any) -> None:
    other = special.wrong(value)
    assert type(other) is type(value)
    first, changed = (v[0] if isinstance(v, tuple | list) else v for v in (value, other))
    assert np.shape(first) == np.shape(changed)
    assert not np.array_equal(first, changed)


def test_a_solution_is_made_wrong_there_and_nowhere_else() -> None:
    text = "def f(x, y=1.0):\n    return x * y\n"
    mutant = wrong_where(text, Condition(1, "y", special.zero))
    names: dict[str, Any] = {}
    exec(mutant.text, names)
    assert mutant.after == "wrong where y is 0"
    assert (names["f"](3.0), names["f"](3.0, 2.0), names["f"](3.0, 0.0)) == (3.0, 6.0, 1.0)


def test_what_a_function_was_asked_is_read_from_the_requests() -> None:
    calls = [
        (np.arange(3), 0.5, len, RandomGenerator(1, 2), Constant(1.0)),
        (np.ones(2), OfNumPy(np.float64(2))),
    ]
    asked = asked_in([prepare("f", calls), prepare("g", [(1,)])], "f")
    assert [len(call) for call in asked] == [5, 2]
    assert asked[0][0].tolist() == [0, 1, 2]
    assert isinstance(asked[1][1], np.float64)
    told = [each.told for each in conditions(("x", "lr", "h", "rng", "k"), asked) if each.is_met(asked)]
    assert "x is of integers" in told
    assert "lr is between 0 and 1" in told
    assert "lr is a number of NumPy's" in told
    assert not [each for each in told if each.startswith(("h ", "rng "))]


@pytest.mark.slow
def test_the_command_lists_what_is_overlooked_and_what_nobody_is_asked() -> None:
    asked = ["--course", str(COURSE), "audit", "derivatives", "--exercise", "dL_db"]
    done = CliRunner().invoke(main, [*asked, "--special"])
    assert done.exit_code == 0, done.output
    assert "wrong only where an argument is special: " in done.output
    assert "b has numbers beyond 1000" in done.output.partition("nobody is asked where")[2]
    assert "special" not in CliRunner().invoke(main, asked).output


@pytest.mark.thorough
@pytest.mark.parametrize("name", homework_names(COURSE))
def test_what_is_asked_with_special_arguments_is_asked_of_every_student(name: str) -> None:
    homework = load_homework(name, COURSE)
    found = audit.audit(homework, COURSE, special=True)
    assert [told for each in found if each.special for told in each.special.overlooked] == []
