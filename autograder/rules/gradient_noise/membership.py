"""Whether every batch is equally likely, by which examples are in those that were drawn.

Each alternative is a bet, as in `judging.fairness`: how many times as likely it makes a batch as it is where
all are equally likely. Such a number is 1 on average, and of independent draws they multiply. By Markov's
inequality for all times (Ville's) the product of a fair one ever exceeds 10¹² with probability 10⁻¹² at most.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

import numpy as np

Batch = tuple[int, ...]

_WON, _OVER = math.log(1e12), math.log(0.02)
_ROUNDS = 12
_NEVER = "never"


def unfair(
    n: int, seen: Sequence[Batch], more: Callable[[], Sequence[Batch] | None], every: Sequence[Batch]
) -> str | None:
    """What gives the draws away, as a sentence's beginning; None where nothing does.

    Parameters
    ----------
    n
        Number of examples.
    seen
        The batches that were drawn so far, independently of each other.
    more
        Draws further ones; None where what came tells of no batch.
    every
        All batches that there are.
    """
    bets = _bets(n, tuple(every))
    won = dict.fromkeys(bets, 0.0)
    for _ in range(_ROUNDS):
        for name, bet in bets.items():
            won[name] += sum(bet[batch] for batch in seen)
        best = max(won, key=lambda name: won[name])
        if won[best] > _WON:
            return _told(best)
        found = more() if won[best] > _OVER else None
        if found is None:
            return None
        seen = found
    return None


def _told(name: str) -> str:
    if name.startswith(_NEVER):
        return f"Example {name.removeprefix(_NEVER)}, counted from 0, is never drawn"
    return "Some examples are drawn too often"


@lru_cache(maxsize=4)
def _bets(n: int, every: tuple[Batch, ...]) -> Mapping[str, Mapping[Batch, float]]:
    """By its name what each bet wins with a batch, as a logarithm."""
    half, place = np.arange(n) < n / 2, np.linspace(-1, 1, n)
    weights = {f"{_NEVER} {i}": 1.0 - np.eye(n)[i] for i in range(n)}
    for sign in (-1, 1):
        weights[f"half {sign}"] = 2.0 ** (sign * half)
        weights[f"turn {sign}"] = 2.0 ** (sign * (np.arange(n) % 2))
        weights[f"trend {sign}"] = np.exp(0.7 * sign * place)
    found = {}
    for name, each in weights.items():
        shares = np.array([each[list(batch)].prod() for batch in every])
        with np.errstate(divide="ignore"):
            logarithms = np.log(shares / shares.mean())
        found[name] = dict(zip(every, logarithms.tolist(), strict=True))
    return found
