"""Bets on where examples go: by where they stood, by where they went last time, by where their neighbor went.

A bet is a density over (from, to), both between 0 and 1. Examples are seen one after another; the density of
the piece that one is in is divided by its average over the room that is left in all pieces, which makes the
bet a fair one. Examples with one and the same density are seen together: the average of a product over draws
without replacement is at most that over draws with replacement (Hoeffding 1963, theorem 4).
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from functools import lru_cache

import numpy as np

_GRID = 48
# Neighboring pieces are put together until there are no more than this.
_PIECES = 16
# The density whose examples are seen from the last one to the first: so it wins more.
_UPWARD = "swaps"


def bets_on_places(
    pieces: np.ndarray, sizes: tuple[int, ...], last: np.ndarray | None, unordered: bool
) -> dict[str, float]:
    """What bets on the pieces that examples are in win, as logarithms.

    Parameters
    ----------
    pieces
        Of each example the number of its piece.
    sizes
        Of the pieces.
    last
        The pieces of the order before.
    unordered
        Whether any order of the pieces is bet on: nobody said which one comes first.
    """
    groups, sums = _together(sizes)
    seen = groups[pieces]
    n = len(pieces)
    rows = np.arange(n) * _GRID // n
    bets = {}
    arrangements = list(itertools.permutations(range(len(sums)))) if unordered else [tuple(range(len(sums)))]
    for k, arrangement in enumerate(arrangements):
        names, densities, starts = _densities(sums, arrangement)
        for name, won in zip(names, _won(densities, rows, seen, sums), strict=True):
            bets[f"places:{name}{k}"] = won
        if last is not None:
            before = starts[groups[last]]
            for name, won in zip(names, _won(densities, before, seen, sums), strict=True):
                bets[f"again:{name}{k}"] = won
    return bets | _with_the_neighbor(seen, np.array(sums))


@lru_cache(maxsize=64)
def _together(sizes: tuple[int, ...]) -> tuple[np.ndarray, tuple[int, ...]]:
    """Of each piece the number of its group, and the groups' sizes."""
    groups = np.arange(len(sizes)) * min(len(sizes), _PIECES) // len(sizes)
    return groups, tuple(np.bincount(groups, sizes).astype(int).tolist())


@lru_cache(maxsize=64)
def _densities(
    sizes: tuple[int, ...], arrangement: tuple[int, ...]
) -> tuple[tuple[str, ...], np.ndarray, np.ndarray]:
    """All densities by name, with one row for each place on the grid and one column for each piece, where the
    pieces stand in this arrangement; and the row of each piece's middle."""
    ends = np.zeros(len(sizes) + 1)
    ends[1:] = np.cumsum([sizes[k] for k in arrangement]) / sum(sizes)
    grid = np.arange(_GRID + 1) / _GRID
    tables = _tables()
    densities = np.empty((len(tables), _GRID, len(sizes)))
    middles = np.empty(len(sizes), int)
    for place, k in enumerate(arrangement):
        low, high = ends[place], ends[place + 1]
        share = np.clip(np.minimum(grid[1:], high) - np.maximum(grid[:-1], low), 0, None)
        total = share.sum()
        densities[:, :, k] = np.stack([*tables.values()]) @ (share / total) if total else 1.0
        middles[k] = min(int((low + high) / 2 * _GRID), _GRID - 1)
    return tuple(tables), densities, middles


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, np.ndarray]:
    """Densities over (from, to)."""
    middle = (np.arange(_GRID) + 0.5) / _GRID - 0.5
    swaps = _naive_swaps()
    tables = {_UPWARD: swaps, "swaps down": swaps[::-1, ::-1]}
    for slope in (-6.0, -1.8, 1.8, 6.0):
        tables[f"trend {slope}"] = np.exp(slope * np.outer(middle, middle))
    for parts, times in ((2, 1.3), (2, 4.0), (8, 1.5), (8, 6.0), (16, 2.0), (16, 12.0)):
        part = np.arange(_GRID) * parts // _GRID
        tables[f"near {parts} {times}"] = np.where(part[:, None] == part, times, 1.0)
    return tables


def _naive_swaps() -> np.ndarray:
    """Where examples go when each in turn is swapped with any one, itself included.

    At its own turn an example goes to any place; until then, and after, it comes to the place whose turn it
    is with probability 1/n. Solved for n = 5 `_GRID`, and averaged.
    """
    n = 5 * _GRID
    stays = 1 - 1 / n
    at_turn = np.zeros((n, n))  # (turn, example): the probability that it stands there before that turn
    arrived = np.zeros(n)
    for turn in range(n):
        at_turn[turn] = arrived
        at_turn[turn, turn] += stays**turn
        arrived = stays * arrived + at_turn[turn] / n
    ends, later = np.empty((n, n)), np.zeros(n)
    for place in range(n - 1, -1, -1):
        ends[:, place] = stays ** (n - 1 - place) / n + later
        later += at_turn[place] / n * stays ** (n - 1 - place)
    return n * ends.reshape(_GRID, 5, _GRID, 5).mean(axis=(1, 3))


def _won(densities: np.ndarray, rows: np.ndarray, seen: np.ndarray, sizes: tuple[int, ...]) -> np.ndarray:
    """What each density wins: the examples of one row of the grid after those of another."""
    width = len(sizes)
    counts = np.bincount(rows * width + seen, minlength=_GRID * width).reshape(_GRID, width)
    downward = _won_along(densities[1:], counts, sizes)
    return np.append(_won_along(densities[:1, ::-1], counts[::-1], sizes), downward)


def _won_along(densities: np.ndarray, counts: np.ndarray, sizes: tuple[int, ...]) -> np.ndarray:
    left = np.array(sizes) - np.cumsum(counts, axis=0) + counts
    there = counts.sum(axis=1)
    average = np.einsum("tgl,gl->tg", densities, left) / np.maximum(left.sum(axis=1), 1)
    return np.asarray(
        np.einsum("tgl,gl->t", np.log(densities), counts) - np.log(np.where(there, average, 1.0)) @ there
    )


def _with_the_neighbor(seen: np.ndarray, sizes: np.ndarray) -> dict[str, float]:
    """What it wins to bet that an example is in the piece of the one before it, so many times as likely."""
    n = len(seen)
    came = np.zeros((n, len(sizes)))
    came[np.arange(n), seen] = 1
    left = sizes - np.cumsum(came, axis=0)  # after each example
    share = left[np.arange(n - 1), seen[:-1]] / np.arange(n - 1, 0, -1)
    same = np.count_nonzero(seen[1:] == seen[:-1])
    return {
        f"together:{times}": float(same * np.log(times) - np.log1p((times - 1) * share).sum())
        for times in (0.3, 1.5, 6.0)
    }
