"""Watches how data are divided and how λ is chosen: which examples are used for what."""

from __future__ import annotations

from typing import Any

import numpy as np
from checks import MistakeError, Trial, show
from checks_loops import CLOSE, numbers

# -- training, validation and test set

_SETS = ("train", "validation", "test")


def train_validation_test_split(trial: Trial) -> None:
    """Rule: each example in one set, the right sizes, a fresh order from rng alone."""
    for n, validation, test in ((10, 0.2, 0.3), (13, 0.3, 0.2), (9, 0.45, 0.1)):
        _split(trial, n, validation, test, np.random.default_rng(n))
    rng = np.random.default_rng(5)
    labels = [_split(trial, 12, 0.25, 0.25, rng) for _ in range(20)]
    if all(np.array_equal(labels[0], other) for other in labels):
        likely = (
            "" if np.diff(labels[0]).any() and np.count_nonzero(np.diff(labels[0])) > 2 else "Is it shuffled?"
        )
        raise MistakeError("twenty calls with n = 12", "the sets are the same in every call", likely)
    if (np.ptp(labels, axis=0) == 0).any():
        raise MistakeError("twenty calls with n = 12", "some examples are in the same set every time")
    one, two = (_split(trial, 30, 0.3, 0.3, np.random.default_rng(1)) for _ in range(2))
    if not np.array_equal(one, two):
        raise MistakeError(
            "the same seed, twice", "two calls differ", "rng is the only source of randomness."
        )
    for n, validation, test in (
        (8, 0, 0.25),
        (8, 0.25, 0),
        (4, 0.5, 0.5),
        (10, 0.7, 0.6),
        (5, 1, 0.4),
        (1, 0.2, 0.2),
    ):
        _split(trial, n, validation, test, np.random.default_rng(3))


def _split(trial: Trial, n: int, validation: float, test: float, rng: np.random.Generator) -> np.ndarray:
    """The number of the set that each example is in."""
    where = f"n = {n}, validation = {validation}, test = {test}"
    value = trial.call(where, n, validation, test, rng)
    if not isinstance(value, list | tuple) or len(value) != 3:
        raise MistakeError(where, f"it returned {show(value)}, where (train, validation, test) is asked for")
    sets = [numbers(part) for part in value]
    returned = ", ".join(f"{name} = {show(part)}" for name, part in zip(_SETS, value, strict=True))
    if any(part is None or part.ndim != 1 for part in sets):
        raise MistakeError(where, "not every set is an array of indices", returned=returned)
    found = [part for part in sets if part is not None]
    if any(
        part.size and np.asarray(item).dtype.kind not in "iu" for part, item in zip(found, value, strict=True)
    ):
        trial.fault(where, "the indices are floats; X[train] needs integers")
    indices = np.concatenate(found)
    twice = len(indices) - len(set(indices.tolist()))
    missing = [i for i in range(n) if i not in indices]
    if twice or missing or len(indices) != n:
        seen = f"{twice} indices come more than once, {len(missing)} of 0 … {n - 1} are missing"
        raise MistakeError(where, seen, returned=returned)
    held = round(validation * n)
    asked = (n - held - min(round(test * n), n - held), held, min(round(test * n), n - held))
    sizes = tuple(len(part) for part in found)
    if sizes != asked:
        likely = "The order is train, validation, test." if sorted(sizes) == sorted(asked) else ""
        down = (int(validation * n), min(int(test * n), n - int(validation * n)))
        if sizes[1:] == down:
            likely = "The sizes are rounded down; to the nearest number is asked for."
        raise MistakeError(where, f"the sizes are {sizes}, where {asked} is asked for", likely)
    labels = np.empty(n, int)
    for k, part in enumerate(found):
        labels[part.astype(int)] = k
    return labels


# -- the choice of λ


