"""What a mistake's name claims, as numbers: a true name explains data that the judge has not used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.homework import Values
from autograder.judging.diagnosis import FACTORS, mutants_of


def explains(
    name: str, rule: Values, component: int, arguments: Sequence[tuple[Any, ...]], got: Sequence[Any]
) -> bool:
    """Whether the mistake of that name gives these results of one component for these arguments."""
    flat = [np.ravel(np.asarray(each, float)) for each in got]
    if name == "constant":
        return len({tuple(np.unique(values)) for values in flat}) == 1
    right = [np.ravel(_component(rule.reference(*each), rule, component)) for each in arguments]
    if name == "other_factor":
        return _proportional(np.concatenate(flat), np.concatenate(right))
    if name.startswith("off_by_"):
        place = rule.reference.parameters.index(name.removeprefix("off_by_"))
        given = [np.ravel(each[place]) for each in arguments]
        return _proportional(np.concatenate(flat) - np.concatenate(right), np.concatenate(given))
    claimed = _claimed(name, rule, component, arguments, right)
    return claimed is not None and all(
        np.allclose(values, wrong, 1e-6, 1e-7 * (1 + np.abs(wrong).max()))
        for values, wrong in zip(flat, claimed, strict=True)
    )


def _claimed(
    name: str, rule: Values, component: int, arguments: Sequence[tuple[Any, ...]], right: Sequence[np.ndarray]
) -> list[np.ndarray] | None:
    """The values that the name stands for; None for a name that nobody knows."""
    own = {mistake.name: mistake.formula for mistake in rule.misconceptions}
    if name in own:
        return [np.ravel(_component(own[name](*each), rule, component)) for each in arguments]
    base, _, last = name.rpartition("+")
    if last in FACTORS:
        wrong = _claimed(base, rule, component, arguments, right) if base else list(right)
        sizes = [_sizes(rule, each) for each in arguments]
        return wrong and [FACTORS[last].of(*size) * values for size, values in zip(sizes, wrong, strict=True)]
    made = mutants_of(rule, component, pairs=bool(base))
    names = [mutant.name for mutant in made.mutants] if made else []
    if made is None or name not in names:
        return None
    return [made.fingerprints([each])[names.index(name)] for each in arguments]


def _component(value: Any, rule: Values, component: int) -> Any:
    return value[component] if len(rule.reference.components) > 1 else value


def _sizes(rule: Values, arguments: tuple[Any, ...]) -> tuple[int, int]:
    named = dict(zip(rule.reference.parameters, arguments, strict=False))
    return np.size(named.get("y", 1)), np.shape(named["X"])[1] if "X" in named else 1


def _proportional(one: np.ndarray, other: np.ndarray) -> bool:
    factor = (one @ other) / (other @ other)
    return np.allclose(one, factor * other, 1e-6, 1e-7)
