"""Watches k-means: centres and inertia of points that lie so that everything can be worked out by hand."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.kit.results import numbers, show
from autograder.kit.trial import MistakeError, Trial

# Points on a line, and centres that move twice: (0, 1) → (0, 5.5) → (1, 9) → (1, 9).
_LINE = np.array([[0.0], [2.0], [8.0], [9.0], [10.0]])
_START = np.array([[0.0], [1.0]])


def check(trial: Trial) -> None:
    """Rule: what comes back follows from the points and the centres that are given."""
    steps = _by_hand()
    for count in (1, 2):
        _expect(trial, f"max_steps = {count}", _LINE, _START, count, steps[: count + 1])
    _expect(trial, "more steps than it takes", _LINE, _START, 30, steps)
    faults = list(trial.faults)
    _expect(trial, "no step at all", _LINE, _START, 0, steps[:1])
    trial.faults = faults  # the centres may come back as they were given
    plane = np.array([[0.0, 1.0], [2.0, 5.0], [1.0, 3.0]])
    far = np.array([[1.0, 2.0], [90.0, 90.0]])
    mean = np.array([[1.0, 3.0], [90.0, 90.0]])
    _expect(trial, "a centre without points", plane, far, 4, [far, mean, mean])


def _by_hand() -> list[np.ndarray]:
    """The centres at the start and after each step, up to the one in which none moves."""
    found = [_START]
    while len(found) < 2 or not np.array_equal(found[-1], found[-2]):
        nearest = np.abs(_LINE - found[-1].T).argmin(axis=1)
        found.append(np.array([_LINE[nearest == k].mean(axis=0) for k in (0, 1)]))
    return found


def _inertia(points: np.ndarray, centres: np.ndarray) -> float:
    return float(((points[:, None] - centres) ** 2).sum(axis=2).min(axis=1).sum())


def _expect(
    trial: Trial, where: str, points: np.ndarray, centres: np.ndarray, most: int, path: list[np.ndarray]
) -> None:
    value: Any = trial.call(where, points, centres, most)
    if not isinstance(value, list | tuple) or len(value) != 2:
        seen = f"it returned {show(value)}; expected a tuple (centres, inertia)"
        raise MistakeError(where, seen)
    found, losses = numbers(value[0]), numbers(value[1])
    if found is None or found.shape != centres.shape:
        seen = f"centres is {show(value[0])}; expected shape {centres.shape}"
        raise MistakeError(where, seen)
    if losses is None or losses.ndim != 1:
        raise MistakeError(where, f"inertia is {show(value[1])}; expected a sequence of floats")
    wanted = np.array([_inertia(points, each) for each in path])
    if np.isnan(found).any():
        raise MistakeError(
            where, f"centres = {show(found)}", "The mean of no points at all: a centre without points stays."
        )
    if not np.allclose(found, path[-1]):
        likely = ""
        if len(path) > 2 and np.allclose(found, path[1]):
            likely = "Only one step is made."
        raise MistakeError(where, f"centres = {show(found)} is not where they come to", likely)
    if losses.shape != wanted.shape:
        seen = f"{len(losses)} values of the inertia, where one at the start and one after each step are"
        late = "It stops too late: once no centre moves, it ends."
        early = "It stops too early, or a value is left out."
        raise MistakeError(where, f"{seen} {len(wanted)}", late if len(losses) > len(wanted) else early)
    if not np.allclose(losses, wanted):
        likely = "It is a sum, no mean." if np.allclose(losses * len(points), wanted) else ""
        raise MistakeError(where, f"inertia = {show(losses)} is not the sum of squared distances", likely)
