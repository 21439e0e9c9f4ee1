"""Rule `Minibatches`: one epoch's batches as index arrays, seen directly."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np

from autograder.judging.cases import failed, seen_with
from autograder.judging.comparison import describe, read_indices
from autograder.judging.fairness import Track, judge_fairness, possible
from autograder.judging.randomness import judge_seed, judge_shuffling
from autograder.judging.sentences import CHANGES_LATER, floats, outside, returned
from autograder.judging.trial import Finding, Judged, Trial, manners, not_yet, raises, sentence
from autograder.rules.minibatches.partitions import batch_sizes
from autograder.rules.minibatches.sentences import A_LIST, MISTAKES, ONE_ARRAY
from autograder.sandbox.host import Outcome, Returned
from autograder.sandbox.inside.wire import OfNumPy, RandomGenerator

NAMES = ("n", "batch_size", "rng")
_MOST_EXAMPLES = 10_000
_SHAPES = ((7, 3), (10, 4), (9, 2))
_SHUFFLED, _EPOCHS = (12, 5), 60
# more batches than Python's recursion limit has levels
_MANY = 1200
# Batches of one example tell the whole order; with many examples, larger ones tell enough.
_WHOLE = Track((1,) * _MANY, 1, once=True)
_TRACKS = (
    *(Track((1,) * n, count) for n, count in ((2, 8), (3, 30), (5, 30), (16, 10))),
    Track((8,) * 125, 2),
)
# for each example: what is returned beyond that is not looked into
_TOO_MANY = 10


def judge(trial: Trial) -> Judged:
    """Findings by check, and the outcomes of ordinary calls."""
    seed = int(trial.random.integers(1 << 62))

    def ask(*shapes: tuple[int, Any], seed: int = seed) -> list[Outcome]:
        generator = RandomGenerator(int(trial.random.integers(1 << 31)), seed)
        return trial.ask(*[(n, m, generator) for n, m in shapes])

    outcomes = ask(*_SHAPES)
    batches = _batches(trial, _SHAPES, outcomes)
    if not batches.passed:
        return {"batches": batches} | not_yet("order", "edges", "form"), outcomes
    generator = RandomGenerator(*map(int, trial.random.integers([1 << 31, 1 << 62])))
    watched = trial.ask(*[(*_SHUFFLED, generator)] * 10)
    many = [*watched, *trial.ask_values([(*_SHUFFLED, generator)] * (_EPOCHS - 10))]
    all_batches = _batches(trial, [_SHUFFLED] * _EPOCHS, many)
    edge_outcomes, edges = _edges(trial, ask)
    order = _order(trial, ask, many, edge_outcomes[-1], edges) if all_batches.passed else all_batches
    form = _form([*outcomes, *watched, *edge_outcomes])
    if form.passed and order.passed and not _again(trial, seed):
        form = Finding(False, sentence(f"Right batches, but {CHANGES_LATER}"))
    found = {"batches": batches if all_batches.passed else all_batches, "order": order, "edges": edges}
    return found | {"form": form}, outcomes


def stand_in(n: Any, batch_size: Any, rng: Any) -> list[np.ndarray]:
    """One epoch's batches, for functions that call a student's own `minibatches` while that is wrong.

    Parameters
    ----------
    n
        Number of examples.
    batch_size
        Examples in a full mini-batch.
    rng
        A number that was drawn from the student's generator.

    Raises
    ------
    ValueError
        When the arguments are not what ``minibatches(n, batch_size, rng)`` takes.
    """
    if any(type(number) is not int for number in (n, batch_size, rng)):
        raise ValueError("minibatches(n, batch_size, rng) takes two integers and a numpy.random.Generator")
    if batch_size < 1 or n < 1:
        raise ValueError(f"minibatches({n}, {batch_size}, rng): n and batch_size must be at least 1")
    if n > _MOST_EXAMPLES or rng < 0:
        raise ValueError(f"minibatches({n}, {batch_size}, rng): no call here has so many examples")
    order = np.random.default_rng(rng).permutation(n)
    return np.split(order, range(batch_size, n, batch_size))


def _read(value: Any, n: int) -> list[np.ndarray] | str:
    """The batches as index arrays, or what is wrong with the value."""
    if isinstance(value, np.ndarray) and value.ndim == 2 and len(value) <= _TOO_MANY * n:
        value = list(value)
    if not isinstance(value, list | tuple):
        return returned(describe(value), A_LIST)
    if len(value) > _TOO_MANY * n:
        return f"there are {len(value):,} batches of {n} examples"
    batches = []
    for item in value:
        array = read_indices(item)
        if array is None:
            return f"there is {describe(item)} in the list; expected arrays of indices only"
        batches.append(array)
    return batches


def _in_a_row(batches: Sequence[np.ndarray]) -> np.ndarray:
    """The indices of an epoch one after another."""
    return np.concatenate([batch.ravel() for batch in batches]) if batches else np.empty(0)


def _wrong(value: Any, n: int, batch_size: int) -> tuple[str, str | None]:
    """What is wrong with one epoch's batches, and its name; empty where nothing is."""
    batches = _read(value, n)
    if isinstance(batches, str):
        return batches, None
    return _wrong_with(batches, _in_a_row(batches), n, batch_size)