def choose_lambda(trial: Trial) -> None:
    """Rule: fitted on the training set, judged on the validation set, with fits that remember their data."""
    _choice(trial, "5 values of λ", [0.5, 2.0, 0.1, 1.0, 4.0], [3.0, 2.5, 2.0, 1.5, 2.2])
    _choice(trial, "3 values of λ", [3.0, 1.0, 2.0], [0.7, 0.9, 0.4])
    _choice(trial, "a tie", [4.0, 2.0, 1.0, 3.0], [2.0, 0.5, 1.0, 0.5])
    _choice(trial, "one λ", [0.25], [1.0])
    _choice(trial, "a λ of 0", [1.0, 0.0], [2.0, 1.0])


def _choice(trial: Trial, where: str, lambdas: list[float], table: list[float]) -> None:
    """One choice in which every fit has its number, and the loss is looked up by it."""
    X, y = np.arange(8.0).reshape(4, 2), np.array([1.0, -2.0, 3.0, 0.5])
    U, v = np.arange(6.0).reshape(3, 2) - 9, np.array([4.0, 5.0, -6.0])
    used: dict[str, set[int]] = {"fit": set(), "loss": set()}

    def fit(features: Any, targets: Any, lam: Any) -> tuple[np.ndarray, float]:
        used["fit"].add(len(np.asarray(targets)))
        place = [k for k, other in enumerate(lambdas) if other == float(lam)]
        if not place:
            raise ValueError(f"fit(X, y, lam) was called with lam = {lam}, which is none of the lambdas")
        return np.array([float(place[0]), 1.0]), float(lam)

    def loss(features: Any, targets: Any, weights: Any, intercept: Any) -> float:
        used["loss"].add(len(np.asarray(targets)))
        first = float(np.asarray(weights, float).ravel()[0])
        if not first.is_integer() or not 0 <= first < len(table):
            raise ValueError("loss(X, y, w, b) was called with a w that no fit returned")
        # on other data another λ is the best
        return table[int(first)] if len(np.asarray(targets)) == 3 else 9.0 - table[int(first)]

    value = trial.call(where, X, y, U, v, np.array(lambdas), fit, loss)
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise MistakeError(where, f"it returned {show(value)}, where a tuple (lam, losses) is asked for")
    lam, losses = numbers(value[0]), numbers(value[1])
    returned = f"lam = {show(value[0])}, losses = {show(value[1])}"
    if lam is None or lam.size != 1 or losses is None or losses.ndim != 1:
        raise MistakeError(where, "a number and a sequence of losses are asked for", returned=returned)
    if used["fit"] - {4} or used["loss"] - {3}:
        wrong = "fit" if used["fit"] - {4} else "loss"
        seen = f"{wrong} was called with {_told(used[wrong])} examples; 4 are for training, 3 for validation"
        raise MistakeError(where, seen, f"On which data is a λ {'fitted' if wrong == 'fit' else 'judged'}?")
    if losses.shape != (len(table),) or not np.allclose(losses, table, CLOSE):
        seen = f"{len(losses)} losses, where those of all {len(table)} λ are asked for, in their order"
        raise MistakeError(where, seen, returned=returned)
    right = lambdas[int(np.argmin(table))]
    if abs(float(lam.ravel()[0]) - right) > CLOSE:
        guesses = {
            "That is the λ with the largest loss.": lambdas[int(np.argmax(table))],
            "That is its place in the list.": float(np.argmin(table)),
            "That is the loss itself.": min(table),
            "On a tie the first one is asked for.": lambdas[len(table) - 1 - int(np.argmin(table[::-1]))],
        }
        fits = [text for text, guess in guesses.items() if guess == float(lam.ravel()[0]) and guess != right]
        seen = "lam is not the λ with the smallest loss"
        raise MistakeError(where, seen, fits[0] if len(fits) == 1 else "", returned=returned)
    if lam.shape != ():
        trial.fault(where, f"lam has shape {lam.shape}, where a number is asked for")


def _told(sizes: set[int]) -> str:
    return " and ".join(map(str, sorted(sizes)))
