"""Wrong functions, made of the formulas by which misconceptions are known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

from autograder.judging.comparison import TOLERANCE
from autograder.rules.values.axes import axes_of, sizes_of
from autograder.rules.values.declared import Declared
from autograder.rules.values.diagnosis import mutants_of
from autograder.rules.values.general import MULTIPLES, Multiple
from autograder.rules.values.quotient import MEASURED
from autograder.rules.values.separation import results

_SEED = 1


@dataclass(frozen=True)
class Simulations:
    """The functions that are tried, and why the others are not, both by the misconception's name."""

    tried: dict[str, Callable[..., Any]] = field(default_factory=dict)
    untried: dict[str, str] = field(default_factory=dict)


@lru_cache(maxsize=64)
def simulations(rule: Declared) -> Simulations:
    """The rubric's own misconceptions, the commonest multiples, SymPy's wrong formulas, and rare multiples.

    Of several that cannot be told apart the first is tried: feedback names that one. Of a function that gives
    the same number everywhere feedback says just that, so none is tried.
    """
    drawn = _drawn(rule)
    right = _values(rule, rule.reference, drawn)
    seen: list[list[tuple[str, np.ndarray]]] = [[] for _ in right]
    found = Simulations()
    for name, function, values in _all(rule, right, drawn):
        if name in found.tried:  # the rubric's own has the name of one that SymPy makes
            continue
        changed = [k for k, part in enumerate(values) if not _same(part, right[k])]
        others = {k: [other for other, row in seen[k] if _same(values[k], row)] for k in changed}
        new = [k for k in changed if not others[k]]
        if any(np.ptp(values[k]) == 0 for k in changed):
            found.untried[name] = "it gives the same number for all inputs, which is all that can be said"
        elif new:
            for k in new:
                seen[k].append((name, values[k]))
            found.tried[name] = function
            found.untried.pop(name, None)
        else:
            same = " and ".join(dict.fromkeys(other for names in others.values() for other in names[:1]))
            found.untried[name] = f"on these inputs it gives the same as {same or 'what is right'}"
    if rule.derived:
        found.untried[MEASURED.name] = "it needs the loss, and is right but for its last digits"
    return found


def _all(
    rule: Declared, right: Sequence[np.ndarray], drawn: Sequence[tuple[Any, ...]]
) -> Iterator[tuple[str, Callable[..., Any], list[np.ndarray]]]:
    """Every misconception with a function, and what that gives on the probes, in a row for each component."""
    for own in (*rule.misconceptions, *rule.special):
        yield own.name, own, _values(rule, own, drawn)
    yield from _multiples(rule, drawn, rare=False)
    found: dict[str, dict[int, int]] = {}
    rows = []
    for k in range(len(rule.reference.components)):
        made = mutants_of(rule, k, pairs=False)
        rows.append(made.fingerprints(drawn) if made else None)
        for place, mutant in enumerate(made.mutants if made else ()):
            found.setdefault(mutant.name, {})[k] = place
    for name, places in found.items():
        values = list(right)
        for k, place in places.items():
            row = rows[k]
            assert row is not None
            values[k] = row[place]
        yield name, _mutated(rule, places), values
    yield from _multiples(rule, drawn, rare=True)


def _multiples(
    rule: Declared, drawn: Sequence[tuple[Any, ...]], *, rare: bool
) -> Iterator[tuple[str, Callable[..., Any], list[np.ndarray]]]:
    for name, multiple in MULTIPLES.items():
        places = [k for k in range(len(rule.reference.components)) if _applies(rule, multiple, k, drawn)]
        if multiple.rare == rare and places:
            times = _times(rule, multiple, places)
            yield name, times, _values(rule, times, drawn)


def _applies(rule: Declared, multiple: Multiple, k: int, drawn: Sequence[tuple[Any, ...]]) -> bool:
    """Whether the inputs have the sizes that a multiple is made of."""
    if not multiple.of_sizes:
        return True
    sizes = [_sizes(rule, k, arguments) for arguments in drawn]
    return all(n > 1 and (d or multiple.of_sizes == "n") for n, d in sizes)


def _sizes(rule: Declared, k: int, arguments: Sequence[Any]) -> tuple[int, int]:
    """How many examples and features component k is summed over."""
    return axes_of(rule.reference, k).sizes(sizes_of(rule.reference, arguments))


def _times(rule: Declared, multiple: Multiple, places: Sequence[int]) -> Callable[..., Any]:
    """What is right, in these components times a number or a size."""

    def wrong(*arguments: Any) -> Any:
        parts = list(results(rule, rule.reference, arguments))
        for k in places:
            parts[k] = parts[k] * multiple.of(*_sizes(rule, k, arguments))
        return _together(parts)

    return wrong


def _mutated(rule: Declared, places: Mapping[int, int]) -> Callable[..., Any]:
    """What is right, but for the components in which a misconception shows: each with the mutant's place."""

    def wrong(*arguments: Any) -> Any:
        parts = list(results(rule, rule.reference, arguments))
        for k, place in places.items():
            made = mutants_of(rule, k, pairs=False)
            assert made is not None
            parts[k] = made.fingerprints([arguments])[place].reshape(parts[k].shape)
        return _together(parts)

    return wrong


def _together(parts: list[Any]) -> Any:
    """The components as a student's function returns them: numbers and arrays, several in a tuple."""
    plain = tuple(part if np.ndim(part) else float(part) for part in parts)
    return plain if len(plain) > 1 else plain[0]


def _drawn(rule: Declared) -> list[tuple[Any, ...]]:
    random = np.random.default_rng(_SEED)
    return [probe.draw(random) for probe in rule.probes]


def _values(
    rule: Declared, function: Callable[..., Any], drawn: Sequence[tuple[Any, ...]]
) -> list[np.ndarray]:
    """What a function gives on the probes, in a row for each component."""
    with np.errstate(all="ignore"):
        found = [results(rule, function, arguments) for arguments in drawn]
    return [np.concatenate([part.ravel() for part in parts]) for parts in zip(*found, strict=True)]


def _same(one: np.ndarray, other: np.ndarray) -> bool:
    return one.shape == other.shape and bool(
        np.all(np.abs(one - other) <= TOLERANCE * np.maximum(1.0, np.abs(other)))
    )
