"""The order of an epoch, read from where it ends: of many examples, and in one call.

Every example has digits of its own in one of the weights; the gradient (`numbering`) writes the number of the
step there in which the example was used. All numbers are sums of powers of two, so that floats hold them
exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from autograder.judging.comparison import take_apart
from autograder.judging.fairness import Track
from autograder.rules.sgd_epoch.numbering import numbering
from autograder.sandbox.host import Outcome, Returned
from autograder.sandbox.inside.public import Public
from autograder.sandbox.inside.wire import RandomGenerator

_RATE = 0.5
# Bits of a float that hold digits; those of a mean over a mini-batch come behind them.
_BITS = 47


def arguments(track: Track, generator: RandomGenerator) -> tuple[Any, ...]:
    """What `sgd_epoch` is called with; the mini-batches are the track's, of a power of two examples each.

    Parameters
    ----------
    track
        How many examples there are, and in what mini-batches.
    generator
        Stands for the student's ``rng``.
    """
    X, y, w = _examples(track)
    return X, y, w, 1.0, _RATE, track.sizes[0], generator, Public.of(numbering, _RATE)


def pieces(outcomes: Sequence[Outcome], track: Track) -> list[np.ndarray | None]:
    """For each epoch the number of the mini-batch that each example was in; None where it is no pass over
    all.

    Parameters
    ----------
    outcomes
        Of calls with `arguments`, one for each epoch.
    track
        The one that these were made of.
    """
    bits, together = _layout(track)
    ends = np.array([_end(outcome, track) for outcome in outcomes])
    steps, places = len(track.sizes), np.arange(track.n)
    digits = np.round(ends[:, :-1] * track.sizes[0])
    fits = np.all(np.abs(digits) < 2.0 ** (_BITS + 1), axis=1) & (np.round(ends[:, -1]) == 1 + steps)
    whole = np.where(fits[:, None], digits, 0).astype(np.int64)
    numbers = whole[:, places // together] >> (bits * (places % together)) & (1 << bits) - 1
    expected = np.repeat(np.arange(1, steps + 1), track.sizes)
    fits &= np.all(np.sort(numbers, axis=1) == expected, axis=1)
    return [row - 1 if good else None for row, good in zip(numbers, fits, strict=True)]


def _end(outcome: Outcome, track: Track) -> np.ndarray:
    """The parameters that an epoch returned, b last; no numbers where they cannot be read."""
    _, _, w = _examples(track)
    value = outcome.value if isinstance(outcome, Returned) else None
    parts = [part.values for part in take_apart(value, (w, 0.0), ("w", "b"))]
    there = [part for part in parts if part is not None]
    return np.append(*there) if len(there) == len(parts) else np.full(len(w) + 1, np.nan)


def _layout(track: Track) -> tuple[int, int]:
    """Bits of a step's number, and how many such numbers one weight holds."""
    bits = len(track.sizes).bit_length()
    return bits, _BITS // bits


@lru_cache(maxsize=16)
def _examples(track: Track) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    bits, together = _layout(track)
    places = np.arange(track.n)
    X = np.zeros((track.n, -(-track.n // together)))
    X[places, places // together] = 2.0 ** (bits * (places % together))
    targets = np.random.default_rng(track.n).normal(size=track.n)
    return X, targets, np.zeros(X.shape[1])
