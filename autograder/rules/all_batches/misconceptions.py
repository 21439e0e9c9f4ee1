"""What students get wrong in the mean over all batches, each with a function that does so."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain, combinations, combinations_with_replacement, product
from typing import Any

import numpy as np

from autograder.judging.misconception import Misconception
from autograder.rules.all_batches import sentences as s

Batches = Callable[[int, int], Iterable[tuple[int, ...]]]
Gradient = Callable[..., tuple[np.ndarray, float]]


def _all(n: int, m: int) -> Iterable[tuple[int, ...]]:
    return combinations(range(n), m)


def _pieces(n: int, m: int) -> Iterable[tuple[int, ...]]:
    return [tuple(range(start, min(start + m, n))) for start in range(0, n, m)]


def _windows(n: int, m: int) -> Iterable[tuple[int, ...]]:
    return [tuple(range(start, start + m)) for start in range(n - m + 1)]


def _smaller_too(n: int, m: int) -> Iterable[tuple[int, ...]]:
    return chain.from_iterable(combinations(range(n), size) for size in range(1, m + 1))


@dataclass(frozen=True)
class Mean:
    """A mean over batches: as it is asked for, or wrong in one way.

    ``over`` says what the sum is divided by, given how many batches there are, n and m.
    """

    sentence: str
    batches: Batches = _all
    over: Callable[[int, int, int], float] = lambda count, n, m: count

    def __call__(
        self, X: Any, y: Any, w: Any, b: float, batch_size: int, gradient: Gradient
    ) -> tuple[np.ndarray, float]:
        """The mean (dw, db)."""
        n = len(y)
        chosen = [list(batch) for batch in self.batches(n, batch_size)]
        slopes = [gradient(X[batch], y[batch], w, b) for batch in chosen]
        over = self.over(len(chosen), n, batch_size)
        dw = np.sum([np.asarray(slope, float) for slope, _ in slopes], axis=0) / over
        return dw, float(sum(db for _, db in slopes) / over)


RIGHT = Mean("")
_WRONG = {
    "full_gradient": Mean(s.FULL, lambda n, m: [tuple(range(n))]),
    "one_epoch": Mean(s.ONE_EPOCH, _pieces),
    "neighbors": Mean(s.NEIGHBORS, _windows),
    "with_replacement": Mean(s.REPEATED, lambda n, m: product(range(n), repeat=m)),
    "repeated": Mean(s.REPEATED, lambda n, m: combinations_with_replacement(range(n), m)),
    "summed": Mean(s.SUMMED, over=lambda count, n, m: 1),
    "single_examples": Mean(s.SINGLES, lambda n, m: _all(n, 1)),
    "smaller_too": Mean(s.SMALLER_TOO, _smaller_too),
    "divided_again": Mean(s.DIVIDED_AGAIN, over=lambda count, n, m: count * m),
    "divided_by_n": Mean(
        "The sum over the batches is divided by n: divide it by the number of batches.",
        over=lambda count, n, m: n,
    ),
    "one_batch": Mean("Only the first batch is used.", lambda n, m: [tuple(range(m))]),
    "rest_of_the_batch": Mean(
        "The batches have n − batch_size examples: these are the examples to be left out.",
        lambda n, m: _all(n, (n - m) or n),
    ),
}
MISCONCEPTIONS = tuple(Misconception(name, mean.sentence, mean) for name, mean in _WRONG.items())
