"""Rule `Split`: a random partition into training, validation and test set, judged by its properties."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from autograder.judging.cases import failed
from autograder.judging.comparison import describe, read_indices
from autograder.judging.fairness import Track, judge_fairness, possible
from autograder.judging.membership import bets_on_masks, unfair, weighted
from autograder.judging.randomness import judge_seed, judge_shuffling
from autograder.judging.sentences import CHANGES_LATER, floats, outside, returned
from autograder.judging.trial import Finding, Judged, Trial, manners, not_yet, sentence
from autograder.rules.split.misconceptions import WRONG_SIZES, right_sizes
from autograder.rules.split.sentences import ORDERS, PARTITION, THREE_SETS
from autograder.sandbox.host import Outcome, Returned
from autograder.sandbox.inside.wire import RandomGenerator

NAMES = ("n", "validation", "test", "rng")
_SETS = ("train", "validation", "test")

Shares = tuple[int, float, float]

# No share of n ends in a half, so that every way to round gives the same.
_ORDINARY: tuple[Shares, ...] = ((10, 0.2, 0.3), (13, 0.3, 0.2), (9, 0.45, 0.1), (20, 0.38, 0.27))
_EDGES: dict[str, Shares] = {
    "no validation set": (8, 0, 0.25),
    "no test set": (8, 0.25, 0.0),
    "no training set": (4, 0.5, 0.5),
    "shares that leave too little for the test": (10, 0.7, 0.6),
    "all for validation": (5, 1, 0.4),
    "one example": (1, 0.2, 0.2),
    "shares of less than half an example": (3, 0.1, 0.15),
    "10,000 examples": (10_000, 0.2, 0.2),
}
_SHUFFLED: Shares = (12, 1 / 3, 1 / 3)
_CALLS = 60
# The sets' order is theirs to choose, and which of its places make which set.
_TRACKS = {
    Track((1, 1, 0), 8, unordered=True): (2, 0.5, 0.0),
    Track((1, 1, 1), 40, unordered=True): (3, 1 / 3, 1 / 3),
    Track((2, 2, 1), 45, unordered=True): (5, 0.4, 0.2),
}
_LARGE = Track((6000, 2000, 2000), 1, unordered=True, once=True)


def judge(trial: Trial) -> Judged:
    """Findings by check, and the outcomes of ordinary calls."""
    seed = int(trial.random.integers(1 << 62))

    def ask(*shares: Shares, seed: int = seed) -> list[Outcome]:
        generator = RandomGenerator(int(trial.random.integers(1 << 31)), seed)
        return trial.ask(*[(*each, generator) for each in shares])

    outcomes = ask(*_ORDINARY)
    findings = {
        "sizes": _sizes(trial, _ORDINARY, outcomes),
        "partition": _partition(trial, _ORDINARY, outcomes),
    }
    if not all(finding.passed for finding in findings.values()):
        return findings | not_yet("order", "edges", "form"), outcomes
    edge_outcomes = ask(*_EDGES.values())
    findings["edges"] = _edges(trial, edge_outcomes)
    findings["order"] = _order(trial, ask, outcomes[-1], edge_outcomes[-1], findings["edges"])
    form = _form([*outcomes, *edge_outcomes])
    if form.passed and findings["order"].passed and not _again(trial, seed):
        form = Finding(False, sentence(f"Right sets, but {CHANGES_LATER}"))
    return findings | {"form": form}, outcomes


def _right_sizes(n: int, validation: float, test: float) -> tuple[int, int, int]:
    held, tested = right_sizes(n, validation, test)
    return n - held - tested, held, tested


def _read(value: Any) -> list[np.ndarray] | str:
    """The three sets as index arrays, or what is wrong with the value."""
    if isinstance(value, np.ndarray) and value.ndim == 2:
        value = list(value)
    if not isinstance(value, list | tuple) or len(value) != 3:
        return returned(describe(value), THREE_SETS)
    sets = []
    for name, item in zip(_SETS, value, strict=True):
        array = read_indices(item)
        if array is None:
            return f"{name} is {describe(item)}; expected an array of indices"
        sets.append(array.ravel())
    return sets


def _told(shares: Shares) -> str:
    n, validation, test = shares
    return f"n = {n}, validation = {validation:.3g} and test = {test:.3g}"


def _sizes(
    trial: Trial, asked: Sequence[Shares], outcomes: Sequence[Outcome], *, named: bool = True
) -> Finding:
    """Whether every set has its size; one call alone tells of no mistake, and is not ``named``."""
    came: list[tuple[int, ...]] = []
    for shares, outcome in zip(asked, outcomes, strict=True):
        if not isinstance(outcome, Returned):
            return failed(_told(shares), outcome)
        sets = _read(outcome.value)
        if isinstance(sets, str):
            return Finding(False, sentence(f"With {_told(shares)} {sets}"))
        came.append(tuple(part.size for part in sets))
    wrong = [k for k, shares in enumerate(asked) if came[k] != _right_sizes(*shares)]
    if not wrong:
        return Finding(True, "Every set has its size.")
    shares, outcome, sizes = asked[wrong[0]], outcomes[wrong[0]], came[wrong[0]]
    assert isinstance(outcome, Returned)
    example = trial.example(NAMES[:3], shares, outcome.value)
    name, text = _named_sizes(asked, came) if named else (None, "")
    said = f"With {_told(shares)} the sizes of train, validation and test are {sizes}. {text}"
    return Finding(False, said.strip(), name, example)


def _named_sizes(asked: Sequence[Shares], came: Sequence[tuple[int, ...]]) -> tuple[str | None, str]:
    right = [_right_sizes(*shares) for shares in asked]
    if any(
        all(tuple(sizes[k] for k in order) == wanted for sizes, wanted in zip(came, right, strict=True))
        for order in ((0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0))
    ):
        return "sets_exchanged", ORDERS["sets_exchanged"]
    found = []
    for name, (text, sizes) in WRONG_SIZES.items():
        pairs = [sizes(*shares) for shares in asked]
        wanted = [
            (n - held - tested, held, tested) for (n, _, _), (held, tested) in zip(asked, pairs, strict=True)
        ]
        if list(came) == wanted:
            found.append((name, text))
    return found[0] if len(found) == 1 else (None, "")


def _problem(value: Any, n: int) -> str:
    """What is wrong with a partition of 0…n−1; empty where nothing is."""
    sets = _read(value)
    return sets if isinstance(sets, str) else _not_each_once(np.concatenate(sets), n)


def _not_each_once(indices: np.ndarray, n: int) -> str:
    if indices.size and (indices.min() < 0 or indices.max() >= n):
        return outside(n)
    different = set(indices[: n + 1].tolist())  # where there are more, some come twice
    if len(different) < indices.size:
        return "some examples come more than once"
    return f"only {len(different)} of {n} examples come" if len(different) < n else ""


def _partition(trial: Trial, asked: Sequence[Shares], outcomes: Sequence[Outcome]) -> Finding:
    for shares, outcome in zip(asked, outcomes, strict=True):
        if not isinstance(outcome, Returned):
            return failed(_told(shares), outcome)
        problem = _problem(outcome.value, shares[0])
        if problem:
            example = trial.example(NAMES[:3], shares, outcome.value)
            return Finding(False, sentence(f"With {_told(shares)} {problem}"), example=example)
    return Finding(True, PARTITION)


def _labels(outcome: Outcome, n: int, sizes: Sequence[int] | None = None) -> np.ndarray | None:
    """The number of the set that each example is in; None where it is no partition, or not of these sizes."""
    sets = _read(outcome.value) if isinstance(outcome, Returned) else ""
    if isinstance(sets, str):
        return None
    came = tuple(part.size for part in sets)
    indices = np.concatenate(sets)
    if (sizes is not None and came != tuple(sizes)) or _not_each_once(indices, n):
        return None
    labels = np.empty(n, int)
    labels[indices.astype(int)] = np.repeat(range(len(came)), came)
    return labels


def _order(
    trial: Trial, ask: Callable[..., list[Outcome]], larger: Outcome, largest: Outcome, edges: Finding
) -> Finding:
    n = _SHUFFLED[0]
    generator = RandomGenerator(*map(int, trial.random.integers([1 << 31, 1 << 62])))
    outcomes = trial.ask_values([(*_SHUFFLED, generator)] * _CALLS)
    finding = _partition(trial, [_SHUFFLED] * _CALLS, outcomes)
    if finding.passed:
        finding = _sizes(trial, [_SHUFFLED] * _CALLS, outcomes)
    if not finding.passed:
        return finding
    labels = [label for outcome in outcomes if (label := _labels(outcome, n)) is not None]
    partitions = possible(_right_sizes(*_SHUFFLED))
    name = judge_shuffling([np.eye(3)[label].T for label in labels], partitions).misconception
    if name in ("no_shuffle", "no_reshuffle"):
        sets = _labels(larger, _ORDINARY[-1][0])
        in_file_order = sets is not None and np.count_nonzero(np.diff(sets)) == 2
        name = "no_shuffle" if in_file_order else "no_reshuffle"
    if name is not None:
        return Finding(False, ORDERS[name], name)
    begun = {_LARGE: _pieces(largest, _EDGES["10,000 examples"])}
    unfair = judge_fairness(partial(_partitions, trial), [*_TRACKS], begun)
    if unfair is not None and (edges.passed or unfair.misconception):  # what breaks there has cost its points
        return Finding(False, unfair.sentence, unfair.misconception)
    if not _every_set_is_fair(trial, labels):
        return Finding(False, ORDERS["biased"], "biased")

    def run(**seed: int) -> list[Any]:
        asked = (*_ORDINARY, *[_SHUFFLED] * 3)
        pairs = zip(ask(*asked, **seed), asked, strict=True)
        return [_pieces(o, shares) for o, shares in pairs]

    first = run()  # in this process, on a generator of its own
    return judge_seed(trial, run, lambda: run(seed=int(trial.random.integers(1 << 62))), first)


def _every_set_is_fair(trial: Trial, labels: Sequence[np.ndarray]) -> bool:
    """Whether any examples are as likely to be in a set as any others; in case of doubt more is asked for."""
    n, share, _ = _SHUFFLED
    size = round(share * n)
    generator = RandomGenerator(*map(int, trial.random.integers([1 << 31, 1 << 62])))
    rounds, bets = [list(labels)], bets_on_masks(n, size, share) | weighted(n, size)

    def members(which: int, number: int) -> list[tuple[int, ...]]:
        if number == len(rounds):
            outcomes = trial.ask_values([(*_SHUFFLED, generator)] * _CALLS)
            found = [_pieces(outcome, _SHUFFLED) for outcome in outcomes]
            rounds.append([each for each in found if each is not None])
        return [tuple(np.flatnonzero(each == which).tolist()) for each in rounds[number]]

    for which in range(len(_SETS)):
        numbers = itertools.count(1)
        if unfair(bets, members(which, 0), lambda w=which, k=numbers: members(w, next(k))):  # type: ignore[misc]
            return False
    return True


def _partitions(trial: Trial, tracks: Sequence[Track]) -> list[list[np.ndarray | None]]:
    """For each call the set that every example is in."""
    shares = [_TRACKS.get(track, _EDGES["10,000 examples"]) for track in tracks]
    generator = RandomGenerator(*map(int, trial.random.integers([1 << 31, 1 << 62])))
    asked = [
        (*each, generator) for track, each in zip(tracks, shares, strict=True) for _ in range(track.count)
    ]
    outcomes = iter(trial.ask_values(asked))
    return [
        [_pieces(next(outcomes), each) for _ in range(track.count)]
        for track, each in zip(tracks, shares, strict=True)
    ]


def _pieces(outcome: Outcome, shares: Shares) -> np.ndarray | None:
    """The number of the set that each example is in; None where the sets are wrong."""
    return _labels(outcome, shares[0], _right_sizes(*shares))


def _edges(trial: Trial, outcomes: Sequence[Outcome]) -> Finding:
    for (name, shares), outcome in zip(_EDGES.items(), outcomes, strict=True):
        for finding in (
            _partition(trial, [shares], [outcome]),
            _sizes(trial, [shares], [outcome], named=False),
        ):
            if not finding.passed:
                text = finding.message[:1].lower() + finding.message[1:]
                return Finding(False, sentence(f"{name}: {text}"), fault=finding.fault)
    return Finding(True, f"Right with {', '.join(_EDGES)}.")


def _again(trial: Trial, seed: int) -> bool:
    """Whether two splits are two: where they share memory, both hold what the last one drew."""
    generator = RandomGenerator(int(trial.random.integers(1 << 31)), seed)
    first, other = (60, 0.3, 0.3, generator), (50, 0.2, 0.3, generator)
    outcomes = trial.reuse(first, other)
    labels: list[Any] = [_labels(o, each[0]) for o, each in zip(outcomes, (first, first, other), strict=True)]
    return all(label is not None for label in labels) and not np.array_equal(labels[0], labels[1])


def _form(outcomes: Sequence[Outcome]) -> Finding:
    for outcome in outcomes:
        if isinstance(outcome, Returned) and not isinstance(_read(outcome.value), str):
            if isinstance(outcome.value, np.ndarray):
                return Finding(False, "Right sets, but in one array; expected a tuple of three.")
            for name, item in zip(_SETS, outcome.value, strict=True):
                array = np.asarray(item)
                # an empty list is harmless: NumPy makes one of floats of it, but X[[]] is fine
                if array.dtype.kind != "i" and not array.size and isinstance(item, np.ndarray):
                    text = f"Right sets, but where {name} is empty {floats(f'X[{name}]')}."
                    return Finding(False, text)
                if array.dtype.kind != "i" and array.size:
                    return Finding(False, f"Right sets, but {floats('X[train]')}.")
                if array.ndim != 1:
                    return Finding(False, f"Right sets, but {name} has shape {array.shape}, not one axis.")
    impolite = manners(outcomes, NAMES)
    if impolite:
        return Finding(False, sentence(f"Right sets, but {impolite}"))
    return Finding(True, "Three integer arrays.")
