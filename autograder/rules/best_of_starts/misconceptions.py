"""What students get wrong in a descent from several starts, each with a function that does so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.judging.misconception import Misconception
from autograder.judging.sentences import CLIMBS, TWICE_AS_LONG
from autograder.rules.best_of_starts import sentences as s

Loss = Callable[[np.ndarray], float]
Gradient = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Search:
    """A search from several starts: as it is asked for, or wrong in one way.

    ``more`` is added to the steps, ``sign`` multiplies the learning rate. ``choose`` takes the losses of the
    starts and of the ends and says which end is returned.
    """

    sentence: str
    choose: Callable[[np.ndarray, np.ndarray], int] = lambda starts, ends: int(np.argmin(ends))
    more: int = 0
    sign: float = 1.0
    goes_on: bool = False
    averaged: bool = False

    def __call__(self, gradient: Gradient, loss: Loss, starts: Any, lr: float, steps: int) -> np.ndarray:
        """The end that this search returns."""
        begins = np.asarray(starts, float)
        ends: list[np.ndarray] = []
        for start in begins:
            v = ends[-1] if self.goes_on and ends else start.copy()
            for _ in range(max(0, steps + self.more)):
                v = v - self.sign * lr * gradient(v)
            ends.append(v)
        if self.averaged:
            return np.asarray(np.mean(ends, axis=0))
        return ends[self.choose(np.array([*map(loss, begins)]), np.array([*map(loss, ends)]))]


def _last_smallest(_: np.ndarray, ends: np.ndarray) -> int:
    return int(len(ends) - 1 - np.argmin(ends[::-1]))


RIGHT = Search("")
_WRONG = {
    "best_start": Search(s.BEST_START, lambda starts, _: int(np.argmin(starts))),
    "first_end": Search(s.FIRST_END, lambda starts, ends: 0),
    "last_end": Search(s.LAST_END, lambda starts, ends: len(ends) - 1),
    "worst_end": Search(s.WORST, lambda starts, ends: int(np.argmax(ends))),
    "largest_fall": Search(
        "It returns the end with the largest decrease: compare the losses at the ends themselves.",
        lambda starts, ends: int(np.argmax(starts - ends)),
    ),
    "last_on_a_tie": Search(s.LAST_ON_A_TIE, _last_smallest),
    "one_step_more": Search(s.ONE_STEP_MORE, more=1),
    "one_step_less": Search(s.ONE_STEP_LESS, more=-1),
    "ascent": Search(CLIMBS, sign=-1.0),
    "twice_as_long": Search(TWICE_AS_LONG, sign=2.0),
    "goes_on": Search(s.GOES_ON, goes_on=True),
    "averaged": Search(
        "It returns the mean of all ends: between two minima the loss is large.", averaged=True
    ),
}


def _start_itself(gradient: Gradient, loss: Loss, starts: Any, lr: float, steps: int) -> np.ndarray:
    return np.asarray(RIGHT(gradient, loss, starts, lr, 0))


def _right_start(gradient: Gradient, loss: Loss, starts: Any, lr: float, steps: int) -> np.ndarray:
    ends = [loss(RIGHT(gradient, loss, start[None], lr, steps)) for start in np.asarray(starts, float)]
    return np.asarray(starts, float)[int(np.argmin(ends))]


MISCONCEPTIONS = (
    *(Misconception(name, search.sentence, search) for name, search in _WRONG.items()),
    Misconception("start_itself", s.START_ITSELF, _start_itself),
    Misconception("start_of_the_best_end", s.START_ITSELF, _right_start),
)
