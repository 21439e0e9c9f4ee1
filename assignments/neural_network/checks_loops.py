"""Watches the outer loops: whether what they return follows from the callables that they are given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from checks import MistakeError, Trial, show

CLOSE = 1e-8


# -- gradient descent


def gradient_descent(trial: Trial) -> None:
    """Rule: the iterates of a descent in a small valley, step by step from what came back."""
    A = np.array([[1.2, 0.3, 0.0], [0.3, 0.8, -0.2], [0.0, -0.2, 0.5]])
    v0 = np.array([2.0, -1.0, 1.5])

    def slope(v: Any) -> np.ndarray:
        return A @ np.asarray(v, float).reshape(3) - 1.0

    def fading(t: Any) -> float:
        return 0.5 / (1.0 + float(t))

    runs = [
        _descent(trial, "a constant lr, 6 steps", slope, v0, 0.3, 6),
        _descent(trial, "lr as a function of t, 5 steps", slope, v0, fading, 5),
    ]
    _descent(trial, "no step at all", slope, v0, 0.3, 0)
    _descent(trial, "a start of integers", slope, np.array([3, -2, 1]), 0.3, 4)
    _descent(trial, "one parameter", lambda v: 2.0 * np.asarray(v, float), np.array([1.5]), 0.2, 4)
    _descent(trial, "2000 steps", lambda v: 0.01 * np.asarray(v, float), np.array([1.5]), 0.1, 2000)
    if np.shares_memory(*runs):
        trial.fault("two calls", "they return the same array: make a new one in every call")


def _descent(
    trial: Trial, where: str, slope: Callable[[Any], Any], v0: np.ndarray, lr: Any, steps: int
) -> Any:
    value = trial.call(where, slope, v0, lr, steps)
    asked = (steps + 1, len(v0))
    V = numbers(value)
    if V is None or V.shape != asked:
        found = "no array of numbers" if V is None else f"shape {V.shape}"
        found = show(value) if value is None else found
        off_by_one = V is not None and V.shape == (steps, len(v0))
        likely = (
            "There is one iterate too few: v0 is the first, and the last step counts." if off_by_one else ""
        )
        seen = f"it returned {found}, where shape {asked} is asked for: (steps + 1, d)"
        raise MistakeError(where, seen, likely)
    aliased = "Is one array changed in place and kept again and again?"
    if steps > 1 and not np.ptp(V, axis=0).any():
        raise MistakeError(where, "all rows are the same", aliased)
    if not np.array_equal(V[0], v0):
        raise MistakeError(where, f"the first row is {show(V[0])}, where v0 = {show(v0)} is asked for")
    if steps == 0:
        return V
    slopes = np.array([slope(v) for v in V[:-1]])
    moves = V[1:] - V[:-1]
    rates = np.array([lr(t) if callable(lr) else lr for t in range(steps)])
    if np.allclose(moves, -rates[:, None] * slopes, CLOSE, 1e-10):
        return V
    with np.errstate(all="ignore"):
        ratios = np.median(moves / slopes, axis=1)
    one_factor = np.allclose(moves, ratios[:, None] * slopes, 1e-6, 1e-9)
    if not one_factor:
        likely = aliased if not moves[:-1].any() or not moves[1:].any() else ""
        raise MistakeError(
            where, "the way from a row to the next is not along the gradient at that row", likely
        )
    seen = f"each step is the gradient times {show(ratios[:4])} …, where −lr is {show(-rates[:4])} …"
    guesses = {"It goes uphill: which sign has the step?": rates}
    if callable(lr):
        later = np.array([lr(t + 1) for t in range(steps)])
        guesses["The first step has t = 0; here t seems to begin at 1."] = -later
        guesses["lr is asked for once only; it changes with t."] = np.full(steps, -rates[0])
    raise MistakeError(where, seen, the_one(guesses, ratios))


# -- training


def train(trial: Trial) -> None:
    """Rule: the outer loop, with an epoch that counts and a loss that is looked up in a table."""
    falling = [4.0, 2.5, 1.7, 1.3, 1.1, 0.95, 0.9]
    slowing = [8.0, 4.0, 2.0, 1.5, 1.25, 1.125, 1.0]
    rising = [5.0, 3.0, 2.0, 2.5, 2.25, 1.0, 0.5]
    equal = [5.0, 3.0, 2.0, 2.0, 1.5, 1.0, 0.5]
    _training(trial, "5 epochs", falling, 5, 5)
    _training(trial, "6 epochs and tolerance None", falling, 6, 6, None)
    _training(trial, "a tolerance that is reached", slowing, 6, 5, 0.2)
    _training(trial, "a fall by exactly the tolerance", slowing, 6, 5, 0.25)
    _training(trial, "a tolerance of 0 and a loss that rises", rising, 6, 3, 0.0)
    _training(trial, "a tolerance of 0 and a loss that stays", equal, 6, 6, 0.0)
    _training(trial, "a rise by more than the tolerance", [5.0, 3.0, 6.0, 2.0, 1.0], 4, 2, 0.5)
    _training(trial, "a tolerance that is never reached", falling, 4, 4, 1e-6)
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
        raise MistakeError(where, f"it returned {show(value)}, where a tuple (w, b, losses) is asked for")
    losses, last = numbers(value[2]), numbers(value[1])
    if losses is None or losses.ndim != 1:
        raise MistakeError(where, f"losses is {show(value[2])}, where a sequence of floats is asked for")
    wanted = np.array(table[: count + 1])
    if not (losses.shape == wanted.shape and np.allclose(losses, wanted, CLOSE)):
        raise MistakeError(
            where, *_losses(losses, wanted, max_epochs, bool(tolerance)), returned=f"losses = {show(losses)}"
        )
    expected = np.array([2.0, -3.0]) + 0.5 * count
    first = numbers(value[0])
    if last is None or first is None or last.size != 1 or first.size != 2:
        raise MistakeError(where, f"w and b are {show(value[:2])}, where shapes (2,) and () are asked for")
    if not (np.allclose(first, expected, CLOSE, 0) and np.allclose(last, 10.0 + count)):
        seen = f"w = {show(first)} and b = {show(last)} are not what the last epoch returned"
        raise MistakeError(where, seen)
    if first.shape != (2,) or last.shape != ():
        trial.fault(
            where, f"w and b have shapes {first.shape} and {last.shape}, where (2,) and () are asked for"
        )


def _losses(losses: np.ndarray, wanted: np.ndarray, max_epochs: int, stops: bool) -> tuple[str, str]:
    """What is seen in a wrong learning curve, and the mistake it tells of."""
    shared = min(len(losses), len(wanted))
    if stops and shared and np.allclose(losses[:shared], wanted[:shared]):
        later = "later" if len(losses) > len(wanted) else "earlier"
        seen = f"it stops after epoch {len(losses) - 1}, {later} than asked for"
        never = (
            "It runs to max_epochs: does the tolerance count at all?" if len(losses) == max_epochs + 1 else ""
        )
        return seen, never if later == "later" else ""
    guesses = {
        "The loss from before the first epoch is missing.": wanted[1:],
        "The loss after the last epoch is missing.": wanted[:-1],
        "Each loss is taken before its epoch; after it is asked for.": np.append(wanted[:1], wanted[:-1]),
    }
    if len(losses) == len(wanted):
        seen = "as many losses as asked for, but not those: one before the first epoch and one after each"
    else:
        seen = (
            f"{len(losses)} losses, where {len(wanted)} are asked for: one before any epoch, one after each"
        )
    return seen, the_one(guesses, losses) if len(wanted) > 2 else ""


# -- small things, also for checks_batches


def numbers(value: Any) -> np.ndarray | None:
    """The numbers of a value as floats, or None where it is not made of numbers alone."""
    try:
        array = np.asarray(value)
    except ValueError:
        return None
    return array.astype(float) if array.dtype.kind in "iuf" or array.size == 0 else None


def the_one(guesses: dict[str, np.ndarray], got: np.ndarray) -> str:
    """The sentence whose numbers are these, if there is exactly one."""
    fits = [
        text
        for text, numbers in guesses.items()
        if numbers.shape == got.shape and np.allclose(numbers, got, 1e-6, 1e-9)
    ]
    return fits[0] if len(fits) == 1 else ""
