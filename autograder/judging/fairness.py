"""Whether all orders are equally likely, asked for as long as it takes to know.

Each alternative to a fair order is a bet: a number that is 1 on average whatever came before, as long as
every order is equally likely, and that grows where the alternative holds. Bets on one call after another
multiply. By Ville's inequality (Ramdas and others 2023, Game-Theoretic Statistics and Safe Anytime-Valid
Inference, theorem 2) the product of a fair one ever exceeds 10¹² with probability 10⁻¹² at most, whenever one
stops asking. There are fewer than `MOST_BETS` bets, so a fair order is called unfair less than once in 2·10⁹
times.

A bet that has lost nearly everything is over: who does what it bets on would come that far once in fifty
times. When all are over nothing more is asked, which is after the first round for most who are right.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from autograder.judging.cases import seen_with
from autograder.judging.order_statistics import bets_on_orders
from autograder.judging.places import bets_on_places
from autograder.judging.sentences import ALL_EQUALLY_LIKELY, NO_PARTITION, UNFAIR, sentence
from autograder.judging.small_orders import SmallOrders, possible

# The logarithm of what a bet must have won, and of what is left of one that is over.
WON, OVER = math.log(1e12), math.log(0.02)
MOST_BETS = 500
ROUNDS = 12
_SUSPECT = 4.0
# Up to so many examples all outcomes are counted; from so many on it shows where examples go.
_FEW, _MANY = 5, 200


__all__ = ["Track", "Unfair", "judge_fairness", "possible"]


@dataclass(frozen=True)
class Track:
    """Orders of one kind: so many examples, cut into pieces of these sizes, asked for ``count`` at a time.

    ``unordered`` where nobody said which piece of an order goes where; ``once``: again only where it
    looks unfair already.
    """

    sizes: tuple[int, ...]
    count: int
    unordered: bool = False
    once: bool = False

    @property
    def n(self) -> int:
        """Number of examples."""
        return sum(self.sizes)

    def pieces(self, order: np.ndarray) -> np.ndarray:
        """Of each example the number of the piece that it is in, where the pieces are cut from an order."""
        found = np.empty(self.n, int)
        found[order] = np.repeat(np.arange(len(self.sizes)), self.sizes)
        return found


@dataclass(frozen=True)
class Unfair:
    """What gave an order away: a kind of evidence, and how many examples there were."""

    kind: str
    n: int

    @property
    def misconception(self) -> str | None:
        """Its name; none where what came is no partition."""
        return {NO_PARTITION: None, "few": "few_orders"}.get(self.kind, "biased")

    @property
    def sentence(self) -> str:
        """What was seen."""
        if self.kind == NO_PARTITION:
            return sentence(f"With {self.n:,} examples {NO_PARTITION}")
        return f"{seen_with(f'{self.n:,} examples', UNFAIR[self.kind])} {ALL_EQUALLY_LIKELY}"


# Takes tracks; gives for every call of each which piece each example is in, or None for what is no partition.
Ask = Callable[[Sequence[Track]], Sequence[Sequence[np.ndarray | None]]]


_NOTHING: Mapping[Track, np.ndarray | None] = MappingProxyType({})


@dataclass
class _Evidence:
    """What all bets have won, as logarithms by their names, and what is needed to go on."""

    won: dict[str, float] = field(default_factory=dict)
    names: dict[Track, set[str]] = field(default_factory=dict)
    last: dict[Track, np.ndarray] = field(default_factory=dict)
    small: dict[Track, SmallOrders] = field(default_factory=dict)

    def see(self, track: Track, orders: Sequence[np.ndarray]) -> Unfair | None:
        """More orders: of each the number of the piece that every example is in. Has a bet won?"""
        if track.n <= _FEW:
            small = self.small.setdefault(track, SmallOrders(track.sizes, track.unordered))
            for pieces in orders:
                small.see(pieces)
            bets = small.won()
            self.won |= bets
        else:
            bets = self._bets(track, orders)
        self.names[track] = self.names.get(track, set()) | set(bets)
        best = max(bets, key=lambda name: self.won[name])
        return Unfair(best.partition(":")[0], track.n) if self.won[best] > WON else None

    def _bets(self, track: Track, orders: Sequence[np.ndarray]) -> dict[str, float]:
        """What is bet on many examples, added to what was won before."""
        bets: dict[str, float] = {}
        last = self.last.get(track)
        if max(track.sizes) == 1:
            bets |= bets_on_orders(np.stack(orders), last)
        for pieces in orders if track.n >= _MANY else ():
            for name, won in bets_on_places(pieces, track.sizes, last, track.unordered).items():
                bets[name] = bets.get(name, 0.0) + won
            last = pieces
        self.last[track] = orders[-1]
        for name, won in bets.items():
            self.won[name] = self.won.get(name, 0.0) + won
        return bets

    def open(self, track: Track) -> bool:
        """Whether more orders of this kind may still decide a bet."""
        if track not in self.names:
            return True
        return any(self.won[name] > _over(name, track) for name in self.names[track])


def _over(name: str, track: Track) -> float:
    """Where a bet is over: one on anything that comes too often never loses much, and is over at once."""
    return _SUSPECT if track.once else 1.0 if ":some" in name else OVER


def judge_fairness(
    ask: Ask, tracks: Sequence[Track], begun: Mapping[Track, np.ndarray | None] = _NOTHING
) -> Unfair | None:
    """Ask for orders until it is known whether all are equally likely.

    Parameters
    ----------
    ask
        Asks for ``count`` orders of each track.
    tracks
        What to ask for.
    begun
        Tracks of which one order is there already, or None where that failed.

    Returns
    -------
    Unfair or None
        What gives the order away, or that something came that is no partition.
    """
    evidence, broken = _Evidence(), [track for track, pieces in begun.items() if pieces is None]
    for track, pieces in begun.items():
        if pieces is not None and (unfair := evidence.see(track, [pieces])):
            return unfair
    every = [*tracks, *begun]
    for _ in range(ROUNDS):
        asked = [track for track in every if track not in broken and evidence.open(track)]
        if not asked:
            break
        for track, orders in zip(asked, ask(asked), strict=True):
            partitions = [pieces for pieces in orders if pieces is not None]
            if len(partitions) < len(orders):
                broken.append(track)
            elif unfair := evidence.see(track, partitions):
                return unfair
    return Unfair(NO_PARTITION, broken[0].n) if broken else None
