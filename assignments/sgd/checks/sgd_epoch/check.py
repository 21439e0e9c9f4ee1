"""Watches an epoch of SGD: which examples it uses, in which order, and where it leads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..sentences import CLIMBS, returned
from ..orders import SAME_SEED, counted, judge_orders, judge_source
from ..results import numbers, show, the_one, w_and_b
from ..trial import MistakeError, Trial
from ..sgd_epoch import sentences as s
from ..sgd_epoch.mean_gradient import EMPTY, gradient_takes


def check(trial: Trial) -> None:
    """Rule: an epoch told from what it asks of the gradient: the points it visits, the way to the next."""
    _fresh_epochs(trial)
    rng = np.random.default_rng(2)
    _epoch(trial, "a batch_size above n", _examples(3), 5, rng)
    _epoch(trial, "batches of one example", _examples(4), 1, rng)
    _epoch(trial, "one example", _examples(1), 2, rng)
    X, y, _, _ = _examples(5)
    whole = (10 * X).astype(int)
    _epoch(trial, "integer arrays", (whole, y.astype(int), np.array([1, -2]), 1), 2, rng)
    _epoch(trial, s.WHOLE_X, (whole, y, np.array([0.5, -0.25]), 1.5), 2, rng)


def _fresh_epochs(trial: Trial) -> None:
    where, m = "7 examples in batches of 3", 3
    rng = np.random.default_rng(3)
    data = _examples(7)
    orders = [_epoch(trial, where, data, m, rng) for _ in range(40)]
    _epoch(trial, "8 examples in batches of 3", _examples(8), m, rng)
    trial.earned = {"steps"}
    judge_orders("40 epochs, one after another", orders, m)
    judge_source(trial, lambda rng: _epoch(trial, SAME_SEED, _examples(20), m, rng))
    trial.earned |= {"order", "curve"}


_Data = tuple[np.ndarray, np.ndarray, np.ndarray, Any]


def _examples(n: int) -> _Data:
    fixed = np.random.default_rng(11)
    return fixed.normal(size=(n, 2)), fixed.normal(size=n), np.array([0.8, -1.1]), 0.6


class _Watched:
    """A gradient that remembers its calls by the point (w, b) they were made at."""

    def __init__(self, X: np.ndarray, y: np.ndarray) -> None:
        self.X, self.y = X, y
        self.points: list[np.ndarray] = []
        self.calls: list[list[tuple[list[int], np.ndarray]]] = []

    def gradient(self, X_batch: Any, y_batch: Any, w: Any, b: Any) -> tuple[np.ndarray, float]:
        rows, targets = np.asarray(X_batch, float), np.asarray(y_batch, float)
        point = np.append(np.asarray(w, float), np.asarray(b, float))
        if rows.ndim != 2 or rows.shape[1] != 2 or targets.shape != rows.shape[:1] or point.shape != (3,):
            raise ValueError(gradient_takes(2, rows.shape, targets.shape, np.shape(w)))
        if not len(rows):
            raise ValueError(EMPTY)
        who = [self._find(row, target) for row, target in zip(rows, targets, strict=True)]
        # any smooth function of example and point will do; this one belongs to no loss of the lecture
        pull = np.tanh(point[None, :] - np.column_stack([rows, targets])) + 0.1 * point
        mean = pull.mean(axis=0)
        if not self.points or not np.array_equal(point, self.points[-1]):
            self.points.append(point)
            self.calls.append([])
        self.calls[-1].append((who, mean))
        return mean[:2].copy(), float(mean[2])

    def _find(self, row: np.ndarray, target: float) -> int:
        found = np.flatnonzero(np.all(row == self.X, axis=1) & (self.y == target))
        if not len(found):
            if np.any(np.all(row == self.X, axis=1)):
                raise ValueError(s.APART)
            raise ValueError("this batch has a row that is not a row of X")
        return int(found[0])


def _epoch(trial: Trial, where: str, data: _Data, m: int, rng: np.random.Generator) -> np.ndarray:
    """The order of the examples in one epoch, told from the watched gradient.

    Raises
    ------
    MistakeError
        When it is not one pass over the examples, or a step is not the one its mini-batch asks for.
    """
    X, y, w, b = data
    lr, n = 0.3, len(y)
    watched = _Watched(X, y)
    value = trial.call(where, X, y, w, b, lr, m, rng, watched.gradient)
    end = _end(trial, where, value)
    start = np.append(w, b).astype(float)
    shown = f"w = {show(end[:2])}, b = {show(end[2])}"
    if not watched.calls:
        raise MistakeError(where, "gradient was never called", returned=shown)
    if np.array_equal(end, start):
        raise MistakeError(where, s.NO_UPDATE, "Is a step lost?")
    if not np.allclose(watched.points[0], start):
        raise MistakeError(where, "the first gradient is not taken at the w and b that were given")
    used: list[list[int]] = []
    for k, (point, calls) in enumerate(zip(watched.points, watched.calls, strict=True)):
        target = watched.points[k + 1] if k + 1 < len(watched.points) else end
        batch = _batch_of(calls, (target - point) / -lr)
        if batch is None:
            raise MistakeError(where, *_step(calls, (target - point) / -lr, m, k), returned=shown)
        used.append(batch)
    _one_pass(where, used, n, m)
    return np.concatenate([np.array(batch) for batch in used])


def _end(trial: Trial, where: str, value: Any) -> np.ndarray:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise MistakeError(where, returned(show(value), "a tuple (w, b)"))
    w, b = numbers(value[0]), numbers(value[1])
    if w is None or b is None or w.size != 2 or b.size != 1:
        raise MistakeError(where, returned(show(value), "(w, b) of shapes (2,) and ()"))
    if w.shape != (2,) or b.shape != ():
        trial.fault(where, w_and_b(w, b))
    return np.append(w, b)


def _batch_of(calls: Sequence[tuple[list[int], np.ndarray]], wanted: np.ndarray) -> list[int] | None:
    """The call whose gradient explains a step; or all of them together, as parts of one batch."""
    for who, mean in calls:
        if np.allclose(mean, wanted, 1e-7, 1e-9):
            return who
    together = sum((np.array(mean) * len(who) for who, mean in calls), np.zeros(3))
    everybody = [index for who, _ in calls for index in who]
    return everybody if np.allclose(together / len(everybody), wanted, 1e-7, 1e-9) else None


def _step(
    calls: Sequence[tuple[list[int], np.ndarray]], wanted: np.ndarray, m: int, k: int
) -> tuple[str, str]:
    """What a wrong step looks like beside its gradient, and the mistake it tells of."""
    who, mean = calls[-1]
    ratios = wanted / mean
    seen = f"step {k + 1} is −lr × gradient times {show(ratios)} (w₁, w₂, b); expected 1"
    size = float(len(who))
    guesses = {
        CLIMBS: -np.ones(3),
        s.SUMMED: np.full(3, size),
        s.DIVIDED_AGAIN: np.full(3, 1 / size),
        s.LAST_TOO_LIGHT: np.full(3, size / m),
        s.BIAS_STAYS: np.array([1.0, 1.0, 0.0]),
        s.WEIGHTS_STAY: np.array([0.0, 0.0, 1.0]),
    }
    return seen, the_one(
        {text: guess for text, guess in guesses.items() if np.ptp(guess) or guess[0] != 1}, ratios
    )


def _one_pass(where: str, used: Sequence[list[int]], n: int, m: int) -> None:
    flat = [index for batch in used for index in batch]
    missing = [i for i in range(n) if i not in flat]
    twice = sorted({i for i in flat if flat.count(i) > 1})
    if missing or twice:
        seen = counted(missing, "never used", twice, "used more than once")
        likely = ""
        if missing and not twice and len(flat) == n - n % m:
            likely = s.LAST_DROPPED
        elif missing and twice:
            likely = s.REPLACED
        raise MistakeError(where, seen, likely)
    sizes = [len(batch) for batch in used]
    if any(size != m for size in sizes[:-1]) or sizes[-1] > m:
        likely = s.FULL_BATCH if sizes == [n] else ""
        raise MistakeError(
            where,
            f"the batches have sizes {show(sizes)}; expected {m}, the last one with the rest",
            likely,
        )
