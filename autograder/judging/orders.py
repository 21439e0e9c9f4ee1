"""Order decoding: which mini-batches an epoch of SGD must have used, told from where it ends.

With few examples all ordered partitions into mini-batches can be simulated at once; the ones that end where
the student's epoch ended are the orders it can have used. Wrong loops are simulated in the same way, which
names the mistake.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

# Two ends are the same when they differ by less than this, relative to the parameters' size; partitions of
# the data chosen here end at least a thousand times as far apart.
SAME_END = 1e-9
# More sequences of batches take too long to simulate.
_MOST = 60_000


@dataclass(frozen=True)
class Problem:
    """A small data set and a model that the referee chose.

    The model is a linear one, or one sigmoid neuron; its loss is the MSE with ½.
    """

    X: np.ndarray
    y: np.ndarray
    w: np.ndarray
    b: float
    lr: float
    batch_size: int
    neuron: bool = False

    @property
    def n(self) -> int:
        """Number of examples."""
        return len(self.y)

    def predict(self, w: np.ndarray, b: float | np.ndarray, X: np.ndarray | None = None) -> np.ndarray:
        """Predictions; `w` may be (C, d) and `b` (C,) for C candidates, the result is then (C, n)."""
        z = w @ (self.X if X is None else X).T + np.expand_dims(b, -1)
        return 0.5 * (1 + np.tanh(z / 2)) if self.neuron else z

    def loss(self, w: np.ndarray, b: float | np.ndarray) -> np.ndarray:
        """The MSE over all examples, one for each candidate."""
        return np.asarray(((self.predict(w, b) - self.y) ** 2).mean(-1) / 2)

    def gradient(self, X: object, y: object, w: object, b: object) -> tuple[np.ndarray, float]:
        """The callable that students are given: the mean gradient over the batch.

        Raises
        ------
        ValueError
            When the arguments are no batch; the student's code sees the sentence.
        """
        d = self.X.shape[1]
        X, y, w = (np.asarray(value, float) for value in (X, y, w))
        b = float(np.asarray(b, float).reshape(()))
        if X.ndim != 2 or X.shape[1] != d or y.shape != (len(X),) or w.shape != (d,):
            raise ValueError(
                f"gradient(X, y, w, b) takes X of shape (m, {d}), y of shape (m,) and w of shape ({d},); "
                f"it was given {X.shape}, {y.shape} and {w.shape}"
            )
        if len(X) == 0:
            raise ValueError("gradient(X, y, w, b) was called with an empty batch")
        output = self.predict(w, b, X)
        error = output - y
        if self.neuron:
            error = error * output * (1 - output)
        return error @ X / len(y), float(error.mean())


@dataclass(frozen=True)
class Loop:
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


RIGHT = Loop("right", "")
WRONG = (
    Loop("last_batch_dropped", "The last, smaller mini-batch is left out.", batches="dropped"),
    Loop("ascent", "It climbs: each step goes along the gradient, not against it.", scale=-1.0),
    Loop("summed", "Each step is as many times too large as the mini-batch has examples.", divide="one"),
    Loop("averaged_over_n", "Each batch's sum is divided by n, not by the batch's size.", divide="n"),
    Loop("divided_again_by_n", "Each step is divided by the number n of all examples.", divide="batch*n"),
    Loop("divided_again_by_m", "Each step is divided by the batch's size once more.", divide="batch*batch"),
    Loop("divided_again_by_m", "Each step is divided by the batch's size once more.", divide="batch*m"),
    Loop("last_batch_divided_by_m", "The last, smaller mini-batch gets too small a weight.", divide="m"),
    Loop("stale", "All gradients are taken at the parameters from before the epoch.", stale=True),
    Loop("bias_not_updated", "The bias b never moves.", moves=("w",)),
    Loop("weights_not_updated", "The weights w never move.", moves=("b",)),
    Loop("learning_rate_twice", "The learning rate is multiplied in twice.", lr_twice=True),
    Loop("step_doubled", "Every step is twice too long.", scale=2.0),
    Loop("step_halved", "Every step is only half as long as it should be.", scale=0.5),
    Loop("bias_after_weights", "The gradient for b is taken after w has already moved.", b_after_w=True),
    Loop("full_batch", "One step with all examples at once is no mini-batch.", batches="full"),
    Loop("one_batch", "Only one mini-batch is used in an epoch.", batches="one"),
    Loop("single_examples", "It steps example by example: the batch size is not used.", batches="singles"),
    Loop("full_batch_repeated", "Every step uses all examples: they are to be split.", batches="full again"),
    Loop("even_split", "The batches are of equal size: only the last one may be smaller.", batches="even"),
    Loop(
        "ends_averaged",
        "Every mini-batch starts from the parameters before the epoch, and the ends are averaged.",
        stale=True,
        averaged=True,
    ),
    Loop(
        "normalised",
        "Each step has the length of the learning rate: the gradient's counts too.",
        normalised=True,
    ),
    Loop("small_batch_first", "The smaller mini-batch is not the last one.", batches="small first"),
    Loop("two_epochs", "It goes through the data twice: one epoch is one pass.", batches="twice"),
    Loop("overlapping", "The mini-batches overlap: some examples come twice, some never.", batches="overlap"),
    Loop(
        "with_replacement",
        "One example comes twice in an epoch, and another never: draw without replacement.",
        batches="replacement",
    ),
)


def batch_sizes(n: int, batch_size: int) -> list[int]:
    """Sizes of one epoch's mini-batches: consecutive, the last one smaller where n is no multiple."""
    return [min(batch_size, n - start) for start in range(0, n, batch_size)]


