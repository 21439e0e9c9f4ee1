"""Bets on the orders of two, three or four examples: which ones come at all, and how often each.

With so few examples all that a wrong way to shuffle can do is written down: `_law` goes through every choice
it has. A bet on such a law wins its probability over that of a fair order.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

# A number below k, each with the same probability.
Pick = Callable[[int], int]
Pieces = tuple[int, ...]


@dataclass
class SmallOrders:
    """All that has come of orders cut into pieces of these sizes.

    ``unordered`` where nobody said which piece of an order goes where.
    """

    sizes: tuple[int, ...]
    unordered: bool
    _came: Counter[Pieces] = field(default_factory=Counter)
    _moved: Counter[Pieces] = field(default_factory=Counter)
    _last: Pieces = ()

    def see(self, pieces: np.ndarray) -> None:
        """One more order: the number of the piece that each example is in."""
        came = tuple(pieces.tolist())
        self._came[came] += 1
        if self._last and max(self.sizes) == 1:
            self._moved[tuple(piece for _, piece in sorted(zip(self._last, came, strict=True)))] += 1
        self._last = came

    def won(self) -> dict[str, float]:
        """What the bets have won so far, as logarithms."""
        all_orders = possible(self.sizes)
        fair = self._came.total() * math.log(all_orders)
        won = {
            "few:one": fair - math.log(all_orders) if len(self._came) == 1 else -math.inf,
            "few:some": _some(self._came, all_orders),
            "again:some": _some(self._moved, all_orders),
        }
        for name, law in _laws(self.sizes, self.unordered):
            won[f"swaps:{name}"] = fair + sum(
                times * law.get(each, -math.inf) for each, times in self._came.items()
            )
        return {f"{name} {self.sizes}": each for name, each in won.items()}


def possible(sizes: Sequence[int]) -> int:
    """In how many ways examples can be divided into pieces of these sizes."""
    return math.factorial(sum(sizes)) // math.prod(map(math.factorial, sizes))


def _some(counts: Counter[Pieces], outcomes: int) -> float:
    """What it wins to bet that an outcome comes as often as it has come, plus a half (Krichevsky and Trofimov
    1981)."""
    total = counts.total()
    won = total * math.log(outcomes) + math.lgamma(outcomes / 2) - math.lgamma(total + outcomes / 2)
    return won + sum(math.lgamma(k + 0.5) - math.lgamma(0.5) for k in counts.values())


@lru_cache(maxsize=32)
def _laws(sizes: tuple[int, ...], unordered: bool) -> tuple[tuple[str, dict[Pieces, float]], ...]:
    """For each wrong way and each arrangement of the pieces the probability of each outcome, as a
    logarithm."""
    n, found = sum(sizes), []
    arrangements = list(itertools.permutations(range(len(sizes))))[: None if unordered else 1]
    for name, shuffle in _WRONG.get(n, {}).items():
        orders = _law(shuffle, n)
        for k, arrangement in enumerate(arrangements):
            places = [piece for piece in arrangement for _ in range(sizes[piece])]
            law: Counter[Pieces] = Counter()
            for order, probability in orders.items():
                pieces = [0] * n
                for piece, example in zip(places, order, strict=True):
                    pieces[example] = piece
                law[tuple(pieces)] += probability  # type: ignore[assignment]
            found.append((f"{name}{k}", {each: math.log(p) for each, p in law.items()}))
    return tuple(found)


def _law(shuffle: Callable[[int, Pick], list[int]], n: int) -> dict[Pieces, float]:
    """The probability of each order of n examples, by going through all choices."""
    law: dict[Pieces, float] = {}
    for order, probability in _branches(shuffle, n):
        law[order] = law.get(order, 0.0) + probability
    return law


def _branches(shuffle: Callable[[int, Pick], list[int]], n: int) -> Iterator[tuple[Pieces, float]]:
    choices: list[list[int]] = []  # each as [taken, of how many]
    while True:
        at = itertools.count()

        def pick(k: int, at: Iterator[int] = at) -> int:
            place = next(at)
            if place == len(choices):
                choices.append([0, k])
            return choices[place][0]

        order = tuple(shuffle(n, pick))
        yield order, 1 / math.prod(k for _, k in choices)
        while choices and choices[-1][0] + 1 == choices[-1][1]:
            choices.pop()
        if not choices:
            return
        choices[-1][0] += 1


def _swapped(n: int, swaps: Iterator[tuple[int, int]]) -> list[int]:
    order = list(range(n))
    for i, j in swaps:
        order[i], order[j] = order[j], order[i]
    return order


def _rounded(n: int, pick: Pick) -> list[int]:
    """``j = round(random() * i)``: both ends come half as often as the others."""
    return _swapped(n, ((i, (pick(2 * i) + 1) // 2) for i in range(n - 1, 0, -1)))


def _rounded_up(n: int, pick: Pick) -> list[int]:
    return _swapped(n, ((i, i + (pick(2 * (n - 1 - i)) + 1) // 2) for i in range(n - 1)))


def _any_but_last(n: int, pick: Pick) -> list[int]:
    """Each but the last in turn with any one."""
    return _swapped(n, ((i, pick(n)) for i in range(n - 1)))


def _compared(n: int, pick: Pick) -> list[int]:
    """A sort whose comparisons are thrown."""
    return sorted(range(n), key=functools.cmp_to_key(lambda a, b: 2 * pick(2) - 1))


def _tied(n: int, pick: Pick) -> list[int]:
    """A sort by numbers below n, of which some are alike."""
    keys = [pick(n) for _ in range(n)]
    return sorted(range(n), key=keys.__getitem__)


# By the number of examples at which they show best.
_WRONG: dict[int, dict[str, Callable[[int, Pick], list[int]]]] = {
    3: {"tied": _tied},
    5: {
        "rounded": _rounded,
        "rounded up": _rounded_up,
        "any but the last": _any_but_last,
        "compared": _compared,
    },
}
