"""Pairs of files that have more in common than the task, the kit and the solution force."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

# A fingerprint that more of the class than this have is what the task asks for; never more than so many are
# compared with each other for one.
_COMMON_SHARE, _COMMON_LEAST, _COMMON_MOST = 0.05, 4, 20
# From here on two files are worth a look, and so many pairs are shown.
_LEAST, _LEAST_SHARE, MOST_PAIRS = 8, 0.5, 40


@dataclass(frozen=True)
class Pair:
    """Two hand-ins, the share of the smaller one's own structure that the other has too, and the fingerprints
    that both have."""

    one: str
    other: str
    share: float
    shared: frozenset[int]


def pairs(files: Mapping[str, frozenset[int]], forced: frozenset[int]) -> list[Pair]:
    """The pairs that are most alike, the most alike first.

    The work is bounded: what many have is left out, and of what is left each fingerprint is looked at with
    the few that have it.

    Parameters
    ----------
    files
        Fingerprints by whose they are.
    forced
        Fingerprints of the kit and the solutions.
    """
    most = min(max(_COMMON_LEAST, int(_COMMON_SHARE * len(files))), _COMMON_MOST)
    holders: defaultdict[int, list[str]] = defaultdict(list)
    for name, found in files.items():
        for each in found - forced:
            holders[each].append(name)
    own: Counter[str] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    for names in holders.values():
        if len(names) > most:
            continue
        own.update(names)
        both.update(combinations(sorted(names), 2))
    alike = [
        (-count / min(own[one], own[other]), -count, one, other)
        for (one, other), count in both.items()
        if count >= _LEAST and count >= _LEAST_SHARE * min(own[one], own[other])
    ]
    counted = {each for each, names in holders.items() if len(names) <= most}
    return [
        Pair(one, other, -share, files[one] & files[other] & counted)
        for share, _, one, other in sorted(alike)[:MOST_PAIRS]
    ]


def forced_by(texts: Iterable[frozenset[int]]) -> frozenset[int]:
    """All fingerprints of some files together."""
    return frozenset().union(*texts)
