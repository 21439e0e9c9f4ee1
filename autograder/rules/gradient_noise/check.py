"""Watches how far mini-batch gradients lie from the full one: on six examples every batch can be tried."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.judging.sentences import misshapen, returned
from autograder.kit.orders import SAME_SEED, judge_source
from autograder.kit.results import numbers, show
from autograder.kit.trial import MistakeError, Trial
from autograder.rules.gradient_noise.sentences import FORMULAS, SAMPLES

_CLOSE = 1e-8
_N, _M = 6, 2


def check(trial: Trial) -> None:
    """Rule: with one draw and with two the result is one that batches lead to; with many it is the mean."""
    random = np.random.default_rng(4)
    X, y = random.normal(size=(_N, 3)), random.normal(size=_N)
    w, b = np.array([0.7, -0.4, 1.1]), 0.6
    pairs = list(itertools.combinations(range(_N), _M))
    away = _away(X, y, w, b, pairs)
    squares = (away**2).sum(axis=1)
    rng = np.random.default_rng(7)

    def asked(draws: int) -> list[float]:
        where = f"{_N} examples, batch_size = {_M}, draws = {draws}"
        return [_call(trial, where, X, y, w, b, _M, draws, rng) for _ in range(20)]

    singles, doubles = asked(1), asked(2)
    guesses = _guesses(X, y, w, b, away, pairs)
    for draws, came in ((1, singles), (2, doubles)):
        possible = np.sqrt(squares) if draws == 1 else np.sqrt(_means(squares))
        if not _among(came, possible):
            fits = [
                text for text, (one, two) in guesses.items() if _among(singles, one) and _among(doubles, two)
            ]
            seen = "no choice of batches leads to this number, if each batch holds different examples"
            raise MistakeError(
                f"{_N} examples, batch_size = {_M}, draws = {draws}",
                seen,
                fits[0] if len(fits) == 1 else "",
                returned=show(next(c for c in came if not _among([c], possible))),
            )
    if len({round(came, 9) for came in singles}) == 1:
        raise MistakeError(
            "draws = 1, twenty times", "the same number comes every time", SAMPLES["no_reshuffle"]
        )
    if _among(doubles, np.sqrt(squares)):
        raise MistakeError("draws = 2, twenty times", "two draws never differ", SAMPLES["same_batch"])
    trial.earned = {"value"}
    _many(trial, X, y, w, b, float(squares.mean()), rng)
    judge_source(trial, lambda rng: _call(trial, SAME_SEED, X, y, w, b, _M, 5, rng))
    trial.earned |= {"draws", "curve"}
    _small(trial, X, y, w, b)


def _many(trial: Trial, X: Any, y: Any, w: Any, b: Any, mean: float, rng: np.random.Generator) -> None:
    came = _call(trial, "400 draws", X, y, w, b, _M, 400, rng)
    if not 0.5 * mean < came**2 < 1.6 * mean:  # ten standard errors
        seen = f"{came:.4g} is too far from what 400 draws lead to: do all of them count, each once?"
        raise MistakeError("400 draws", seen)


def _small(trial: Trial, X: Any, y: Any, w: Any, b: Any) -> None:
    whole = _call(trial, "a batch_size of n", X, y, w, b, _N, 3, np.random.default_rng(2))
    if abs(whole) > 1e-7:
        raise MistakeError(
            "a batch_size of n", f"it is {show(whole)}; expected 0: the batch is the whole data"
        )
    one = _call(trial, "one example", X[:1], y[:1], w, b, 1, 2, np.random.default_rng(2))
    if abs(one) > 1e-7:
        raise MistakeError("one example", f"it is {show(one)}; expected 0: the batch is the whole data")


def _call(trial: Trial, where: str, X: Any, y: Any, w: Any, b: Any, m: int, draws: int, rng: Any) -> float:
    value = trial.call(where, X, y, w, b, m, draws, rng, _gradient)
    found = numbers(value)
    if found is None or found.size != 1:
        raise MistakeError(where, returned(show(value), "a number"))
    if found.shape != ():
        trial.fault(where, misshapen("it", found.shape, "a number"))
    return float(found.reshape(()))


def _gradient(X_batch: Any, y_batch: Any, w: Any, b: Any) -> tuple[np.ndarray, float]:
    """The gradient that the function is given: of ¼ (ŷ − y)⁴, averaged over what it is called with."""
    X, y = np.asarray(X_batch, float), np.asarray(y_batch, float)
    if X.ndim != 2 or X.shape[0] != y.size or y.size == 0:
        raise ValueError(
            f"gradient(X_batch, y_batch, w, b) was called with X_batch of shape {X.shape} and y_batch of "
            f"shape {y.shape}"
        )
    cubes = (X @ np.asarray(w, float) + float(b) - y) ** 3
    return cubes @ X / len(y), float(cubes.mean())


def _away(X: Any, y: Any, w: Any, b: Any, batches: Any) -> np.ndarray:
    full = np.append(*_gradient(X, y, w, b))
    return np.array([np.append(*_gradient(X[list(B)], y[list(B)], w, b)) - full for B in batches])


def _means(values: np.ndarray) -> np.ndarray:
    first, second = np.triu_indices(len(values))
    return np.asarray((values[first] + values[second]) / 2)


def _among(came: list[float], possible: np.ndarray) -> bool:
    return all(bool(np.any(np.abs(possible - number) <= _CLOSE * (1 + abs(number)))) for number in came)


def _guesses(
    X: Any, y: Any, w: Any, b: Any, away: np.ndarray, pairs: Any
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """For each mistake what one draw can give, and what two can."""
    squares = (away**2).sum(axis=1)
    distances = np.sqrt(squares)
    first, second = np.triu_indices(len(squares))
    repeated = (_away(X, y, w, b, [*pairs, *((i, i) for i in range(_N))]) ** 2).sum(axis=1)
    of_w, of_b = (away[:, :-1] ** 2).sum(axis=1), away[:, -1] ** 2

    def rooted(of_a_batch: np.ndarray, root: Callable[[Any], Any] = np.sqrt) -> tuple[Any, Any]:
        return root(of_a_batch), root(_means(of_a_batch))

    return {
        FORMULAS["mean_distance"]: (
            distances,
            _means(distances),
        ),
        FORMULAS["not_rooted"]: rooted(squares, lambda values: values),
        FORMULAS["not_averaged"]: (
            distances,
            np.sqrt(2 * _means(squares)),
        ),
        FORMULAS["distance_of_mean"]: (
            distances,
            np.linalg.norm(away[first] + away[second], axis=1) / 2,
        ),
        FORMULAS["bias_left_out"]: rooted(of_w),
        FORMULAS["weights_left_out"]: rooted(of_b),
        FORMULAS["distances_added"]: rooted((np.sqrt(of_w) + np.sqrt(of_b)) ** 2),
        FORMULAS["with_replacement"]: rooted(repeated),
    }
