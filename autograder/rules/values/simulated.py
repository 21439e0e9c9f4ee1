"""Wrong functions, made of the formulas by which mistakes are known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.judging.comparison import TOLERANCE
from autograder.rules.values.declared import Declared
from autograder.rules.values.diagnosis import mutants_of
from autograder.rules.values.general import MULTIPLES, Multiple
from autograder.rules.values.separation import results

_SEED = 1


def wrong_functions(rule: Declared) -> Iterator[tuple[str, Callable[..., Any]]]:
    """The name of each mistake with a function that makes it: the rubric's own, factors, and SymPy's.

    Of several that cannot be told apart the first is taken: feedback names that one. Of a function that gives
    the same number everywhere feedback says just that, so none is taken.
    """
    right = _values(rule, rule.reference, _drawn(rule))
    seen: list[list[np.ndarray]] = [[] for _ in right]
    for name, function, values in _all(rule, right):
        changed = [k for k, part in enumerate(values) if not _same(part, right[k])]
        new = [k for k in changed if not any(_same(values[k], other) for other in seen[k])]
        if new and not any(np.ptp(values[k]) == 0 for k in changed):
            for k in new:
                seen[k].append(values[k])
            yield name, function


def _all(
    rule: Declared, right: Sequence[np.ndarray]
) -> Iterator[tuple[str, Callable[..., Any], list[np.ndarray]]]:
    """Every mistake with a function, and what that gives on the probes, in a row for each component."""
    drawn = _drawn(rule)
    for own in rule.misconceptions:
        yield own.name, own, _values(rule, own, drawn)
    sized = all(_examples(rule, arguments) > 0 for arguments in drawn)
    for name, multiple in MULTIPLES.items():
        if not multiple.rare and (sized or not multiple.of_sizes):
            times = _times(rule, multiple)
            yield name, times, _values(rule, times, drawn)
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


def _times(rule: Declared, multiple: Multiple) -> Callable[..., Any]:
    """What is right, times a factor of n."""

    def wrong(*arguments: Any) -> Any:
        by = multiple.of(_examples(rule, arguments), 0)
        return _together([part * by for part in results(rule, rule.reference, arguments)])

    return wrong


def _examples(rule: Declared, arguments: Sequence[Any]) -> int:
    """How many examples there are; 0 where the arguments hold no targets y."""
    y = dict(zip(rule.reference.parameters, arguments, strict=False)).get("y", 0)
    return len(y) if np.ndim(y) else 0


def _mutated(rule: Declared, places: Mapping[int, int]) -> Callable[..., Any]:
    """What is right, but for the components in which a mistake shows: each with the mutant's place."""

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
