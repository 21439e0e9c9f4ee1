"""Watches how λ is chosen: what is fitted and judged on which examples."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..sentences import misshapen, returned
from ..results import CLOSE, numbers, show
from ..trial import MistakeError, Trial
from ..choose_lambda import sentences as s


def check(trial: Trial) -> None:
    """Rule: fitted on the training set, judged on the validation set, with fits that remember their data."""
    chosen = [
        _losses(trial, "5 values of λ", [0.5, 2.0, 0.1, 1.0, 4.0], [3.0, 2.5, 2.0, 1.5, 2.2]),
        _losses(trial, "3 values of λ", [3.0, 1.0, 2.0], [0.7, 0.9, 0.4]),
    ]
    trial.earned = {"losses"}
    for mistake in filter(None, chosen):
        raise mistake
    trial.earned |= {"lam", "curve"}
    _choice(trial, "a tie", [4.0, 2.0, 1.0, 3.0], [2.0, 0.5, 1.0, 0.5])
    _choice(trial, "one λ", [0.25], [1.0])
    _choice(trial, "a λ of 0", [1.0, 0.0], [2.0, 1.0])
    _choice(trial, "a list of λ", [0.5, 2.0, 1.0], [3.0, 1.0, 2.0], list)


def _choice(
    trial: Trial, where: str, lambdas: list[float], table: list[float], given_as: Any = np.array
) -> None:
    """One choice, of which all must be right."""
    mistake = _losses(trial, where, lambdas, table, given_as)
    if mistake is not None:
        raise mistake


def _losses(
    trial: Trial, where: str, lambdas: list[float], table: list[float], given_as: Any = np.array
) -> MistakeError | None:
    """One choice in which every fit has its number, and the loss is looked up by it.

    All losses must be right; what is wrong with the λ alone is returned.
    """
    X, y = np.arange(8.0).reshape(4, 2), np.array([1.0, -2.0, 3.0, 0.5])
    U, v = np.arange(6.0).reshape(3, 2) - 9, np.array([4.0, 5.0, -6.0])
    used: dict[str, set[int]] = {"fit": set(), "loss": set()}

    def fit(X: Any, y: Any, lam: Any) -> tuple[np.ndarray, float]:
        used["fit"].add(len(np.asarray(y)))
        place = [k for k, other in enumerate(lambdas) if other == float(lam)]
        if not place:
            raise ValueError(f"fit(X, y, lam) was called with lam = {lam}, which is not one of the lambdas")
        return np.array([float(place[0]), 1.0]), float(lam)

    def loss(X: Any, y: Any, w: Any, b: Any) -> float:
        used["loss"].add(len(np.asarray(y)))
        first = float(np.asarray(w, float).ravel()[0])
        if not first.is_integer() or not 0 <= first < len(table):
            raise ValueError("loss(X, y, w, b) was called with a w that no fit returned")
        # on other data another λ is the best
        return table[int(first)] if len(np.asarray(y)) == 3 else 9.0 - table[int(first)]

    value = trial.call(where, X, y, U, v, given_as(lambdas), fit, loss)
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise MistakeError(where, returned(show(value), "a tuple (lam, losses)"))
    lam, losses = numbers(value[0]), numbers(value[1])
    shown = f"lam = {show(value[0])}, losses = {show(value[1])}"
    if lam is None or lam.size != 1 or losses is None or losses.ndim != 1:
        raise MistakeError(where, "expected a number and a sequence of losses", returned=shown)
    other_losses = losses.shape != (len(table),) or not np.allclose(losses, table, CLOSE)
    if used["fit"] - {4} or (other_losses and used["loss"] - {3}):
        wrong = "fit" if used["fit"] - {4} else "loss"
        seen = f"{wrong} was called with {_told(used[wrong])} examples; 4 are for training, 3 for validation"
        raise MistakeError(where, seen, f"On which data is a λ {'fitted' if wrong == 'fit' else 'judged'}?")
    if other_losses:
        seen = f"{len(losses)} losses; expected those of all {len(table)} λ, in their order"
        raise MistakeError(where, seen, returned=shown)
    right = lambdas[int(np.argmin(table))]
    if abs(float(lam.ravel()[0]) - right) > CLOSE:
        guesses = {
            s.LARGEST_LOSS: lambdas[int(np.argmax(table))],
            s.PLACE: float(np.argmin(table)),
            s.LOSS_ITSELF: min(table),
            s.LAST_ON_TIE: lambdas[len(table) - 1 - int(np.argmin(table[::-1]))],
        }
        fits = [text for text, guess in guesses.items() if guess == float(lam.ravel()[0]) and guess != right]
        return MistakeError(where, s.NOT_THE_SMALLEST, fits[0] if len(fits) == 1 else "", returned=shown)
    if lam.shape != ():
        trial.fault(where, misshapen("lam", lam.shape, "a number"))
    return None


def _told(sizes: set[int]) -> str:
    return " and ".join(map(str, sorted(sizes)))
