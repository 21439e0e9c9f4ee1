"""Whether an input makes sense for a formula: it has a value there, and near it, and does not jump."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from autograder.homework import Probe
from autograder.rules.values.declared import Declared
from autograder.rules.values.domains import kinds

# A formula jumps where a change by so little changes the value by more than that, relative to its terms.
_NUDGE, _JUMP = 1e-9, 1e-6
# Terms smaller than that leave nothing to be relative to.
_NO_TERMS = 1e-6
_SEEDS = 2


@dataclass(frozen=True)
class Arguments:
    """What the probes draw for each argument: which are floats, which may be any number, which are labels."""

    names: tuple[str, ...]
    floats: tuple[int, ...]
    signed: tuple[int, ...]
    labels: tuple[int, ...]

    @property
    def rates(self) -> tuple[int, ...]:
        """Floats that are never negative, and no labels."""
        return tuple(place for place in self.floats if place not in (*self.signed, *self.labels))

    def listed(self, places: Sequence[int]) -> str:
        """Their names, as in a sentence."""
        *first, last = (self.names[place] for place in places)
        return f"{', '.join(first)} and {last}" if first else last


@lru_cache(maxsize=64)
def arguments_of(rule: Declared) -> Arguments:
    """What is drawn for the arguments of a formula that SymPy knows."""
    found = [(place, kind.name) for place, kind in enumerate(kinds(rule)) if kind.floats]

    def called(*names: str) -> tuple[int, ...]:
        return tuple(place for place, name in found if name in names)

    floats, labels = tuple(place for place, _ in found), called("labels", "one a row")
    return Arguments(rule.reference.parameters, floats, called("signed"), labels)


def _moved(rule: Declared, arguments: tuple[Any, ...], by: float) -> tuple[Any, ...]:
    """The same as floats, a little away; numbers that are never negative stay so, and counts as they are."""
    signed = arguments_of(rule).signed
    return _as_floats(rule, arguments, lambda place, array: array + (by if place in signed else abs(by)))


def _stretched(rule: Declared, arguments: tuple[Any, ...], by: float) -> tuple[Any, ...]:
    """The same, a little larger or smaller."""
    return _as_floats(rule, arguments, lambda _, array: array * (1 + by))


def _as_floats(
    rule: Declared, arguments: tuple[Any, ...], changed: Callable[[int, np.ndarray], np.ndarray]
) -> tuple[Any, ...]:
    made = list(arguments)
    for place in arguments_of(rule).floats:
        array = changed(place, np.asarray(arguments[place], float))
        made[place] = array if array.ndim else float(array)
    return tuple(made)


@dataclass(frozen=True)
class _Near:
    """What near means: how arguments are moved, the least scale, and the least one that a jump is held to."""

    move: Callable[[Declared, tuple[Any, ...], float], tuple[Any, ...]]
    least: float
    floor: float


USUAL = _Near(_moved, _NO_TERMS, 1.0)
FAR = _Near(_stretched, 0.0, 0.0)  # everything is relative there


def is_usable(rule: Declared, probe: Probe, near: _Near = USUAL) -> bool:
    """Whether the formula has a value on what is drawn, and near it, and it does not jump there.

    Parameters
    ----------
    rule
        Gives the formula.
    probe
        Tried with a few seeds.
    near
        `USUAL`, or `FAR` for arguments so small or large that only relative changes count.
    """
    with np.errstate(all="ignore"):
        drawn = [probe.draw(np.random.default_rng(seed)) for seed in range(_SEEDS)]
        return all(_is_smooth(rule, arguments, near) for arguments in drawn)


def _is_smooth(rule: Declared, arguments: tuple[Any, ...], near: _Near) -> bool:
    try:
        value, scales = _values(rule, arguments), rule.reference.scale(*arguments)
        others = [_values(rule, near.move(rule, arguments, by)) for by in (0.0, _NUDGE, -_NUDGE)]
    except (ArithmeticError, TypeError, ValueError):
        return False
    for k, scale in enumerate(scales):
        vanishes = scale == 0 == np.abs(value[k]).max()
        if not np.isfinite(value[k]).all() or not (scale > near.least or vanishes):
            return False
        if not all(_is_near(other[k], value[k], _JUMP * max(scale, near.floor)) for other in others):
            return False
    return True


def _is_near(one: np.ndarray, other: np.ndarray, by: float) -> bool:
    return one.shape == other.shape and bool((np.abs(one - other) <= by).all())


def _values(rule: Declared, arguments: tuple[Any, ...]) -> list[np.ndarray]:
    value = rule.reference(*arguments)
    several = value if len(rule.reference.components) > 1 else (value,)
    return [np.asarray(part, float) for part in several]
