"""Watches how data are divided: which examples are used for what."""

from __future__ import annotations

import numpy as np

from ..sentences import floats, returned
from ..orders import SAME_SEED, judge_source
from ..results import numbers, show
from ..trial import MistakeError, Trial
from ..split.sentences import ORDERS, ROUNDED_DOWN, THREE_SETS

_SETS = ("train", "validation", "test")


def check(trial: Trial) -> None:
    """Rule: each example in one set, the right sizes, a fresh order from rng alone."""
    for n, validation, test in ((10, 0.2, 0.3), (13, 0.3, 0.2), (9, 0.45, 0.1)):
        _split(trial, n, validation, test, np.random.default_rng(n))
    trial.earned = {"sizes", "partition"}
    rng = np.random.default_rng(5)
    labels = [_split(trial, 12, 0.25, 0.25, rng) for _ in range(20)]
    if all(np.array_equal(labels[0], other) for other in labels):
        name = "no_reshuffle" if np.count_nonzero(np.diff(labels[0])) > 2 else "no_shuffle"
        raise MistakeError("twenty calls with n = 12", "the sets are always the same", ORDERS[name])
    if (np.ptp(labels, axis=0) == 0).any():
        raise MistakeError("twenty calls with n = 12", "some examples are in the same set every time")
    judge_source(trial, lambda rng: _split(trial, 30, 0.3, 0.3, rng, SAME_SEED))
    trial.earned |= {"order"}
    trial.raise_faults()
    for n, validation, test in (
        (8, 0, 0.25),
        (8, 0.25, 0),
        (4, 0.5, 0.5),
        (10, 0.7, 0.6),
        (5, 1, 0.4),
        (1, 0.2, 0.2),
    ):
        _split(trial, n, validation, test, np.random.default_rng(3))


def _split(
    trial: Trial, n: int, validation: float, test: float, rng: np.random.Generator, where: str = ""
) -> np.ndarray:
    """The number of the set that each example is in."""
    where = where or f"n = {n}, validation = {validation}, test = {test}"
    value = trial.call(where, n, validation, test, rng)
    if not isinstance(value, list | tuple) or len(value) != 3:
        raise MistakeError(where, returned(show(value), THREE_SETS))
    sets = [numbers(part) for part in value]
    shown = ", ".join(f"{name} = {show(part)}" for name, part in zip(_SETS, value, strict=True))
    if any(part is None or part.ndim != 1 for part in sets):
        raise MistakeError(where, "not every set is an array of indices", returned=shown)
    found = [part for part in sets if part is not None]
    if any(
        part.size and np.asarray(item).dtype.kind not in "iu" for part, item in zip(found, value, strict=True)
    ):
        trial.fault(where, floats("X[train]"), returned=shown)
    indices = np.concatenate(found)
    twice = len(indices) - len(set(indices.tolist()))
    missing = [i for i in range(n) if i not in indices]
    if twice or missing or len(indices) != n:
        seen = f"{twice} indices come more than once, {len(missing)} of 0 … {n - 1} are missing"
        raise MistakeError(where, seen, returned=shown)
    held = round(validation * n)
    asked = (n - held - min(round(test * n), n - held), held, min(round(test * n), n - held))
    sizes = tuple(len(part) for part in found)
    if sizes != asked:
        likely = ORDERS["sets_exchanged"] if sorted(sizes) == sorted(asked) else ""
        down = (int(validation * n), min(int(test * n), n - int(validation * n)))
        if sizes[1:] == down:
            likely = ROUNDED_DOWN
        raise MistakeError(where, f"the sizes are {sizes}; expected {asked}", likely)
    labels = np.empty(n, int)
    for k, part in enumerate(found):
        labels[part.astype(int)] = k
    return labels
