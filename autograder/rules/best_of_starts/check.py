"""Watches a descent from several starts in a small landscape with two basins."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.judging.sentences import CLIMBS, SAME_ARRAY, TAKES, misshapen, returned
from autograder.kit.results import CLOSE, numbers, show
from autograder.kit.trial import MistakeError, Trial
from autograder.rules.best_of_starts import sentences as s

_TILT = np.array([0.1, 0.0])


def _loss(v: Any) -> float:
    at = np.asarray(v, float)
    if at.shape != (2,):
        raise ValueError(TAKES.format("loss", (2,), at.shape))
    return float((at[0] ** 2 - 1) ** 2 / 4 + _TILT @ at + at[1] ** 2 / 2)


def _gradient(v: Any) -> np.ndarray:
    at = np.asarray(v, float)
    if at.shape != (2,):
        raise ValueError(TAKES.format("gradient", (2,), at.shape))
    return np.array([at[0] * (at[0] ** 2 - 1), at[1]]) + _TILT


def check(trial: Trial) -> None:
    """Rule: the best of several ends, in two basins of different depth."""
    starts = np.array([[1.9, 1.0], [1.0, 0.1], [-1.4, 0.9], [0.6, -1.0]])
    first = _search(trial, "4 starts, 12 steps", starts, 12)
    _search(trial, "4 starts, 5 steps", starts[::-1].copy(), 5)
    trial.earned = {"value"}
    _search(trial, "no step at all", starts, 0)
    _search(trial, "one start", starts[:1], 6)
    _search(trial, "starts of integers", np.array([[2, 1], [-1, 1]]), 4)
    _search(trial, s.TIE, np.array([[-1.2, 0.5], [-1.2, -0.5], [1.2, -0.5]]), 4)
    if np.shares_memory(np.asarray(first), np.asarray(_search(trial, "two calls", starts, 12))):
        trial.fault("two calls", SAME_ARRAY)


def _end(start: np.ndarray, lr: float, steps: int) -> np.ndarray:
    v = start.astype(float)
    for _ in range(steps):
        v = v - lr * _gradient(v)
    return v


def _search(trial: Trial, where: str, starts: np.ndarray, steps: int) -> Any:
    lr = 0.1
    value = trial.call(where, _gradient, _loss, starts, lr, steps)
    got = numbers(value)
    ends = [_end(start, lr, steps) for start in starts]
    losses = [_loss(end) for end in ends]
    best = int(np.argmin(losses))
    if got is None:
        raise MistakeError(where, returned(show(value), "shape (2,)"))
    if got.shape != (2,):
        likely = s.THE_LOSS if got.size == 1 and np.isclose(float(got.ravel()[0]), losses[best]) else ""
        raise MistakeError(where, misshapen("it", got.shape, "shape (2,)"), likely)
    if np.allclose(got, ends[best], CLOSE, CLOSE):
        return value
    fits = [text for text, made in _guesses(starts, ends, losses, lr, steps).items() if _is_one_of(got, made)]
    seen = f"it returned {show(got)}, where the loss is {_loss(got):.4g}; another end has {losses[best]:.4g}"
    raise MistakeError(where, seen, fits[0] if len(fits) == 1 else "")


def _is_one_of(got: np.ndarray, ends: list[np.ndarray]) -> bool:
    return any(np.allclose(got, end, 1e-7, 1e-9) for end in ends)


def _guesses(
    starts: np.ndarray, ends: list[np.ndarray], losses: list[float], lr: float, steps: int
) -> dict[str, list[np.ndarray]]:
    """What mistakes lead to."""
    best, low = int(np.argmin(losses)), int(np.argmin([_loss(start) for start in starts]))
    with np.errstate(all="ignore"):  # uphill the loss leaves the range of numbers
        uphill = [_end(start, -lr, steps) for start in starts] if steps else []
    return {
        s.LAST_ON_A_TIE: [end for end, loss in zip(ends, losses, strict=True) if loss == losses[best]],
        s.START_ITSELF: list(starts) if steps else [],
        s.WORST: [ends[int(np.argmax(losses))]],
        s.BEST_START: [ends[low]],
        s.FIRST_END: [ends[0]],
        s.LAST_END: [ends[-1]],
        s.ONE_STEP_MORE: [_end(starts[best], lr, steps + 1)],
        s.ONE_STEP_LESS: [_end(starts[best], lr, steps - 1)] if steps else [],
        CLIMBS: uphill,
    }
