"""Watches which batches the gradient is asked for, and what is made of the answers."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import Any

import numpy as np

from ..sentences import SAME_ARRAY, misshapen, returned
from ..results import CLOSE, numbers, show
from ..trial import MistakeError, Trial
from ..all_batches import sentences as s
from ..sgd_epoch.mean_gradient import gradient_takes


def check(trial: Trial) -> None:
    """Rule: every choice of examples exactly once, and the mean of what the gradient gives for each."""
    first = _mean(trial, "5 examples in batches of 2", 5, 2)
    _mean(trial, "6 examples in batches of 3", 6, 3)
    trial.earned = {"value"}
    _mean(trial, "batches of one example", 4, 1)
    _mean(trial, "batches of all examples", 4, 4)
    _mean(trial, "one example", 1, 1)
    _mean(trial, "integer arrays", 4, 2, whole=True)
    again = _mean(trial, "two calls", 5, 2)
    if np.shares_memory(np.asarray(first[0]), np.asarray(again[0])):
        trial.fault("two calls", SAME_ARRAY)


class _Watched:
    """A gradient that is no mean over the batch, and remembers which examples it was asked for."""

    def __init__(self, X: np.ndarray, y: np.ndarray) -> None:
        self.X, self.y = X, y
        self.asked: list[tuple[int, ...]] = []

    def gradient(self, X_batch: Any, y_batch: Any, w: Any, b: Any) -> tuple[np.ndarray, float]:
        rows, targets, at = (np.asarray(each, float) for each in (X_batch, y_batch, w))
        fits = rows.ndim == 2 and rows.shape[1:] == at.shape == (2,) and targets.shape == rows.shape[:1]
        if not fits or not len(rows):
            raise ValueError(gradient_takes(2, rows.shape, targets.shape, at.shape))
        self.asked.append(tuple(sorted(self._find(*pair) for pair in zip(rows, targets, strict=True))))
        return self.of(rows, targets)

    def _find(self, row: np.ndarray, target: float) -> int:
        found = np.flatnonzero(np.all(row == self.X, axis=1) & (self.y == target))
        if not len(found):
            raise ValueError("the rows of X and the entries of y in a batch do not belong together")
        return int(found[0])

    def of(self, rows: np.ndarray, targets: np.ndarray) -> tuple[np.ndarray, float]:
        each = np.column_stack([targets[:, None] * rows, targets])
        largest = each.max(axis=0)
        return largest[:2].copy(), float(largest[2])

    def mean(self, batches: list[tuple[int, ...]]) -> np.ndarray:
        made = [self.of(self.X[list(batch)], self.y[list(batch)]) for batch in batches]
        return np.mean([np.append(*each) for each in made], axis=0)


def _mean(trial: Trial, where: str, n: int, m: int, *, whole: bool = False) -> Any:
    fixed = np.random.default_rng(5)
    X, y = fixed.normal(size=(n, 2)), fixed.normal(size=n)
    if whole:
        X, y = (10 * X).astype(int), (10 * y).astype(int)
    watched = _Watched(X.astype(float), y.astype(float))
    value = trial.call(where, X, y, np.array([0.5, -1.0]), 0.25, m, watched.gradient)
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise MistakeError(where, returned(show(value), "a tuple (dw, db)"))
    dw, db = map(numbers, value)
    if dw is None or db is None or dw.size != 2 or db.size != 1:
        raise MistakeError(where, returned(show(value), "(dw, db) of shapes (2,) and ()"))
    if dw.shape != (2,):
        trial.fault(where, misshapen("dw", dw.shape, "shape (2,)"))
    if db.shape != ():
        trial.fault(where, misshapen("db", db.shape, "a number"))
    got, right = np.append(dw, db), watched.mean(list(combinations(range(n), m)))
    if np.allclose(got, right, CLOSE, CLOSE):
        return value
    seen, likely = _told(watched.asked, n, m, got, right)
    raise MistakeError(where, seen, likely, returned=f"dw = {show(dw)}, db = {show(db)}")


def _told(
    asked: list[tuple[int, ...]], n: int, m: int, got: np.ndarray, right: np.ndarray
) -> tuple[str, str]:
    """What was seen, and the mistake that it tells of."""
    every = set(combinations(range(n), m))
    kinds = Counter(asked)
    seen = f"gradient was called with {len(kinds)} different batches; there are {len(every)}"
    if not asked:
        return "gradient was never called", ""
    if set(kinds) == {tuple(range(n))} and m < n:
        return seen, s.FULL
    if any(len(set(batch)) < len(batch) for batch in kinds):
        return seen, s.REPEATED
    sizes = {len(batch) for batch in kinds}
    if sizes == {1} and m > 1:
        return seen, s.SINGLES
    if sizes - {m}:
        return f"{seen}; some have {min(sizes - {m})} examples", s.SMALLER_TOO if min(sizes) < m else ""
    if set(kinds) != every:
        return seen, s.NEIGHBORS if all(np.ptp(batch) == m - 1 for batch in kinds) else ""
    if np.allclose(got, right * len(every), CLOSE, CLOSE):
        return seen, s.SUMMED
    if np.allclose(got, right / m, CLOSE, CLOSE):
        return seen, s.DIVIDED_AGAIN
    return f"{seen}; their mean is not what came back", s.RANDOM if len(set(kinds.values())) > 1 else ""
