"""Many cases of one kind: a few of them are tried while working, all of them by `make test`."""

from collections.abc import Iterable
from typing import Any

import pytest


def everyday(cases: Iterable[Any], every: int) -> list[Any]:
    """The cases as parameters; all but one of so many are marked as slow."""
    marked = []
    for number, case in enumerate(cases):
        values = case if isinstance(case, tuple) else (case,)
        marked.append(pytest.param(*values, marks=[pytest.mark.slow] * bool(number % every)))
    return marked
