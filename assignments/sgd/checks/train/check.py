"""Watches the outer loop: whether what it returns follows from the callables that it is given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..sentences import returned, sentence
from ..results import CLOSE, numbers, show, the_one, w_and_b
from ..trial import MistakeError, Trial
from ..train import sentences as s


def check(trial: Trial) -> None:
    """Rule: the outer loop, with an epoch that counts and a loss that is looked up in a table."""
    falling = [4.0, 2.5, 1.7, 1.3, 1.1, 0.95, 0.9]
    slowing = [8.0, 4.0, 2.0, 1.5, 1.25, 1.125, 1.0]
    rising = [5.0, 3.0, 2.0, 2.5, 2.25, 1.0, 0.5]
    equal = [5.0, 3.0, 2.0, 2.0, 1.5, 1.0, 0.5]
    _training(trial, "5 epochs", falling, 5, 5)
    _training(trial, "6 epochs and tolerance None", falling, 6, 6, None)
    trial.earned = {"losses", "parameters"}
    _training(trial, s.REACHED, slowing, 6, 5, 0.2)
    _training(trial, s.EXACTLY, slowing, 6, 5, 0.25)
    _training(trial, s.RISING, rising, 6, 3, 0.0)
    _training(trial, "a tolerance of 0 and a loss that stays", equal, 6, 6, 0.0)
    _training(trial, s.RISING_FAR, [5.0, 3.0, 6.0, 2.0, 1.0], 4, 2, 0.5)
    _training(trial, s.NEVER_REACHED, falling, 4, 4, 1e-6)
    trial.earned |= {"tolerance"}
    faults = list(trial.faults)
    _training(trial, "no epoch at all", falling, 0, 0)
    trial.faults = faults  # w may come back as it was given where there was no epoch
    _training(trial, "2000 epochs", [float(x) for x in np.linspace(9, 1, 2001)], 2000, 2000)


def _training(
    trial: Trial, where: str, table: Sequence[float], max_epochs: int, count: int, *tolerance: float | None
) -> None:
    """One training in which the epochs add 1 to b and ½ to w, so that every point has its number."""
    w, b = np.array([2.0, -3.0]), 10.0

    def epoch(w: Any, b: Any) -> tuple[np.ndarray, float]:
        return np.asarray(w, float) + 0.5, float(b) + 1

    def loss(w: Any, b: Any) -> float:
        number = round(float(b) - 10)
        if not np.allclose(np.asarray(w, float) - 0.5 * number, [2.0, -3.0]):
            raise ValueError("loss(w, b) was called with w and b that do not belong together")
        return table[min(max(number, 0), len(table) - 1)]

    value = trial.call(where, epoch, loss, w, b, max_epochs, *tolerance)
    if not isinstance(value, list | tuple) or len(value) != 3:
        raise MistakeError(where, returned(show(value), "a tuple (w, b, losses)"))
    losses, last = numbers(value[2]), numbers(value[1])
    if losses is None or losses.ndim != 1:
        raise MistakeError(where, f"losses is {show(value[2])}; expected a sequence of floats")
    wanted = np.array(table[: count + 1])
    if not (losses.shape == wanted.shape and np.allclose(losses, wanted, CLOSE)):
        raise MistakeError(
            where,
            *_losses(where, losses, wanted, max_epochs, bool(tolerance)),
            returned=f"losses = {show(losses)}",
        )
    expected = np.array([2.0, -3.0]) + 0.5 * count
    first = numbers(value[0])
    if last is None or first is None or last.size != 1 or first.size != 2:
        raise MistakeError(where, f"w and b are {show(value[:2])}; expected shapes (2,) and ()")
    if not (np.allclose(first, expected, CLOSE, 0) and np.allclose(last, 10.0 + count)):
        seen = f"w = {show(first)} and b = {show(last)} are {s.NOT_THE_LAST}"
        raise MistakeError(where, seen)
    if first.shape != (2,) or last.shape != ():
        trial.fault(where, w_and_b(first, last))


def _losses(
    where: str, losses: np.ndarray, wanted: np.ndarray, max_epochs: int, stops: bool
) -> tuple[str, str]:
    """What is seen in a wrong learning curve, and the mistake it tells of."""
    shared = min(len(losses), len(wanted))
    if stops and shared and np.allclose(losses[:shared], wanted[:shared]):
        later = "later" if len(losses) > len(wanted) else "earlier"
        seen = f"it stops after epoch {len(losses) - 1}, {later} than expected"
        rises = where in (s.RISING, s.RISING_FAR)
        never = (s.RISES if rises else s.NEVER_STOPS) if len(losses) == max_epochs + 1 else ""
        return seen, never if later == "later" else ""
    guesses = {
        sentence(s.LOSSES["first_loss_missing"]): wanted[1:],
        sentence(s.LOSSES["last_loss_missing"]): wanted[:-1],
        sentence(s.LOSSES["logged_before_update"]): np.append(wanted[:1], wanted[:-1]),
    }
    if len(losses) == len(wanted):
        seen = "right number of losses, but wrong losses: expected one before the first epoch, one after each"
    else:
        seen = f"{len(losses)} losses; expected {len(wanted)}: one before any epoch, one after each"
    return seen, the_one(guesses, losses) if len(wanted) > 2 else ""
