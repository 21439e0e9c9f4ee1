"""All the ways in which an epoch can be cut into mini-batches, right ones and wrong ones."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

# More sequences of batches take too long to simulate.
_MOST = 60_000


def batch_sizes(n: int, batch_size: int) -> list[int]:
    """Sizes of one epoch's mini-batches: consecutive, the last one smaller where n is no multiple.

    Parameters
    ----------
    n
        Number of examples.
    batch_size
        Examples in a full mini-batch.
    """
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
    """All sequences of batches of a kind, as multiplicities (sequence, step, example).

    Parameters
    ----------
    kind
        A way to cut an epoch; ``"partition"`` is the right one. Another one has no sequences where it would
        be the right one, too, or where they are too many.
    n
        Number of examples.
    batch_size
        Examples in a full mini-batch.
    """
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
