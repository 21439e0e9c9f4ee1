"""Watches a central difference: where the loss is taken, and what is made of it."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.judging.sentences import SAME_ARRAY, TAKES, misshapen, returned
from autograder.kit.results import CLOSE, numbers, show
from autograder.kit.trial import MistakeError, Trial
from autograder.rules.central_difference import sentences as s


def check(trial: Trial) -> None:
    """Rule: the slope of a curved loss, with a wide step, a narrow one, and none given."""
    v = np.array([0.5, -1.0, 1.5])
    first = _measure(trial, "3 components and h = 0.5", v, 0.5)
    _measure(trial, "2 components and h = 0.1", np.array([1.2, -0.7]), 0.1)
    trial.earned = {"value"}
    _measure(trial, "h left out", v, None)
    _measure(trial, "one component", np.array([0.8]), 0.25)
    _measure(trial, "integers", np.array([1, -2, 2]), 0.25)
    if np.shares_memory(np.asarray(first), np.asarray(_measure(trial, "two calls", v, 0.5))):
        trial.fault("two calls", SAME_ARRAY)


class _Loss:
    """A loss with third and fourth powers that remembers where it was taken."""

    def __init__(self, d: int) -> None:
        self.d = d
        self.places: list[np.ndarray] = []

    def loss(self, v: Any) -> float:
        at = np.asarray(v, float)
        if at.shape != (self.d,):
            raise ValueError(TAKES.format("loss", (self.d,), at.shape))
        self.places.append(at.copy())
        return self.at(at)

    def at(self, v: np.ndarray) -> float:
        k = np.arange(1, len(v) + 1)
        return float(k @ v - v.sum() ** 2 / 2 + (v**3) @ (1.5 - 0.4 * k) + 0.3 * np.sum(v**4))


def _measure(trial: Trial, where: str, v: np.ndarray, h: float | None) -> Any:
    loss, d = _Loss(len(v)), len(v)
    value = trial.call(where, loss.loss, v, *(() if h is None else (h,)))
    step = 1e-5 if h is None else h
    got = numbers(value)
    if got is None:
        raise MistakeError(where, returned(show(value), f"shape ({d},)"))
    if got.shape != (d,):
        raise MistakeError(where, misshapen("it", got.shape, f"shape ({d},)"))
    if not loss.places:
        raise MistakeError(where, "loss was never called")
    units = np.eye(d) * step

    def slopes(ahead: float, behind: float, over: float) -> np.ndarray:
        return np.array([loss.at(v + ahead * u) - loss.at(v + behind * u) for u in units]) / over

    right = slopes(1, -1, 2 * step)
    if np.allclose(got, right, CLOSE, CLOSE):
        return value
    whole = np.ones(d) * step
    together = (loss.at(v + whole) - loss.at(v - whole)) / (2 * step)
    guesses = {
        s.ONE_SIDED: [slopes(1, 0, step), slopes(0, -1, step)],
        s.NOT_HALVED: [slopes(1, -1, step)],
        s.SIGN: [-right],
        s.TOGETHER: [np.full(d, together)] if d > 1 else [],
        s.FIXED_STEP: [slopes(1e-5 / step, -1e-5 / step, 2e-5)] if h is not None else [],
    }
    fits = [text for text, made in guesses.items() if any(np.allclose(got, one, 1e-7, 1e-7) for one in made)]
    moved = sorted({int(np.sum(place != v)) for place in loss.places} - {0, 1})
    likely = fits[0] if len(fits) == 1 else s.KEPT if moved else ""
    seen = f"it returned {show(got)}, and the loss was taken at {show(loss.places[0])} first"
    raise MistakeError(where, seen, likely, expected=f"a central difference with h = {step:g}")
