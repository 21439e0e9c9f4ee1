"""What a student's epoch asked `gradient` for: its own word, which counts where it explains the result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from autograder.rules.sgd_epoch.orders import SAME_END, Setting

# What is beyond is no epoch of a few examples.
_MOST_CALLS = 2000


@dataclass
class Log:
    """A setting's gradient that remembers every call."""

    setting: Setting
    calls: list[tuple[object, object, object, object]] = field(default_factory=list)
    complete: bool = True

    def gradient(self, X_batch: object, y_batch: object, w: object, b: object) -> tuple[np.ndarray, float]:
        """The setting's gradient.

        The log is not complete after too many calls, or one with more examples than there are.

        Parameters
        ----------
        X_batch, y_batch
            The examples of a batch, shapes (m, d) and (m,).
        w, b
            The parameters, shapes (d,) and ().
        """
        found = self.setting.gradient(X_batch, y_batch, w, b)
        if len(self.calls) < _MOST_CALLS and len(np.asarray(X_batch)) <= self.setting.n:
            self.calls.append((X_batch, y_batch, w, b))
        else:
            self.complete = False
        return found

    def batches(self, size: int) -> int:
        """How many different batches of a size it was called with."""
        asked = [np.asarray(X, float) for X, *_ in self.calls]
        return len({np.sort(rows @ self._key).tobytes() for rows in asked if len(rows) == size})

    @property
    def _key(self) -> np.ndarray:
        """What tells rows from each other when they are multiplied with it."""
        return np.pi ** np.arange(self.setting.X.shape[1])

    def shuffled_apart(self, ends: Sequence[np.ndarray]) -> bool:
        """Whether steps along the gradients of these calls lead to the ends of all epochs, and rows of X were
        put together with entries of y that are not theirs."""
        setting, mixed = self.setting, False
        w, b = setting.w, float(setting.b)
        start = np.append(w, b)
        reached: list[np.ndarray] = []
        if not self.complete:
            return False
        for X, y, at, at_b in self.calls:
            now = np.append(np.asarray(at, float), np.asarray(at_b, float))
            if reached and np.array_equal(now, start):
                w, b = setting.w, float(setting.b)
                reached.append(now)
            elif not reached:
                reached.append(now)
            if not _same(now, np.append(w, b)):
                return False
            dw, db = setting.gradient(X, y, w, b)
            w, b = w - setting.lr * dw, b - setting.lr * db
            reached[-1] = np.append(w, b)
            mixed = mixed or self._mixed(np.asarray(X, float), np.asarray(y, float))
        return (
            mixed
            and len(reached) == len(ends)
            and all(_same(end, along) for along, end in zip(reached, ends, strict=True))
        )

    def _mixed(self, X: np.ndarray, y: np.ndarray) -> bool:
        """Whether all rows are the setting's, and some of their targets are not."""
        same = np.all(X[:, None] == self.setting.X[None], axis=2)
        return bool(same.any(axis=1).all() and np.any(self.setting.y[same.argmax(axis=1)] != y))


def _same(came: np.ndarray, ours: np.ndarray) -> bool:
    """Whether parameters are those that we came to, relative to the size of ours."""
    return bool(np.abs(came - ours).max() <= SAME_END * (1 + np.abs(ours).max()) < np.inf)
