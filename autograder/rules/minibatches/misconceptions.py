"""What students get wrong in splitting examples into mini-batches, each with a function that does so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np

from autograder.judging.misconception import Misconception
from autograder.judging.sentences import sentence
from autograder.judging.wrong_orders import Order, about_orders, shuffled
from autograder.rules.minibatches.partitions import batch_sizes
from autograder.rules.minibatches.sentences import MISTAKES

Batches = list[np.ndarray]


def cut(order: np.ndarray, sizes: list[int]) -> Batches:
    """Consecutive pieces of these sizes."""
    return np.split(order, np.cumsum(sizes)[:-1])


def minibatches(n: int, batch_size: int, rng: np.random.Generator, *, order: Order = shuffled) -> Batches:
    """What is right."""
    return cut(order(rng, n), batch_sizes(n, batch_size))


def _otherwise(
    change: Callable[[Batches, int], Batches], n: int, batch_size: int, rng: np.random.Generator
) -> Batches:
    """Right batches, and what is made of them."""
    return change(minibatches(n, batch_size, rng), batch_size)


def _replaced(n: int, batch_size: int, rng: np.random.Generator) -> Batches:
    return [rng.integers(n, size=size) for size in batch_sizes(n, batch_size)]


def _whole(batches: Batches) -> np.ndarray:
    return np.concatenate(batches)


_CHANGES: Mapping[str, Callable[[Batches, int], Batches]] = {
    "last_batch_dropped": lambda batches, size: [batch for batch in batches if len(batch) == size],
    "one_batch": lambda batches, size: batches[:1],
    "full_batch": lambda batches, size: [_whole(batches)],
    "single_examples": lambda batches, size: np.split(_whole(batches), len(_whole(batches))),
    "even_split": lambda batches, size: np.array_split(_whole(batches), len(batches)),
    "small_batch_first": lambda batches, size: cut(_whole(batches), [len(b) for b in batches[::-1]]),
    "counted_from_one": lambda batches, size: [batch + 1 for batch in batches],
}
_FUNCTIONS: Mapping[str, Callable[..., Batches]] = {
    "with_replacement": _replaced,
    **{name: partial(_otherwise, change) for name, change in _CHANGES.items()},
}
MISCONCEPTIONS = (
    *(Misconception(name, sentence(text), _FUNCTIONS[name]) for name, text in MISTAKES.items()),
    *about_orders(minibatches, place=2),
)
