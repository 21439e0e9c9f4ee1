"""A setting whose batches can all be listed: what the distances of their gradients can be, and cannot."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from autograder.judging.comparison import close
from autograder.rules.gradient_noise.misconceptions import (
    WITH_THE_FULL,
    WRONG_FORMULAS,
    Formed,
    formula_of,
    right_formula,
)
from autograder.rules.sgd_epoch.orders import Setting
from autograder.sandbox.inside.wire import RandomGenerator

# Relative to the size of the gradients; results of other batches differ by a hundred times as much.
SAME = 1e-9
# A right function is called wrong less than once in so many students, for each bound.
UNLUCKY = 1e-8


@dataclass(frozen=True, eq=False)
class Population:
    """A setting with the gradients of its examples, and of all batches of a size."""

    setting: Setting

    @cached_property
    def away(self) -> np.ndarray:
        """(dw, db) of every example less the full gradient, shape (n, d + 1)."""
        p = self.setting
        singles = [p.gradient(p.X[[i]], p.y[[i]], p.w, p.b) for i in range(p.n)]
        gradients = np.array([np.append(dw, db) for dw, db in singles])
        return np.asarray(gradients - gradients.mean(axis=0))

    @cached_property
    def full(self) -> np.ndarray:
        """The full gradient (dw, db)."""
        p = self.setting
        return np.append(*p.gradient(p.X, p.y, p.w, p.b))

    @property
    def scale(self) -> float:
        """The size of the gradients."""
        p = self.setting
        dw, db = p.gradient(p.X, p.y, p.w, p.b)
        return float(np.abs(self.away).max() + np.abs(dw).max() + abs(db))

    def differences(self, batches: Sequence[tuple[int, ...]]) -> np.ndarray:
        """The batches' gradients less the full one, shape (batches, d + 1)."""
        return np.asarray(self.away[np.array(batches)].mean(axis=1))

    @cached_property
    def batches(self) -> list[tuple[int, ...]]:
        """All batches without replacement."""
        return list(itertools.combinations(range(self.setting.n), self.setting.batch_size))

    @cached_property
    def squares(self) -> np.ndarray:
        """The squared distance of every batch."""
        return np.asarray((self.differences(self.batches) ** 2).sum(axis=1))

    def arguments(
        self, draws: int, generator: RandomGenerator, gradient: Callable[..., Any] | None = None
    ) -> tuple[Any, ...]:
        """What the student's function is called with.

        Parameters
        ----------
        draws
            Number of mini-batches to be drawn.
        generator
            Stands for the student's ``rng``.
        gradient
            What takes the place of the setting's own gradient; None for that one.
        """
        p = self.setting
        return (p.X, p.y, p.w, p.b, p.batch_size, draws, generator, gradient or p.gradient)


def draw_distinct(random: np.random.Generator, n: int, batch_size: int, *, neuron: bool) -> Population:
    """One in which all batches, and all pairs of batches, have clearly different distances.

    Parameters
    ----------
    random
        What the setting is drawn from.
    n
        Number of examples, each with two features; few, as all pairs of batches are listed.
    batch_size
        Examples in a mini-batch.
    neuron
        Whether the model is a sigmoid neuron, not a linear one.
    """
    while True:
        population = draw(random, n, batch_size, 2, neuron=neuron)
        results = np.sort(np.sqrt(pairs_of(population.squares)))
        if np.diff(results).min() > 100 * SAME * population.scale:
            return population


def draw(
    random: np.random.Generator, n: int, batch_size: int, d: int = 2, *, neuron: bool = False
) -> Population:
    """One whose data and parameters are random.

    Parameters
    ----------
    random
        What the setting is drawn from.
    n
        Number of examples.
    batch_size
        Examples in a mini-batch.
    d
        Number of features.
    neuron
        Whether the model is a sigmoid neuron, not a linear one.
    """
    X, w = random.normal(size=(n, d)), random.uniform(0.3, 1.0, d) * random.choice([-1, 1], d)
    y = np.arange(n) % 2.0 if neuron else X @ np.linspace(1.5, -0.7, d) + 2 * random.normal(size=n)
    return Population(Setting(X, y, w, float(random.uniform(0.3, 0.8)), 0.0, batch_size, neuron))


def pairs_of(values: np.ndarray) -> np.ndarray:
    """The means of all pairs, a value with itself among them."""
    first, second = np.triu_indices(len(values))
    return np.asarray((values[first] + values[second]) / 2)


def among(number: float, possible: np.ndarray, scale: float) -> bool:
    """Whether a number is one of those that are possible, within `SAME` of a scale that is not its own.

    Parameters
    ----------
    number
        A result; NaN and infinities are never possible.
    possible
        The numbers that can come, shape (k,).
    scale
        The size of the gradients.
    """
    if not math.isfinite(number):
        return False
    nearest = possible[np.abs(possible - number).argmin()]
    return close(np.asarray(number), nearest, scale, SAME)


def simulated(population: Population) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """For every misconception about the value what it can give with one draw, and with two."""
    names = [*WRONG_FORMULAS, *WITH_THE_FULL, *_OTHER_BATCHES]
    return {name: (_possible(population, name, 1), _possible(population, name, 2)) for name in names}


def of_three(population: Population, name: str) -> np.ndarray:
    """What a misconception can give with three draws.

    Parameters
    ----------
    population
        Whose gradients are compared.
    name
        Of the misconception.

    Returns
    -------
    array
        Shape (k,), one number for each choice of three batches.
    """
    return _possible(population, name, 3)


_OTHER_BATCHES: dict[str, Callable[[int, int], list[tuple[int, ...]]]] = {
    "with_replacement": lambda n, m: list(itertools.combinations_with_replacement(range(n), m)),
    "single_examples": lambda n, m: [(i,) for i in range(n)],
}


def _possible(population: Population, name: str, draws: int) -> np.ndarray:
    batches: Sequence[tuple[int, ...]] = population.batches
    formula: Formed = right_formula
    if name in _OTHER_BATCHES:
        batches = _OTHER_BATCHES[name](population.setting.n, population.setting.batch_size)
    else:
        formula = formula_of(name, population.full)
    away = population.differences(batches)
    chosen = np.array(list(itertools.combinations_with_replacement(range(len(away)), draws)))
    return np.asarray(formula(away[chosen]))


def bounds(population: Population, draws: int) -> tuple[float, float]:
    """Where the root of the mean of `draws` squares lies, but for once in 1/`UNLUCKY` cases on either side.

    Chernoff's bound with the exact distribution of one draw: P(mean ≥ a) ≤ (E[e^(tD)] e^(−ta))^draws for
    every t > 0, so a = (log E[e^(tD)] + log(1/δ)/draws) / t is exceeded with probability δ at most; likewise
    below.

    Parameters
    ----------
    population
        Whose batches are drawn.
    draws
        How many of them a result is made of.

    Returns
    -------
    tuple of float
        The lower and the upper bound.
    """
    squares, scale = population.squares, population.scale
    room = -math.log(UNLUCKY) / draws
    largest = max(float(squares.max()), (1e-12 * scale) ** 2)
    t = np.geomspace(1e-3, 1e3, 200) / largest
    most, least = squares.max(), squares.min()
    up = np.log(np.exp(np.outer(t, squares - most)).mean(axis=1)) + t * most
    down = np.log(np.exp(-np.outer(t, squares - least)).mean(axis=1)) - t * least
    high, low = np.min((up + room) / t), np.max(-(down + room) / t)
    return math.sqrt(max(low, 0.0)) - SAME * scale, math.sqrt(high) + SAME * scale
