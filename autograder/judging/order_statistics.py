"""Bets on what one whole order looks like: its fixed points, cycles, neighbors and descents.

The averages over all orders are exact or bounded from above. Fixed points and pairs of successive numbers
have factorial moments of at most 1 (Riordan 1958, An Introduction to Combinatorial Analysis, chapters 3 and
8), so that (1 + θ)^count is e^θ on average at most. Half of all orders are even. One in n is a single cycle.
The number of descents is distributed as the whole part of a sum of n uniform numbers (Stanley 1977, Eulerian
partitions of a unit hypercube).
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np


def bets_on_orders(places: np.ndarray, last: np.ndarray | None) -> dict[str, float]:
    """What bets on some orders win together, as logarithms.

    Parameters
    ----------
    places
        One row for each order: of each example its place, from 0.
    last
        The row before the first one: what is seen relative to the order before must be as random.
    """
    bets = dict(_bets(places, ""))
    before = places[:-1] if last is None else np.vstack([last, places[:-1]])
    if len(before):
        # the places of the examples in the order in which they came last time
        came = np.empty_like(before)
        np.put_along_axis(came, before, places[len(places) - len(before) :], axis=1)
        bets |= dict(_bets(came, "again"))
    return {f"{name} {places.shape[1]}": won for name, won in bets.items()}


def _bets(places: np.ndarray, view: str) -> Iterator[tuple[str, float]]:
    count, n = places.shape
    every = np.arange(n)
    order = np.argsort(places, axis=1)
    stay, mirrored = np.sum(places == every, axis=1), int(np.sum(places == every[::-1]))
    for more in (2.0, 20.0):
        yield f"{view or 'stay'}:stay{more}", int(stay.sum()) * math.log1p(more) - count * more
        yield f"{view or 'stay'}:mirrored{more}", mirrored * math.log1p(more) - count * more
    # no example stays: that is so with probability 1/e, up to 1/n!
    yield f"{view or 'stay'}:never", -math.inf if stay.any() else float(count)
    steps, moves = np.diff(order, axis=1), np.diff(places, axis=1)
    for step in (1, -1):
        times = int(np.sum(steps == step))
        for more in (3.0, 50.0):
            yield f"{view or 'neighbors'}:{step}{more}", times * math.log1p(more) - count * more
    cycles = _cycles(places)
    for parity in (0, 1):
        won = count * math.log(2) if np.all((n - cycles) % 2 == parity) else -math.inf
        yield f"{view or 'parity'}:parity{parity}", won
    yield f"{view or 'cycle'}:cycle", count * math.log(n) if np.all(cycles == 1) else -math.inf
    for name, differences in (("descents", steps), ("sequences", moves)):
        down = int(np.sum(differences < 0))
        for tilt in (-1.5, 1.5, *((-0.3, 0.3) if n >= 200 else (-0.8, 0.8))):
            yield f"{view or 'descents'}:{name}{tilt}", tilt * down - count * _of_descents(n, tilt)


def _of_descents(n: int, tilt: float) -> float:
    """A bound on the logarithm of the average of e^(tilt · descents)."""
    return n * math.log(math.expm1(tilt) / tilt) + max(-tilt, 0.0)


def _cycles(places: np.ndarray) -> np.ndarray:
    """In how many cycles each order moves the examples."""
    every = np.arange(places.shape[1])
    smallest, jump = np.broadcast_to(every, places.shape), places
    for _ in range(len(every).bit_length()):
        smallest = np.minimum(smallest, np.take_along_axis(smallest, jump, axis=1))
        jump = np.take_along_axis(jump, jump, axis=1)
    return np.asarray(np.sum(smallest == every, axis=1))
