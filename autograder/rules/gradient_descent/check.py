"""Watches a descent: whether each step follows from the gradient that is given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.judging.sentences import CLIMBS, SAME_ARRAY
from autograder.kit.results import CLOSE, numbers, show, the_one
from autograder.kit.trial import MistakeError, Trial
from autograder.rules.gradient_descent.sentences import ALIASED, FIRST_RATE, FROM_ONE


def check(trial: Trial) -> None:
    """Rule: the iterates of a descent in a small valley, step by step from what came back."""
    A = np.array([[1.2, 0.3, 0.0], [0.3, 0.8, -0.2], [0.0, -0.2, 0.5]])
    v0 = np.array([2.0, -1.0, 1.5])

    def gradient(v: Any) -> np.ndarray:
        return A @ np.asarray(v, float).reshape(3) - 1.0

    def lr(t: Any) -> float:
        return 0.5 / (1.0 + float(t))

    constant = _descent(trial, "a constant lr, 6 steps", gradient, v0, 0.3, 6)
    trial.earned = {"iterates", "curve"}
    scheduled = _descent(trial, "lr as a function of t, 5 steps", gradient, v0, lr, 5)
    trial.earned |= {"schedule"}
    _descent(trial, "no step at all", gradient, v0, 0.3, 0)
    _descent(trial, "a start of integers", gradient, np.array([3, -2, 1]), 0.3, 4)
    _descent(trial, "one parameter", lambda v: 2.0 * np.asarray(v, float), np.array([1.5]), 0.2, 4)
    _descent(trial, "2000 steps", lambda v: 0.01 * np.asarray(v, float), np.array([1.5]), 0.1, 2000)
    _descent(trial, "lr = 1, an integer", gradient, v0, 1, 3)
    _descent(trial, "lr = 0", gradient, v0, 0, 3)
    _descent(trial, "a minimum that one step leads to", lambda v: 2.0 * np.asarray(v, float), v0, 0.5, 3)
    if np.shares_memory(constant, scheduled):
        trial.fault("two calls", SAME_ARRAY)


def _descent(
    trial: Trial, where: str, gradient: Callable[[Any], Any], v0: np.ndarray, lr: Any, steps: int
) -> Any:
    value = trial.call(where, gradient, v0, lr, steps)
    asked = (steps + 1, len(v0))
    V = numbers(value)
    if V is None or V.shape != asked:
        found = "no array of numbers" if V is None else f"shape {V.shape}"
        found = show(value) if value is None else found
        off_by_one = V is not None and V.shape == (steps, len(v0))
        likely = (
            "There is one iterate too few: v0 is the first, and the last step counts." if off_by_one else ""
        )
        seen = f"it returned {found}; expected shape {asked}: (steps + 1, d)"
        raise MistakeError(where, seen, likely)
    if steps > 1 and lr and not np.ptp(V, axis=0).any():
        raise MistakeError(where, "all rows are the same", ALIASED)
    if not np.array_equal(V[0], v0):
        raise MistakeError(where, f"the first row is {show(V[0])}; expected v0 = {show(v0)}")
    if steps == 0:
        return V
    slopes = np.array([gradient(v) for v in V[:-1]])
    moves = V[1:] - V[:-1]
    rates = np.array([lr(t) if callable(lr) else lr for t in range(steps)])
    if np.allclose(moves, -rates[:, None] * slopes, CLOSE, 1e-10):
        return V
    with np.errstate(all="ignore"):
        ratios = np.median(moves / slopes, axis=1)
    one_factor = np.allclose(moves, ratios[:, None] * slopes, 1e-6, 1e-9)
    if not one_factor:
        likely = ALIASED if not moves[:-1].any() or not moves[1:].any() else ""
        raise MistakeError(
            where, "the step from a row to the next is not along the gradient at that row", likely
        )
    seen = f"each step is the gradient times {show(ratios[:4])} …; −lr is {show(-rates[:4])} …"
    guesses = {CLIMBS: rates}
    if callable(lr):
        later = np.array([lr(t + 1) for t in range(steps)])
        guesses[FROM_ONE] = -later
        guesses[FIRST_RATE] = np.full(steps, -rates[0])
    raise MistakeError(where, seen, the_one(guesses, ratios))
