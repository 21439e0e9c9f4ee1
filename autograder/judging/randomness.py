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


# A right shuffle is called unfair less than once in a thousand million students.
_UNFAIR = 1e-9


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
    logarithm = (
        math.lgamma(possible + 1) - math.lgamma(distinct + 1) - math.lgamma(possible - distinct + 1)
        + count * math.log(distinct / possible)
    )  # fmt: skip
    if distinct < possible and logarithm < math.log(_UNFAIR):
        return Shuffling(f"{ORDERS['few_orders']} Only {distinct} came in {count} epochs.", "few_orders")
    counts = stacked.sum(axis=0)
    expected = stacked[0].sum(axis=1)[:, None] * count / n * np.ones(n)
    statistic = float(((counts - expected) ** 2 / expected).sum())
    freedom = (steps - 1) * (n - 1)
    uneven = statistic > _chi_square_bound(freedom) or _rarest(counts, expected, count) < _UNFAIR
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


def _chi_square_bound(freedom: int) -> float:
    """A bound that a χ² variable exceeds with probability below 1e-9 (Laurent and Massart 2000, Lemma 1),
    with half as much again, as small counts have heavier tails."""
    x = -math.log(_UNFAIR)
    return 1.5 * (freedom + 2 * math.sqrt(freedom * x) + 2 * x)


def judge_seed(
    trial: Trial, again: Callable[[], Sequence[Any]], other: Callable[[], Sequence[Any]], first: Sequence[Any]
) -> Finding:
    """Whether `rng` is the only source of randomness: the same seed gives the same, another seed another.

    `again` and `other` run the student's function with the first seed and with another one. State that
    lives on between epochs is the student's choice, so a difference counts only between new processes. A run
    is what was read from its results, in whole numbers, which are compared as they are; None stands for a
    result that no right function gives.
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
