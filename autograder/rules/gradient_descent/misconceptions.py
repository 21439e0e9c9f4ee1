"""What students get wrong in gradient descent, each with a descent that does so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from autograder.judging.misconception import Misconception
from autograder.judging.sentences import CLIMBS, HALF_AS_LONG, RATE_TWICE, TWICE_AS_LONG
from autograder.rules.gradient_descent.sentences import ALIASED, FIRST_RATE, FROM_ONE

_Step = Callable[[float, np.ndarray], np.ndarray]


def _downhill(rate: float, slope: np.ndarray) -> np.ndarray:
    return -rate * slope


@dataclass(frozen=True)
class Descent:
    """A way to descend: as it is asked for, or wrong in one way.

    ``step`` is what is added, given the learning rate and the gradient; ``shift`` what is added to t;
    ``rows`` takes the right iterates, or those that the rest leads to, and returns what is made of them.
    """

    sentence: str
    step: _Step = _downhill
    shift: int = 0
    first_rate: bool = False
    first_gradient: bool = False
    from_zero: bool = False
    one_by_one: bool = False
    rows: Callable[[np.ndarray], np.ndarray] | None = None

    def __call__(
        self,
        gradient: Callable[[np.ndarray], np.ndarray],
        v0: np.ndarray,
        lr: float | Callable[[int], float],
        steps: int,
    ) -> np.ndarray:
        """The iterates of this descent."""
        v = 0.0 * v0 if self.from_zero else v0.astype(float)
        first, iterates = gradient(v), [v]
        for t in range(steps):
            number = 0 if self.first_rate else t + self.shift
            rate = lr(number) if callable(lr) else lr
            for place in range(len(v)) if self.one_by_one else [slice(None)]:
                slope = first if self.first_gradient else gradient(v)
                v = v.copy()
                v[place] += self.step(rate, slope)[place]
            iterates.append(v)
        rows = np.array(iterates)
        return self.rows(rows) if self.rows else rows


RIGHT = Descent("")
_WRONG = {
    "ascent": Descent(CLIMBS, lambda rate, g: rate * g),
    "factor_2": Descent(TWICE_AS_LONG, lambda rate, g: -2 * rate * g),
    "factor_half": Descent(HALF_AS_LONG, lambda rate, g: -rate * g / 2),
    "learning_rate_missing": Descent("The learning rate has no effect.", lambda rate, g: -g),
    "learning_rate_squared": Descent(RATE_TWICE, lambda rate, g: -(rate**2) * g),
    "learning_rate_below": Descent("It is divided by the learning rate.", lambda rate, g: -g / rate),
    "normalised": Descent(
        "The length of every step is the learning rate: the length of the gradient counts too.",
        lambda rate, g: -rate * g / np.linalg.norm(g),
    ),
    "signs_alone": Descent("Only the signs of the gradient are used.", lambda rate, g: -rate * np.sign(g)),
    "schedule_from_one": Descent(FROM_ONE, shift=1),
    "first_rate_for_all": Descent(FIRST_RATE, first_rate=True),
    "stale_gradient": Descent(
        "All steps use the gradient at the start: take it at the current v.", first_gradient=True
    ),
    "from_zero": Descent("It starts from zero, not from v0.", from_zero=True),
    "one_by_one": Descent(
        "The components are updated one after another, each with a new gradient: update all of them at once.",
        one_by_one=True,
    ),
    "start_everywhere": Descent(
        "All rows are the start: does v change in the loop?",
        rows=lambda rows: np.tile(rows[0], (len(rows), 1)),
    ),
    "last_everywhere": Descent(
        ALIASED,
        rows=lambda rows: np.tile(rows[-1], (len(rows), 1)),
    ),
    "zeros": Descent("All rows are zero: is anything written into them?", rows=np.zeros_like),
    "backwards": Descent("The iterates come in the opposite order.", rows=lambda rows: rows[::-1]),
    "steps_not_points": Descent(
        "The rows are the steps between the iterates, not the iterates.",
        rows=lambda rows: np.diff(rows, axis=0, prepend=0 * rows[:1]),
    ),
    "last_missing": Descent(
        "The last iterate is missing: there is one iterate after each step.", rows=lambda rows: rows[:-1]
    ),
    "start_missing": Descent("The start v0 is missing: it is the first row.", rows=lambda rows: rows[1:]),
    "last_alone": Descent("Only the last iterate is returned: return all.", rows=lambda rows: rows[-1]),
    "averaged": Descent(
        "Every row is the mean of all iterates up to it.",
        rows=lambda rows: np.cumsum(rows, axis=0) / np.arange(1, len(rows) + 1)[:, None],
    ),
}
MISCONCEPTIONS = tuple(Misconception(name, descent.sentence, descent) for name, descent in _WRONG.items())
