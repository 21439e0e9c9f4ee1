"""What students get wrong in an epoch of SGD: ways to go through one, each of which is a function too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.judging.misconception import Misconception
from autograder.judging.sentences import CLIMBS, HALF_AS_LONG, RATE_TWICE, TWICE_AS_LONG
from autograder.judging.wrong_orders import Order, about_orders, shuffled
from autograder.rules.minibatches.misconceptions import cut
from autograder.rules.minibatches.partitions import batch_sizes, sequences
from autograder.rules.sgd_epoch import sentences as s

Gradient = Callable[..., tuple[np.ndarray, float]]


@dataclass(frozen=True)
class Epoch:
    """A way to go through an epoch: which batches, and what is done with each.

    ``batches`` names a set of sequences of batches; ``divide`` says what a batch's sum is divided by;
    ``scale`` multiplies the learning rate.
    """

    name: str
    sentence: str
    batches: str = "partition"
    divide: str = "batch"
    scale: float = 1.0
    lr_twice: bool = False
    normalised: bool = False
    averaged: bool = False
    stale: bool = False
    moves: tuple[str, ...] = ("w", "b")
    b_after_w: bool = False

    def rate(self, lr: float, steps: int) -> float:
        """By what the gradients are multiplied, in an epoch of so many steps."""
        return lr * self.scale * (lr if self.lr_twice else 1.0) / (steps if self.averaged else 1)

    def divisor(self, size: Any, n: int, batch_size: int) -> Any:
        """What the sum over a batch of this size, or over each of many, is divided by."""
        return {
            "batch": size,
            "batch*batch": size * size,
            "batch*m": size * batch_size,
            "batch*n": size * n,
            "n": 0 * size + n,
            "m": 0 * size + batch_size,
            "one": 0 * size + 1,
        }[self.divide]

    def __call__(
        self,
        X: np.ndarray,
        y: np.ndarray,
        w: np.ndarray,
        b: float,
        lr: float,
        batch_size: int,
        rng: np.random.Generator,
        gradient: Gradient,
        *,
        order: Order = shuffled,
    ) -> tuple[np.ndarray, float]:
        """One epoch in this way: where w and b end."""
        w, b = w.astype(float), float(b)
        start, batches = (w, b), self._drawn(len(y), batch_size, rng, order)
        rate = self.rate(lr, len(batches))
        for batch in batches:
            share = len(batch) / self.divisor(len(batch), len(y), batch_size)
            dw, db = gradient(X[batch], y[batch], *(start if self.stale else (w, b)))
            if self.normalised:
                share /= np.sqrt(dw @ dw + db**2)
            if "w" in self.moves:
                w = w - rate * share * dw
            if self.b_after_w:
                db = gradient(X[batch], y[batch], w, b)[1]
            if "b" in self.moves:
                b = b - rate * share * db
        return w, b

    def _drawn(self, n: int, batch_size: int, rng: np.random.Generator, order: Order) -> list[np.ndarray]:
        """Batches as this way takes them; right ones where it has none of its own for this size."""
        if self.batches != "partition" and len(counts := sequences(self.batches, n, batch_size)):
            return [np.repeat(np.arange(n), times.astype(int)) for times in counts[rng.integers(len(counts))]]
        return cut(order(rng, n), batch_sizes(n, batch_size))


RIGHT = Epoch("right", "")
WRONG = (
    Epoch("last_batch_dropped", s.LAST_DROPPED, batches="dropped"),
    Epoch("ascent", CLIMBS, scale=-1.0),
    Epoch("summed", s.SUMMED, divide="one"),
    Epoch("averaged_over_n", "Each batch's sum is divided by n, not by the batch size.", divide="n"),
    Epoch("divided_again_by_n", "Each step is divided by the number n of all examples.", divide="batch*n"),
    Epoch("divided_again_by_m", s.DIVIDED_AGAIN, divide="batch*batch"),
    Epoch("divided_again_by_m", s.DIVIDED_AGAIN, divide="batch*m"),
    Epoch("last_batch_divided_by_m", s.LAST_TOO_LIGHT, divide="m"),
    Epoch("stale", "All gradients are taken at the parameters from before the epoch.", stale=True),
    Epoch("bias_not_updated", s.BIAS_STAYS, moves=("w",)),
    Epoch("weights_not_updated", s.WEIGHTS_STAY, moves=("b",)),
    Epoch("learning_rate_twice", RATE_TWICE, lr_twice=True),
    Epoch("step_doubled", TWICE_AS_LONG, scale=2.0),
    Epoch("step_halved", HALF_AS_LONG, scale=0.5),
    Epoch("bias_after_weights", "The gradient for b is taken after w has already moved.", b_after_w=True),
    Epoch("full_batch", s.FULL_BATCH, batches="full"),
    Epoch("one_batch", "Only one mini-batch is used in an epoch.", batches="one"),
    Epoch("single_examples", "It steps example by example: the batch size is not used.", batches="singles"),
    Epoch(
        "full_batch_repeated",
        "Every step uses all examples: split them into mini-batches.",
        batches="full again",
    ),
    Epoch("even_split", "The batches have equal sizes: only the last may be smaller.", batches="even"),
    Epoch(
        "ends_averaged",
        "Every mini-batch starts from the parameters before the epoch, and the ends are averaged.",
        stale=True,
        averaged=True,
    ),
    Epoch(
        "normalised",
        "The length of each step is the learning rate: the length of the gradient counts too.",
        normalised=True,
    ),
    Epoch("small_batch_first", "The smaller mini-batch is not the last one.", batches="small first"),
    Epoch("two_epochs", "It goes through the data twice: one epoch is one pass.", batches="twice"),
    Epoch(
        "overlapping", "The mini-batches overlap: some examples come twice, some never.", batches="overlap"
    ),
    Epoch(
        "with_replacement",
        s.REPLACED,
        batches="replacement",
    ),
)


def _apart(
    X: np.ndarray, y: np.ndarray, w: np.ndarray, b: float, lr: float, m: int, rng: Any, gradient: Gradient
) -> tuple[np.ndarray, float]:
    return RIGHT(X[rng.permutation(len(y))], y[rng.permutation(len(y))], w, b, lr, m, rng, gradient)


def _of_a_line(X: np.ndarray, y: np.ndarray, w: np.ndarray, b: float) -> tuple[np.ndarray, float]:
    """The gradient of the MSE of a linear model, which is not asked for."""
    error = X @ w + b - y
    return error @ X / len(y), float(error.mean())


def _no_update(X: Any, y: Any, w: np.ndarray, b: float, *_: Any) -> tuple[np.ndarray, float]:
    return w, b


def _own_gradient(*arguments: Any) -> tuple[np.ndarray, float]:
    X, y, w, b, lr, m, rng, _ = arguments
    return RIGHT(X, y, w, b, lr, m, rng, _of_a_line)


NO_UPDATE = Misconception("no_update", f"{s.NO_UPDATE}.", _no_update)
APART = Misconception("shuffled_apart", s.APART, _apart)
OWN_GRADIENT = Misconception(
    "own_gradient",
    "It computes a gradient of its own: call the `gradient` that is given, so that it trains any model.",
    _own_gradient,
)
MISCONCEPTIONS = (
    NO_UPDATE,
    APART,
    OWN_GRADIENT,
    *{epoch.name: Misconception(epoch.name, epoch.sentence, epoch) for epoch in WRONG}.values(),
    *about_orders(RIGHT, place=6),
)