def _wrong_with(
    batches: Sequence[np.ndarray], indices: np.ndarray, n: int, batch_size: int
) -> tuple[str, str | None]:
    sizes, wanted = [b.size for b in batches], batch_sizes(n, batch_size)
    came = sorted(indices.tolist())
    if came == list(range(n)) and sizes == wanted:
        return "", None
    if came == list(range(1, n + 1)):
        return MISTAKES["counted_from_one"], "counted_from_one"
    if np.any(indices < 0) or np.any(indices >= n):
        return outside(n), None
    if len(set(indices.tolist())) < indices.size:
        name = "with_replacement" if sizes == wanted else None
        return MISTAKES["with_replacement"], name
    if sizes == wanted[:-1]:
        return MISTAKES["last_batch_dropped"], "last_batch_dropped"
    if sizes == wanted[:1] != wanted:
        return MISTAKES["one_batch"], "one_batch"
    if indices.size < n:
        return f"only {indices.size} of {n} examples come", None
    if sizes != wanted:
        name = _size_mistake(sizes, wanted)
        known = f". {sentence(MISTAKES[name])}" if name else ""
        return f"the batches have sizes {sizes}; expected {wanted}{known}", name
    return "", None


def _size_mistake(sizes: list[int], wanted: list[int]) -> str | None:
    n = sum(wanted)
    known = {
        "full_batch": [n],
        "single_examples": [1] * n,
        "small_batch_first": wanted[::-1],
        "even_split": [len(part) for part in np.array_split(np.arange(n), len(wanted))],
    }
    return next((name for name, others in known.items() if sizes == others), None)


def _batches(trial: Trial, shapes: Sequence[tuple[int, int]], outcomes: Sequence[Outcome]) -> Finding:
    for (n, m), outcome in zip(shapes, outcomes, strict=True):
        if not isinstance(outcome, Returned):
            return failed(f"n = {n} and batch size {m}", outcome)
        problem, name = _wrong(outcome.value, n, m)
        if problem:
            example = trial.example(NAMES[:2], (n, m), outcome.value)
            return Finding(False, sentence(f"With n = {n} and batch size {m} {problem}"), name, example)
    return Finding(True, "Every epoch is a partition of all examples into batches of the right sizes.")


def _multiplicities(outcome: Outcome) -> np.ndarray:
    assert isinstance(outcome, Returned)
    batches = _read(outcome.value, _SHUFFLED[0])
    counts = np.zeros((len(batches), _SHUFFLED[0]))
    for row, batch in zip(counts, batches, strict=True):
        row[np.asarray(batch, int).ravel()] = 1
    return counts


def _order(trial: Trial, ask: Any, outcomes: Sequence[Outcome], whole: Outcome, edges: Finding) -> Finding:
    """`whole` came of a call with very many batches of one example."""
    epochs = [_multiplicities(outcome) for outcome in outcomes]
    shuffling = judge_shuffling(epochs, possible(batch_sizes(*_SHUFFLED)))
    if shuffling.problem:
        return Finding(False, shuffling.problem, shuffling.misconception)
    unfair = judge_fairness(partial(_orders, trial), _TRACKS, {_WHOLE: _pieces(whole, _WHOLE)})
    if unfair is not None and (edges.passed or unfair.misconception):  # what breaks there has cost its points
        return Finding(False, unfair.sentence, unfair.misconception)

    def run(**seed: int) -> list[Any]:
        shapes = (*_SHAPES, *[_SHUFFLED] * 3)
        return [_one_order(o, *shape) for o, shape in zip(ask(*shapes, **seed), shapes, strict=True)]

    first = run()  # in this process, on a generator of its own
    return judge_seed(trial, run, lambda: run(seed=int(trial.random.integers(1 << 62))), first)


