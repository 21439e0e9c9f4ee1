"""A value is shown in so many characters, whatever it is, and no more text is made of it than that."""

from typing import Any

import numpy as np
import pytest

from autograder.judging.comparison import show
from autograder.judging.trial import failure
from autograder.sandbox.host import Raised

LONGEST = 4_000


def nested(depth: int, width: int, leaf: Any, kind: type = list) -> Any:
    return kind(nested(depth - 1, width, leaf, kind) for _ in range(width)) if depth else leaf


LARGE = {
    "lists of texts": [nested(4, 12, "\x1b<" * 50)] * 12,
    "tuples of texts": nested(5, 12, "x" * 200, tuple),
    "lists of arrays": nested(4, 12, np.full(60, 0.123456789)),
    "lists of empty lists": nested(4, 12, []),
    "lists of whole numbers": nested(4, 12, -(2**63)),
    "a long list of long lists": nested(3, 50, "y" * 500),
    "a deep list": nested(60, 1, "z" * 500),
    "nothing, often": nested(5, 10, None),
}


@pytest.mark.parametrize("name", LARGE)
def test_what_is_large_is_cut(name: str) -> None:
    assert 0 < len(show(LARGE[name])) <= LONGEST


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.5, "1.5"),
        ((1.0, [2.0, None]), "(1, [2, None])"),
        (np.array([1.0, 2.0]), "[1., 2.]"),
        ((1.0,), "(1,)"),
        ([1.0] * 13, "a list of 13: 1, …"),
        ("a", "'a'"),
        ({"a": 1}, "dict of 1"),
    ],
)
def test_what_is_small_is_shown_whole(value: Any, text: str) -> None:
    assert show(value) == text


def test_a_long_exception_keeps_its_beginning_and_its_line() -> None:
    told = failure(Raised(("ValueError",), "Shapes: " + "x" * 2_000, "submission.py", 7, "f", "raise error"))
    assert told.startswith("it raised ValueError: Shapes: xxx")
    assert told.endswith("xxx, line 7: raise error")
    assert len(told) < 450
