"""Whether every set of so many examples is equally likely, by which examples are in those that were drawn.

Each alternative is a bet, as in `judging.fairness`: how many times as likely it makes a set as it is where
all are equally likely. Such a number is 1 on average, and of independent draws they multiply. By Markov's
inequality for all times (Ville's) the product of a fair one ever exceeds 10¹² with probability 10⁻¹² at most.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

import numpy as np

from autograder.judging.fairness import OVER, ROUNDS, WON

# The examples in it, in their order; and what is won with each, as a logarithm.
Members = tuple[int, ...]
Bet = Mapping[Members, float]

_NEVER = "never"


def unfair(
    bets: Mapping[str, Bet], seen: Sequence[Members], more: Callable[[], Sequence[Members] | None]
) -> str | None:
    """What gives the draws away, as a sentence's beginning; None where nothing does.

    Parameters
    ----------
    bets
        By their names.
    seen
        The sets that were drawn so far, independently of each other.
    more
        Draws further ones; None where what came tells of no set.
    """
    won = dict.fromkeys(bets, 0.0)
    for _ in range(ROUNDS):
        for name, bet in bets.items():
            won[name] += sum(bet[members] for members in seen)
        best = max(won, key=lambda name: won[name])
        if won[best] > WON:
            return _told(best)
        found = more() if won[best] > OVER else None
        if found is None:
            return None
        seen = found
    return None


def _told(name: str) -> str:
    if name.startswith(_NEVER):
        return f"Example {name.removeprefix(_NEVER).strip()}, counted from 0, is never drawn"
    return "Some examples are drawn too often"


@lru_cache(maxsize=8)
def weighted(n: int, size: int) -> dict[str, Bet]:
    """Bets that some of n examples are drawn more easily than others, or never.

    Parameters
    ----------
    n
        Number of examples.
    size
        How many of them a set has.
    """
    half, place = np.arange(n) < n / 2, np.linspace(-1, 1, n)
    weights = {f"{_NEVER} {i}": 1.0 - np.eye(n)[i] for i in range(n)}
    for sign in (-1, 1):
        weights[f"half {sign}"] = 2.0 ** (sign * half)
        weights[f"turn {sign}"] = 2.0 ** (sign * (np.arange(n) % 2))
        weights[f"trend {sign}"] = np.exp(0.7 * sign * place)
    found = {}
    for name, each in weights.items():

        def share(members: Members, each: np.ndarray = each) -> float:
            return float(each[list(members)].prod())

        found[name] = bet_on(n, size, share)
    return found


def bet_on(n: int, size: int, share: Callable[[Members], float]) -> Bet:
    """The bet that sets of this size come as often as their shares say.

    Parameters
    ----------
    n
        Number of examples.
    size
        How many of them a set has.
    share
        Takes the members of a set; returns how likely it is beside others. The shares need not add up to 1.
    """
    every = list(itertools.combinations(range(n), size))
    shares = np.array([share(members) for members in every])
    with np.errstate(divide="ignore"):
        return dict(zip(every, np.log(shares / shares.mean()).tolist(), strict=True))


@lru_cache(maxsize=8)
def bets_on_masks(n: int, size: int, share: float) -> dict[str, Bet]:
    """Bets that each example is marked with this probability, and the first ones of those are taken, or the
    last ones; where they are too few, any others beside them.

    Parameters
    ----------
    n
        Number of examples.
    size
        How many of them a set has.
    share
        The probability that an example is marked, between 0 and 1.
    """

    def first(members: Members) -> float:
        marked = share**size * (1 - share) ** (max(members) + 1 - size)
        for few in range(size):
            filled = share**few * (1 - share) ** (n - few) / math.comb(n - few, size - few)
            marked += math.comb(size, few) * filled
        return marked

    def last(members: Members) -> float:
        return first(tuple(n - 1 - i for i in members))

    return {"first marked": bet_on(n, size, first), "last marked": bet_on(n, size, last)}