def _orders(trial: Trial, tracks: Sequence[Track]) -> list[list[np.ndarray | None]]:
    """For each call the batch that every example is in."""
    generator = RandomGenerator(*map(int, trial.random.integers([1 << 31, 1 << 62])))
    asked = [[(track.n, track.sizes[0], generator)] * track.count for track in tracks]
    outcomes = iter(trial.ask_values([*itertools.chain(*asked)]))
    return [[_pieces(next(outcomes), track) for _ in range(track.count)] for track in tracks]


def _pieces(outcome: Outcome, track: Track) -> np.ndarray | None:
    """The batch that every example is in; None where the batches are wrong."""
    order = _one_order(outcome, track.n, track.sizes[0])
    return None if order is None else track.pieces(order.astype(int))


def _one_order(outcome: Outcome, n: int, batch_size: int) -> np.ndarray | None:
    """The indices of an epoch one after another; None where its batches are wrong."""
    batches = _read(outcome.value, n) if isinstance(outcome, Returned) else ""
    if isinstance(batches, str):
        return None
    indices = _in_a_row(batches)
    return None if _wrong_with(batches, indices, n, batch_size)[0] else indices


def _edges(trial: Trial, ask: Any) -> tuple[list[Outcome], Finding]:
    cases = {
        "a batch size above n": (3, 5),
        "a batch size of n": (4, 4),
        "batches of one": (5, 1),
        "one example": (1, 3),
        "a batch size that is a number of NumPy's": (5, 2),
        f"{_MANY} batches": (_MANY, 1),
    }
    outcomes = ask(*[(n, OfNumPy(np.int64(m)) if "NumPy" in name else m) for name, (n, m) in cases.items()])
    for (name, (n, m)), outcome in zip(cases.items(), outcomes, strict=True):
        if not isinstance(outcome, Returned):
            return outcomes, failed(name, outcome)
        problem, _ = _wrong(outcome.value, n, m)
        if problem:
            return outcomes, Finding(False, seen_with(name, problem))
    for (n, m), outcome in zip(((5, 0), (5, -2)), ask((5, 0), (5, -2)), strict=True):
        if not raises(outcome, "ValueError"):
            text = f"minibatches({n}, {m}, rng) must raise ValueError: no batch has {m} examples."
            fault = None if isinstance(outcome, Returned) else outcome
            return outcomes, Finding(False, text, fault=fault)
    return outcomes, Finding(True, f"Right with {', '.join(cases)}, and a batch size below 1 is refused.")


def _again(trial: Trial, seed: int) -> bool:
    """Whether two epochs are two: where they share memory, both hold what the last one drew."""
    generator = RandomGenerator(int(trial.random.integers(1 << 31)), seed)
    first, other = (60, 7, generator), (40, 6, generator)
    outcomes = trial.reuse(first, other)
    orders: list[Any] = [
        _one_order(o, *each[:2]) for o, each in zip(outcomes, (first, first, other), strict=True)
    ]
    return all(order is not None for order in orders) and not np.array_equal(orders[0], orders[1])


def _form(outcomes: Sequence[Outcome]) -> Finding:
    for outcome in outcomes:
        if isinstance(outcome, Returned):
            batches = _read(outcome.value, _MANY)
            if isinstance(batches, str):
                continue
            if isinstance(outcome.value, np.ndarray):
                return Finding(False, f"Right batches, but {ONE_ARRAY}.")
            if any(b.dtype.kind != "i" for b in batches):
                return Finding(False, f"Right batches, but {floats('X[batch]')}.")
            if any(b.ndim != 1 for b in batches):
                return Finding(False, "Right batches, but not all of them are one-dimensional arrays.")
    impolite = manners(outcomes, NAMES)
    if impolite:
        return Finding(False, sentence(f"Right batches, but {impolite}"))
    return Finding(True, "A list of integer arrays.")
