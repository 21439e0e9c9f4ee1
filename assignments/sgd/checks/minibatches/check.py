"""Watches mini-batches: which examples they hold, in which order, and what that order comes from."""

from __future__ import annotations

import numpy as np

from ..sentences import floats, outside, returned, sentence
from ..orders import SAME_SEED, counted, judge_orders, judge_source
from ..results import numbers, show
from ..trial import MistakeError, Trial, refuses
from ..minibatches.sentences import A_LIST, MISTAKES, ONE_ARRAY


def check(trial: Trial) -> None:
    """Rule: one epoch's batches: each example once, the right sizes, a fresh order, from rng alone."""
    for n, m in ((7, 3), (10, 4), (9, 2)):
        _batches(trial, f"n = {n}, batch_size = {m}", n, m, np.random.default_rng(n))
    trial.earned = {"batches"}
    _orders(trial)
    trial.earned |= {"order"}
    trial.raise_faults()
    for where, n, m in (
        ("a batch_size above n", 3, 5),
        ("a batch_size of n", 4, 4),
        ("batches of one", 5, 1),
        ("one example", 1, 3),
        ("2000 batches", 2000, 1),
    ):
        _batches(trial, where, n, m, np.random.default_rng(1))
    for m in (0, -2):
        refuses(trial, f"batch_size = {m}", 5, m, np.random.default_rng(1))


def _batches(trial: Trial, where: str, n: int, m: int, rng: np.random.Generator) -> list[np.ndarray]:
    value = trial.call(where, n, m, rng)
    if not isinstance(value, list | tuple | np.ndarray):
        raise MistakeError(where, returned(show(value), A_LIST))
    batches = [numbers(batch) for batch in value]
    shown = "[" + ", ".join(show(batch) for batch in value[:5]) + "]"
    if isinstance(value, np.ndarray):
        trial.fault(where, f"the batches come {ONE_ARRAY}")
    if any(b is None or b.ndim != 1 for b in batches):
        raise MistakeError(where, "not every entry of the list is an array of indices", returned=shown)
    found = [b for b in batches if b is not None]
    indices = np.concatenate(found) if found else np.array([])
    counts = [int(np.sum(indices == i)) for i in range(n)]
    missing = [i for i, count in enumerate(counts) if count == 0]
    twice = [i for i, count in enumerate(counts) if count > 1]
    if missing or twice or len(indices) != n:
        seen = counted(missing, "in no batch", twice, "more than once")
        seen = seen or outside(n)
        likely = ""
        if missing and not twice and len(indices) == n - n % m:
            likely = sentence(MISTAKES["last_batch_dropped"])
        elif missing and twice:
            likely = "Each batch is drawn separately: an epoch is one order of all examples, cut into pieces."
        raise MistakeError(where, seen, likely, returned=shown)
    sizes = [b.size for b in found]
    if any(size != m for size in sizes[:-1]) or not 1 <= sizes[-1] <= m:
        seen = f"the sizes are {show(sizes)}; expected batches of {m}, the last one with the rest"
        raise MistakeError(where, seen, returned=shown)
    if any(np.asarray(b).dtype.kind not in "iu" for b in value):
        trial.fault(where, floats("X[batch]"), returned=shown)
    return found


def _orders(trial: Trial) -> None:
    where, n, m = "60 epochs of n = 8, batch_size = 3, one after another", 8, 3
    rng = np.random.default_rng(5)
    epochs = [_batches(trial, where, n, m, rng) for _ in range(60)]
    judge_orders(where, [np.concatenate(batches).astype(int) for batches in epochs], m)
    judge_source(trial, lambda rng: np.concatenate(_batches(trial, SAME_SEED, 30, 4, rng)))
