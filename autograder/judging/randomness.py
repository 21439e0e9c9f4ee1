"""Whether a random order is fair, and whether the given generator is all that it depends on."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.judging.sentences import ORDERS, SEEDS, WRONG_LATER
from autograder.judging.trial import Finding, Trial


@dataclass(frozen=True)
class Shuffling:
    """What many decoded epochs say about the order: empty where nothing is wrong."""

    problem: str = ""
    misconception: str | None = None


# A right shuffle is called unfair less than once in 3·10⁹ students here, by any of three tests.
_UNFAIR = 1e-10


def judge_shuffling(epochs: Sequence[np.ndarray], possible: int) -> Shuffling:
    """Whether the orders are fresh and every one is equally likely.

    Parameters
    ----------
    epochs
        Batches of each epoch as multiplicities (T, n), all of one shape.
    possible
        How many orders there are.
    """
    stacked = np.stack(epochs)
    count, steps, n = stacked.shape
    distinct = len({epoch.tobytes() for epoch in stacked})
    if distinct == 1 and count > 1:
        in_file_order = np.all(np.diff(stacked[0].T @ np.arange(steps)) >= 0)
        if in_file_order:
            return Shuffling(ORDERS["no_shuffle"], "no_shuffle")
        return Shuffling(ORDERS["no_reshuffle"], "no_reshuffle")
    # P(all epochs lie in some set of `distinct` orders), bounded by the union over all such sets
    sets = sum(math.log((possible - k) / (k + 1)) for k in range(min(distinct, possible)))
    logarithm = sets + count * math.log(distinct / possible)
    if distinct < possible and logarithm < math.log(_UNFAIR):
        return Shuffling(f"{ORDERS['few_orders']} Only {distinct} came in {count} epochs.", "few_orders")
    counts = stacked.sum(axis=0)
    expected = stacked[0].sum(axis=1)[:, None] * count / n * np.ones(n)
    uneven = _learned(stacked) > -math.log(_UNFAIR) or _rarest(counts, expected, count) < _UNFAIR
    if steps > 1 and uneven:
        return Shuffling(ORDERS["biased"], "biased")
    return Shuffling()


def _rarest(counts: np.ndarray, expected: np.ndarray, epochs: int) -> float:
    """A bound on the probability that a fair shuffle puts any example into any one batch so often, or so
    seldom: the smallest binomial tail, times how many there are. One example that never moves shows here."""

    def tail(p: float, times: Iterable[int]) -> float:
        return sum(math.comb(epochs, k) * p**k * (1 - p) ** (epochs - k) for k in times)

    tails = [
        min(tail(mean / epochs, range(int(seen), epochs + 1)), tail(mean / epochs, range(int(seen) + 1)))
        for seen, mean in zip(counts.ravel(), expected.ravel(), strict=True)
    ]
    return 2 * len(tails) * min(tails)


# What was seen of an example weighs as much as what is expected of it after so many epochs.
_DOUBT = 20.0


def _learned(epochs: np.ndarray) -> float:
    """The logarithm of what a bet wins that examples come into the batches that they came into before.

    It is 1 on average where all orders are equally likely: examples are seen one after another, and what is
    bet on a batch is divided by its average over the room that is left in all of them (see `fairness`).
    """
    _, steps, n = epochs.shape
    sizes = epochs[0].sum(axis=1)
    won, before = 0.0, np.zeros((steps, n))
    for k, epoch in enumerate(epochs):
        bet = (before + _DOUBT * sizes[:, None] / n) / (k + _DOUBT) / sizes[:, None]
        left = sizes[:, None] - np.cumsum(epoch, axis=1) + epoch
        won += float(np.log((bet * epoch).sum(axis=0) / ((bet * left).sum(axis=0) / left.sum(axis=0))).sum())
        before += epoch
    return won


def judge_seed(
    trial: Trial, again: Callable[[], Sequence[Any]], other: Callable[[], Sequence[Any]], first: Sequence[Any]
) -> Finding:
    """Whether `rng` is the only source of randomness: the same seed gives the same, another seed another.

    State that lives on between epochs is the student's choice, so a difference counts only between new
    processes. A run is what was read from its results, in whole numbers, which are compared as they are; None
    stands for a result that no right function gives.

    Parameters
    ----------
    trial
        Of the student's function; its process is restarted where a difference was seen.
    again, other
        Make a run with the first seed, and with another one.
    first
        A run with the first seed, made before.
    """

    def same(one: Sequence[Any], two: Sequence[Any]) -> bool:
        return len(one) == len(two) and all(
            a is not None and b is not None and np.array_equal(a, b) for a, b in zip(one, two, strict=True)
        )

    if same(again(), first):
        return Finding(True, "A fresh order every time, and the same again for the same seed.")
    runs = []
    for run in (again, again, other):
        trial.callee.restart()
        runs.append(run())
    if any(each is None for run in runs for each in run):
        return Finding(False, WRONG_LATER)
    if not same(runs[0], runs[1]):
        return Finding(False, SEEDS["other_randomness"], "other_randomness")
    if same(runs[0], runs[2]):
        return Finding(False, SEEDS["rng_unused"], "rng_unused")
    return Finding(True, "A fresh order every time, and the same again for the same seed.")
