"""Which rule leads from one gradient to the next in an epoch that no order of mini-batches explains.

The calls of `gradient` tell where a student's epoch went, and the referee computes what each of them gave.
What is told of the way must lead to where the epoch ended.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from autograder.judging.misconception import Misconception
from autograder.rules.gradient_descent.steps import Path, name_of_steps
from autograder.rules.sgd_epoch.calls import Log
from autograder.rules.sgd_epoch.orders import SAME_END, Setting

_LEFT_OUT = "Some examples are used in no mini-batch of an epoch: use every example exactly once."
_AGAIN = "Some examples are used more than once in an epoch: use every example exactly once."


def name_of_walk(setting: Setting, log: Log, ends: Sequence[np.ndarray]) -> Misconception | None:
    """What explains all epochs, by the gradients that they asked for.

    Parameters
    ----------
    setting
        What the epochs ran on; each began at its parameters.
    log
        All calls of the gradient, epoch after epoch.
    ends
        Where each epoch ended: shape (d + 1,), b last.
    """
    walks = _walks(setting, log)
    if walks is None or len(walks) != len(ends) or any(not len(walk.gradients) for walk in walks):
        return None
    paths = [
        Path(np.vstack([walk.points, end]), walk.gradients, walk.rates, walk.shrinkable)
        for walk, end in zip(walks, ends, strict=True)
    ]
    return _of_the_end(walks, ends) or name_of_steps(paths) or _of_the_examples(setting, log, paths)


def _walks(setting: Setting, log: Log) -> list[Path] | None:
    """The points at which gradients were asked for, epoch by epoch: each begins at the start."""
    if not log.complete:
        return None
    start = np.append(setting.w, float(setting.b))
    points: list[list[np.ndarray]] = []
    gradients: list[list[np.ndarray]] = []
    for X, y, w, b in log.calls:
        now = np.append(np.asarray(w, float), np.asarray(b, float))
        if np.allclose(now, start, 1e-6, 1e-6):
            points.append([])
            gradients.append([])
        if not points or now.shape != start.shape:
            return None
        dw, db = setting.gradient(X, y, w, b)
        points[-1].append(now)
        gradients[-1].append(np.append(dw, db))
    shrinkable = np.append(np.ones(len(setting.w)), 0.0)
    return [
        Path(np.array(at), np.array(slopes), np.full(len(slopes), setting.lr), shrinkable)
        for at, slopes in zip(points, gradients, strict=True)
    ]


def _of_the_end(walks: Sequence[Path], ends: Sequence[np.ndarray]) -> Misconception | None:
    """Right steps, and something else than the last point is returned."""
    visited = []
    for walk in walks:
        last = walk.points[-1] - walk.rates[-1] * walk.gradients[-1]
        within = Path(walk.points, walk.gradients[:-1], walk.rates[:-1], walk.shrinkable)
        if len(walk.gradients) < 2 or not within.agree(within.gradients):
            return None
        visited.append(np.vstack([walk.points, last]))
    for name, sentence, of in (
        ("last_step_lost", "The last step is lost: the parameters before it are returned.", lambda v: v[-2]),
        ("averaged", "The parameters are averaged over the epoch: return the last ones.", _after),
        ("averaged", "The parameters are averaged over the epoch: return the last ones.", _all),
        ("averaged", "The parameters are averaged over the epoch: return the last ones.", _before),
    ):
        pairs = zip(visited, ends, strict=True)
        if all(_same(of(points), end) for points, end in pairs):
            return Misconception(name, sentence)
    return None


def _after(points: np.ndarray) -> np.ndarray:
    return np.asarray(points[1:].mean(axis=0))


def _all(points: np.ndarray) -> np.ndarray:
    return np.asarray(points.mean(axis=0))


def _before(points: np.ndarray) -> np.ndarray:
    return np.asarray(points[:-1].mean(axis=0))


def _same(one: np.ndarray, other: np.ndarray) -> bool:
    return bool(np.abs(one - other).max() <= SAME_END * (1 + np.abs(one).max()))


def _of_the_examples(setting: Setting, log: Log, paths: Sequence[Path]) -> Misconception | None:
    """Right steps on the wrong examples."""
    if not all(path.agree(path.gradients) for path in paths):
        return None
    used = [[] for _ in paths]  # type: list[list[int]]
    calls = iter(log.calls)
    for path, who in zip(paths, used, strict=True):
        for _ in range(len(path.gradients)):
            X = np.asarray(next(calls)[0], float)
            same = np.all(X[:, None] == setting.X[None], axis=2)
            if not same.any(axis=1).all():
                return None
            who += same.argmax(axis=1).tolist()
    if all(len(set(who)) < len(who) for who in used):
        return Misconception("examples_again", _AGAIN)
    if all(len(set(who)) == len(who) < setting.n for who in used):
        return Misconception("examples_left_out", _LEFT_OUT)
    return None