def _partitions(left: tuple[int, ...], sizes: Sequence[int]) -> Iterator[tuple[tuple[int, ...], ...]]:
    if not sizes:
        yield ()
        return
    for batch in itertools.combinations(left, sizes[0]):
        rest = tuple(i for i in left if i not in batch)
        for others in _partitions(rest, sizes[1:]):
            yield (batch, *others)


@lru_cache(maxsize=64)
def sequences(kind: str, n: int, batch_size: int) -> np.ndarray:
    """All sequences of batches of a kind, as multiplicities (sequence, step, example)."""
    everything = tuple(range(n))
    sizes = batch_sizes(n, batch_size)
    full = [size for size in sizes if size == batch_size]
    if kind == "partition":
        found = list(_partitions(everything, sizes))
    elif kind == "dropped":
        found = list(_partitions(everything, full)) if len(full) < len(sizes) else []
    elif kind == "one":
        found = list(_partitions(everything, sizes[:1])) if len(sizes) > 1 else []
    elif kind == "full":
        found = [(everything,)] if len(sizes) > 1 else []
    elif kind == "singles":
        found = list(_partitions(everything, [1] * n)) if n <= 7 and batch_size > 1 else []
    elif kind == "full again":
        found = [(everything,) * len(sizes)] if len(sizes) > 1 else []
    elif kind == "even":
        even = [len(part) for part in np.array_split(everything, len(sizes))]
        found = list(_partitions(everything, even)) if even != sizes else []
    elif kind == "small first":
        found = list(_partitions(everything, sizes[::-1])) if sizes != sizes[::-1] else []
    else:
        return _many_sequences(kind, n, sizes)
    return _counted(found, n)


def _counted(found: Sequence[Sequence[Sequence[int]]], n: int) -> np.ndarray:
    """Sequences of batches, of the same sizes in all of them, as multiplicities (sequence, step, example)."""
    if not found:
        return np.zeros((0, 0, n))
    counts = np.zeros((len(found), len(found[0]), n))
    steps = np.repeat(np.arange(len(found[0])), [len(batch) for batch in found[0]])
    examples = np.array([list(itertools.chain(*sequence)) for sequence in found])
    np.add.at(counts, (np.arange(len(found))[:, None], steps, examples), 1)
    return counts


