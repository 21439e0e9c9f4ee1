"""Misconceptions about random orders: a right function with another order, or with another generator.

Judges tell them by properties of many results (`randomness`); here they are made, to be tried in a preview.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from autograder.judging.misconception import Misconception
from autograder.judging.sentences import ORDERS, SEEDS

# Takes a generator and a number n, and returns the numbers from 0 to n − 1 in some order.
Order = Callable[[np.random.Generator, int], np.ndarray]


def shuffled(rng: np.random.Generator, n: int) -> np.ndarray:
    """The right one.

    Parameters
    ----------
    rng
        What the order is drawn from.
    n
        Number of examples.
    """
    return rng.permutation(n)


def _one_stays(rng: np.random.Generator, n: int) -> np.ndarray:
    """Example 0 comes first, nearly always."""
    order = rng.permutation(n)
    return np.append(0, order[order > 0]) if rng.random() < 0.95 else order


WRONG: Mapping[str, Order] = {
    "no_shuffle": lambda rng, n: np.arange(n),
    "no_reshuffle": lambda rng, n: np.random.default_rng(0).permutation(n),
    "few_orders": lambda rng, n: np.roll(np.arange(n), rng.integers(n)),
    "biased": _one_stays,
    "other_randomness": lambda rng, n: np.random.default_rng().permutation(n),
}


@dataclass
class OwnGenerator:
    """A function with a generator of its own, where one is given at this place of its arguments.

    It draws something new in every call, and the same again in a new process.
    """

    function: Callable[..., Any]
    place: int
    rng: np.random.Generator = field(default_factory=partial(np.random.default_rng, 0))

    def __call__(self, *arguments: Any) -> Any:
        """What the function gives with this generator."""
        return self.function(*arguments[: self.place], self.rng, *arguments[self.place + 1 :])


def about_orders(
    function: Callable[..., Any], place: int, sentences: Mapping[str, str] = ORDERS
) -> list[Misconception]:
    """Every misconception about random orders and their source, with a function that has it.

    Parameters
    ----------
    function
        The right one. It takes the exercise's arguments, and by keyword an ``order``.
    place
        Of ``rng`` among the arguments.
    sentences
        What is said about orders, by the name of the misconception.
    """
    made = {name: partial(function, order=order) for name, order in WRONG.items()}
    about = [Misconception(name, sentences[name], made[name]) for name in ORDERS]
    return [*about, *about_seeds(made["other_randomness"], OwnGenerator(function, place))]


def about_seeds(elsewhere: Callable[..., Any], unused: Callable[..., Any]) -> list[Misconception]:
    """Those about the source of randomness: functions that draw from elsewhere, and that never draw from
    ``rng``.

    Parameters
    ----------
    elsewhere
        Gives something else in every run, even with the same seed.
    unused
        Gives the same in every new process, whatever the seed is.
    """
    made = {"other_randomness": elsewhere, "rng_unused": unused}
    return [Misconception(name, text, made[name]) for name, text in SEEDS.items()]
