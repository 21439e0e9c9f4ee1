"""Families of misconceptions: one mistake with any of many numbers in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import numpy as np

from autograder.judging.misconception import Misconception

# Numbers that are added so that nothing is divided by zero.
SMALL = (*(m * 10.0**-k for k in range(2, 17) for m in (1, 2, 5)), float(np.finfo(float).eps), 1e-20, 1e-30)
# Shares by which weights decay, and the like.
SHARES = (*(m * 10.0**-k for k in range(1, 6) for m in (1, 2, 5)), 1.0)


def with_any(
    name: str, sentence: str, formula: Callable[..., Any], numbers: Iterable[float]
) -> tuple[Misconception, ...]:
    """One misconception for each number; all have one name.

    Parameters
    ----------
    name, sentence
        Shared by all: how reports count them, and what students read.
    formula
        Takes the number, and the exercise's arguments.
    numbers
        The values that the mistake may have in it.

    Examples
    --------
    >>> one, other = with_any("shifted", "A number is added.", lambda c, x: x + c, (1, 2))
    >>> one.name == other.name, one(5), other(5)
    (True, 6, 7)
    """
    return tuple(Misconception(name, sentence, partial(formula, number)) for number in numbers)


def lengths(formula: Callable[..., Any], vector: Callable[..., np.ndarray]) -> tuple[Misconception, ...]:
    """What is done to a length, so that nothing is divided by zero.

    Parameters
    ----------
    formula
        What is right, of the exercise's arguments and of a length in the vector's place.
    vector
        Of the exercise's arguments the one whose length it is.
    """

    def changed(change: Callable[[float, float], float]) -> Callable[..., Any]:
        def wrong(number: float, *arguments: Any) -> Any:
            length = change(float(np.linalg.norm(vector(*arguments))), number)
            return formula(*arguments, length)

        return wrong

    def in_root(length: float, number: float) -> float:
        return float(np.sqrt(length**2 + number))

    added = "A small number is added to the length: that changes short vectors. Divide by the length itself."
    floor = "Short vectors are treated as longer ones: only the zero vector is a special case."
    return (
        *with_any("epsilon_in_length", added, changed(lambda length, e: length + e), SMALL),
        *with_any("epsilon_in_length", added, changed(in_root), SMALL),
        *with_any("epsilon_in_length", added, changed(lambda length, e: float(np.hypot(length, e))), SMALL),
        *with_any("floor_under_length", floor, changed(max), SMALL),
    )