def _many_sequences(kind: str, n: int, sizes: Sequence[int]) -> np.ndarray:
    """All sequences that are put together from any choice for each step; none where there are too many."""
    if kind == "twice":
        once = _counted(list(_partitions(tuple(range(n)), sizes)), n)
        parts = [once, once]
    else:
        pick = itertools.combinations if kind == "overlap" else itertools.combinations_with_replacement
        parts = [_counted([[batch] for batch in pick(range(n), size)], n) for size in sizes]
    if math.prod(map(len, parts)) > _MOST:
        return np.zeros((0, len(sizes), n))
    places = np.indices([len(part) for part in parts]).reshape(len(parts), -1)
    counts = np.concatenate([part[place] for part, place in zip(parts, places, strict=True)], axis=1)
    return counts if kind == "twice" else counts[(counts.sum(axis=1) == 0).any(axis=1)]


def ends(problem: Problem, w: np.ndarray, b: float, loop: Loop) -> tuple[np.ndarray, np.ndarray]:
    """Where every candidate of a loop ends after one epoch from (w, b).

    Returns
    -------
    counts : array (C, T, n)
        The candidates' batches as multiplicities.
    ends : array (C, d + 1)
        Their parameters, b last.
    """
    counts = sequences(loop.batches, problem.n, problem.batch_size)
    W = np.repeat(w[None], len(counts), axis=0)
    B = np.full(len(counts), float(b))
    start = W, B
    lr = problem.lr * loop.scale * (problem.lr if loop.lr_twice else 1.0)
    lr /= counts.shape[1] if loop.averaged else 1

    def gradient(W: np.ndarray, B: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        output = problem.predict(W, B)
        error = (output - problem.y) * weights
        if problem.neuron:
            error = error * output * (1 - output)
        return error @ problem.X, error.sum(axis=1)

    for step in range(counts.shape[1]):
        weights = counts[:, step]
        size = weights.sum(axis=1)
        divisor = {
            "batch": size,
            "batch*batch": size * size,
            "batch*m": size * problem.batch_size,
            "batch*n": size * problem.n,
            "n": np.full_like(size, problem.n),
            "m": np.full_like(size, problem.batch_size),
            "one": np.ones_like(size),
        }[loop.divide]
        weights = weights / divisor[:, None]
        dW, dB = gradient(*(start if loop.stale else (W, B)), weights)
        if loop.normalised:
            length = np.sqrt((dW**2).sum(axis=1) + dB**2)
            dW, dB = dW / length[:, None], dB / length
        if "w" in loop.moves:
            W = W - lr * dW
        if loop.b_after_w:
            dB = gradient(W, B, weights)[1]
        if "b" in loop.moves:
            B = B - lr * dB
    return counts, np.column_stack([W, B])


def name_of(problem: Problem, got: np.ndarray) -> Loop | None:
    """The one wrong loop that leads to all these ends (K, d + 1)."""
    found = {
        loop.name: loop for loop in WRONG if decode(problem, problem.w, problem.b, loop, got) is not None
    }
    if "overlapping" in found:  # batches without replacement are some of those with it
        found.pop("with_replacement", None)
    return next(iter(found.values())) if len(found) == 1 else None


def decode(problem: Problem, w: np.ndarray, b: float, loop: Loop, got: np.ndarray) -> list[np.ndarray] | None:
    """For each end (K, d + 1), the batches that lead there, as multiplicities (T, n).

    None when one of them cannot be reached by this loop at all.
    """
    counts, reachable = ends(problem, w, b, loop)
    if not len(counts):
        return None
    found = []
    for end in got:
        distance = np.abs(reachable - end).max(axis=1)
        nearest = int(distance.argmin())
        if not distance[nearest] <= SAME_END * (1 + np.abs(end).max()):
            return None
        found.append(counts[nearest])
    return found


def draw_problem(
    random: np.random.Generator, n: int, batch_size: int, lr: float, *, neuron: bool = False
) -> Problem:
    """A problem whose ordered partitions all end in clearly different places."""
    while True:
        X = random.normal(size=(n, 2))
        y = (random.random(n) < 0.5).astype(float) if neuron else X @ [1.5, -0.7] + random.normal(size=n)
        if neuron and len(set(y.tolist())) == 1:
            continue
        w, b = random.uniform(0.3, 1.0, 2) * random.choice([-1, 1], 2), float(random.uniform(0.3, 0.8))
        problem = Problem(X, y, w, b, lr, batch_size, neuron)
        _, reached = ends(problem, w, b, RIGHT)
        direction = np.array([1.0, 1.7, -0.6])  # distances along one line are distances at least
        if len(reached) < 2 or np.diff(np.sort(reached @ direction)).min() > 1e3 * SAME_END * 4:
            return problem


# ---------------------------------------------------------------------------------- randomness


@dataclass(frozen=True)
class Shuffling:
    """What many decoded epochs say about the order: empty where nothing is wrong."""

    problem: str = ""
    misconception: str | None = None


ORDERS = {
    "no_shuffle": "The examples always come in the order of the file: shuffle them.",
    "no_reshuffle": "Every epoch uses the same order: draw a new one each time.",
    "few_orders": "All orders must be possible.",
    "biased": "Some examples come early or late too often: all orders must be equally likely.",
}
# A right shuffle is called unfair less than once in a thousand million students.
_UNFAIR = 1e-9


def judge_shuffling(epochs: Sequence[np.ndarray], possible: int) -> Shuffling:
    """Whether the orders are fresh and every one is equally likely.

    Parameters
    ----------
    epochs
        Batches of each epoch as multiplicities (T, n), all of one shape.
    possible
        How many orders there are.
    """
    stacked = np.stack(epochs)
    count, steps, n = stacked.shape
    distinct = len({epoch.tobytes() for epoch in stacked})
    if distinct == 1 and count > 1:
        in_file_order = np.all(np.diff(stacked[0].T @ np.arange(steps)) >= 0)
        if in_file_order:
            return Shuffling(ORDERS["no_shuffle"], "no_shuffle")
        return Shuffling(ORDERS["no_reshuffle"], "no_reshuffle")
    # P(all epochs lie in some set of `distinct` orders), bounded by the union over all such sets
    logarithm = (
        math.lgamma(possible + 1) - math.lgamma(distinct + 1) - math.lgamma(possible - distinct + 1)
        + count * math.log(distinct / possible)
    )  # fmt: skip
    if distinct < possible and logarithm < math.log(_UNFAIR):
        return Shuffling(f"{ORDERS['few_orders']} Only {distinct} came in {count} epochs.", "few_orders")
    counts = stacked.sum(axis=0)
    expected = stacked[0].sum(axis=1)[:, None] * count / n * np.ones(n)
    statistic = float(((counts - expected) ** 2 / expected).sum())
    freedom = (steps - 1) * (n - 1)
    uneven = statistic > _chi_square_bound(freedom) or _rarest(counts, expected, count) < _UNFAIR
    if steps > 1 and uneven:
        return Shuffling(ORDERS["biased"], "biased")
    return Shuffling()


def _rarest(counts: np.ndarray, expected: np.ndarray, epochs: int) -> float:
    """A bound on the probability that a fair shuffle puts any example into any one batch so often, or so
    seldom: the smallest binomial tail, times how many there are. One example that never moves shows here."""

    def tail(p: float, times: Iterable[int]) -> float:
        return sum(math.comb(epochs, k) * p**k * (1 - p) ** (epochs - k) for k in times)

    tails = [
        min(tail(mean / epochs, range(int(seen), epochs + 1)), tail(mean / epochs, range(int(seen) + 1)))
        for seen, mean in zip(counts.ravel(), expected.ravel(), strict=True)
    ]
    return 2 * len(tails) * min(tails)


def _chi_square_bound(freedom: int) -> float:
    """A bound that a χ² variable exceeds with probability below 1e-9 (Laurent and Massart 2000, Lemma 1),
    with half as much again, as small counts have heavier tails."""
    x = -math.log(_UNFAIR)
    return 1.5 * (freedom + 2 * math.sqrt(freedom * x) + 2 * x)
