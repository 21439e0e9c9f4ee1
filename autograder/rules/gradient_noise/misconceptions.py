"""What students get wrong in measuring the noise of mini-batch gradients, each with a function that does so.

A formula takes the differences of batches' gradients from the full one, shape (…, draws, d + 1), b last, and
makes a number of them. A sample is how the batches are drawn.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from autograder.judging.misconception import Misconception
from autograder.judging.wrong_orders import OwnGenerator, about_seeds
from autograder.rules.gradient_noise.sentences import FORMULAS, SAMPLES

Formed = Callable[[np.ndarray], Any]
# Takes a generator, n, the batch size and the number of draws.
Sample = Callable[[np.random.Generator, int, int, int], list[np.ndarray]]


def _squares(away: np.ndarray) -> Any:
    return (away**2).sum(-1)


def _rooted(squares: np.ndarray) -> Any:
    """The root of the mean over the draws."""
    return np.sqrt(squares.mean(-1))


def right_formula(away: np.ndarray) -> Any:
    """The root of the mean squared distance."""
    return _rooted(_squares(away))


def _added(away: np.ndarray) -> Any:
    return np.linalg.norm(away[..., :-1], axis=-1) + np.abs(away[..., -1])


def _lengths(away: np.ndarray, full: np.ndarray) -> Any:
    """Of the batches' own gradients."""
    return np.sqrt(_squares(away + full))


def _one_less(away: np.ndarray) -> Any:
    return np.sqrt(_squares(away).sum(-1) / max(away.shape[-2] - 1, 1))


WRONG_FORMULAS: Mapping[str, Formed] = {
    "mean_distance": lambda away: np.sqrt(_squares(away)).mean(-1),
    "not_rooted": lambda away: _squares(away).mean(-1),
    "not_averaged": lambda away: np.sqrt(_squares(away).sum(-1)),
    "distance_of_mean": lambda away: np.sqrt(_squares(away.mean(-2))),
    "largest_distance": lambda away: np.sqrt(_squares(away)).max(-1),
    "bias_left_out": lambda away: _rooted(_squares(away[..., :-1])),
    "weights_left_out": lambda away: _rooted(away[..., -1] ** 2),
    "distances_added": lambda away: _rooted(_added(away) ** 2),
    "averaged_over_parts": lambda away: _rooted((away**2).mean(-1)),
    "sum_of_absolutes": lambda away: _rooted(np.abs(away).sum(-1) ** 2),
    "spread_of_draws": lambda away: _rooted(_squares(away - away.mean(-2, keepdims=True))),
    "one_draw_less": _one_less,
    "half_of_it": lambda away: right_formula(away) / 2,
    "twice_it": lambda away: right_formula(away) * 2,
    "nothing": lambda away: 0.0 * away[..., 0, 0],
}
# Those that need the full gradient, too.
WITH_THE_FULL: Mapping[str, Callable[[np.ndarray, np.ndarray], Any]] = {
    "relative": lambda away, full: right_formula(away) / np.linalg.norm(full),
    "lengths_of_gradients": lambda away, full: _rooted(_lengths(away, full) ** 2),
    "difference_of_lengths": lambda away, full: _rooted((_lengths(away, full) - np.linalg.norm(full)) ** 2),
    "sum_for_difference": lambda away, full: _rooted(_squares(away + 2 * full)),
}


def formula_of(name: str, full: np.ndarray) -> Formed:
    """A wrong formula, where the full gradient is this."""
    if name in WITH_THE_FULL:
        return lambda away: WITH_THE_FULL[name](away, full)
    return WRONG_FORMULAS[name]


def fresh(rng: np.random.Generator, n: int, m: int, draws: int) -> list[np.ndarray]:
    """The right sample: each batch without replacement, and each for itself."""
    return [rng.choice(n, m, replace=False) for _ in range(draws)]


def _replaced(rng: np.random.Generator, n: int, m: int, draws: int) -> list[np.ndarray]:
    return [rng.integers(n, size=m) for _ in range(draws)]


def _singles(rng: np.random.Generator, n: int, m: int, draws: int) -> list[np.ndarray]:
    return fresh(rng, n, 1, draws)


def _same(rng: np.random.Generator, n: int, m: int, draws: int) -> list[np.ndarray]:
    return fresh(rng, n, m, 1) * draws


def _disjoint(rng: np.random.Generator, n: int, m: int, draws: int) -> list[np.ndarray]:
    """Pieces of one order, and of the next when it is used up."""
    pieces: list[np.ndarray] = []
    while len(pieces) < draws:
        order = rng.permutation(n)
        pieces += [order[start : start + m] for start in range(0, n - m + 1, m)]
    return pieces[:draws]


def _with_the_first(rng: np.random.Generator, n: int, m: int, draws: int) -> list[np.ndarray]:
    return [np.append(0, 1 + rng.choice(n - 1, m - 1, replace=False)) for _ in range(draws)]


def _neighbours(rng: np.random.Generator, n: int, m: int, draws: int) -> list[np.ndarray]:
    return [(rng.integers(n) + np.arange(m)) % n for _ in range(draws)]


def _each_once(rng: np.random.Generator, n: int, m: int, draws: int) -> list[np.ndarray]:
    """None again before all have been there."""
    batches: list[np.ndarray] = []
    seen: set[tuple[int, ...]] = set()
    while len(batches) < draws:
        if len(seen) == math.comb(n, m):
            seen.clear()
        (batch,) = fresh(rng, n, m, 1)
        key = tuple(sorted(batch.tolist()))
        if key not in seen:
            seen.add(key)
            batches.append(batch)
    return batches


_WRONG_SAMPLES: Mapping[str, Sample] = {
    "with_replacement": _replaced,
    "single_examples": _singles,
    "same_batch": _same,
    "disjoint_batches": _disjoint,
    "no_reshuffle": lambda rng, *asked: fresh(np.random.default_rng(0), *asked),
    "biased": _with_the_first,
    "few_orders": _neighbours,
    "each_once": _each_once,
}


def noise(
    X: np.ndarray,
    y: np.ndarray,
    w: np.ndarray,
    b: float,
    batch_size: int,
    draws: int,
    rng: np.random.Generator,
    gradient: Callable[..., Any],
    *,
    formula: Formed | str = right_formula,
    sample: Sample = fresh,
) -> float:
    """What is right, or with another formula or another sample."""
    full = np.append(*gradient(X, y, w, b))
    batches = sample(rng, len(y), batch_size, draws)
    formed = formula_of(formula, full) if isinstance(formula, str) else formula
    return float(formed(np.array([np.append(*gradient(X[B], y[B], w, b)) - full for B in batches])))


_FUNCTIONS = {
    **{name: partial(noise, formula=name) for name in (*WRONG_FORMULAS, *WITH_THE_FULL)},
    **{name: partial(noise, sample=sample) for name, sample in _WRONG_SAMPLES.items()},
}
_ELSEWHERE = partial(noise, sample=lambda rng, *asked: fresh(np.random.default_rng(), *asked))
MISCONCEPTIONS = (
    *(Misconception(name, text, _FUNCTIONS[name]) for name, text in (FORMULAS | SAMPLES).items()),
    *about_seeds(_ELSEWHERE, OwnGenerator(noise, place=6)),
)
