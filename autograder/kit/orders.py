"""Random orders: whether they are fresh, and whether `rng` is all that they come from."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograder.judging.sentences import ORDERS, RNG_ALONE
from autograder.kit.results import show
from autograder.kit.trial import MistakeError, Trial

RNG = f"{RNG_ALONE}."
SAME_SEED = "the same seed, twice"


def judge_orders(where: str, orders: Sequence[np.ndarray], m: int) -> None:
    """Whether the orders of many epochs are fresh ones of the examples, not of blocks of them.

    Parameters
    ----------
    where
        What was called, as the message says it.
    orders
        For each epoch the indices of all examples as they came, shape (n,).
    m
        The batch size, from 2 to n − 1.

    Raises
    ------
    MistakeError
        When they are not; it says what was seen.
    """
    if all(np.array_equal(order, np.sort(order)) for order in orders):
        raise MistakeError(where, "the examples come in the order 0, 1, 2, …", ORDERS["no_shuffle"])
    if all(np.array_equal(order, orders[0]) for order in orders):
        raise MistakeError(where, f"the order is {show(orders[0])} in every epoch", ORDERS["no_reshuffle"])
    pieces = [np.split(order, range(m, len(order), m)) for order in orders]
    if all(np.all(np.diff(piece) == 1) for epoch in pieces for piece in epoch):
        raise MistakeError(
            where,
            "the same neighbors share a batch in every epoch",
            "The batches are shuffled, not the examples.",
        )
    if len({frozenset(map(int, piece)) for epoch in pieces for piece in epoch}) <= len(pieces[0]):
        raise MistakeError(where, "the same examples share a batch in every epoch")
    places = np.array(orders)
    stuck = [place for place in range(places.shape[1]) if np.ptp(places[:, place]) == 0]
    if stuck:
        raise MistakeError(where, f"the same example always stands at place {stuck[0]} of the order")


def judge_source(trial: Trial, draw: Callable[[np.random.Generator], Any]) -> None:
    """Whether the same seed gives the same again.

    What a function keeps from call to call is its own choice: a difference counts only where it comes from a
    global generator, or where nothing was ever drawn from `rng`.

    Parameters
    ----------
    trial
        Of the student's function.
    draw
        Calls the student's function with this generator, and gives what is drawn, as an array or a number.

    Raises
    ------
    MistakeError
        When it does not; it says where the randomness comes from.
    """
    before = _global_randomness()
    same = np.array_equal(draw(np.random.default_rng(1)), draw(np.random.default_rng(1)))
    if not same and _global_randomness() != before:
        raise MistakeError(SAME_SEED, "two calls differ: numbers are drawn from a global generator", RNG)
    if not same and not trial.drawn:
        raise MistakeError(SAME_SEED, "two calls differ: nothing is drawn from rng", RNG)


def _global_randomness() -> str:
    return str(random.getstate()) + str(np.random.get_state(legacy=False))


def counted(missing: Sequence[int], never: str, twice: Sequence[int], often: str) -> str:
    """Which examples are missing, and which come too often, in words; empty where there are none.

    Parameters
    ----------
    missing, twice
        Indices of the examples.
    never, often
        What is said of each, as in "in no batch" and "more than once".
    """
    parts = [f"{_some(who)} {what}" for who, what in ((missing, never), (twice, often)) if who]
    return " and ".join(parts)


def _some(indices: Sequence[int]) -> str:
    shown = ", ".join(map(str, indices[:5])) + (", …" if len(indices) > 5 else "")
    return f"example{'s' * (len(indices) > 1)} {shown}"
