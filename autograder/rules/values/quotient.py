"""A derivative that was measured: a difference quotient, told by the digits that it loses.

A formula is right to the last digits wherever it is asked. (L(v + h) − L(v − h)) / 2h is not: the two losses
are rounded, and what is rounded is divided by a small h. So neighboring inputs give results that jump about,
and where the loss is large beside its slope, digits are lost in earnest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from autograder.judging.comparison import take_apart
from autograder.judging.misconception import Misconception
from autograder.judging.trial import Asked, Trial
from autograder.rules.values.again import signed
from autograder.rules.values.compared import compared_call, components_of
from autograder.rules.values.declared import Declared
from autograder.rules.values.evidence import Evidence, Observed
from autograder.sandbox.host import Returned

MEASURED = Misconception(
    "difference_quotient",
    "It is measured by a difference quotient, which loses digits: derive a formula for the derivative.",
)
# One argument is made so large: the loss grows with its square.
_LARGE = 1e12
# Relative errors: formulas in any style stay a hundred times below these.
_LOST = 1e-6
_JUMPS = 2e-14
# Neighbors here, so far apart, lie on a parabola (they are at no even distances); and those that are
# farther apart where one argument is large, as the losses there are coarse.
_NEIGHBORS = (0.0, 0.3, 1.2, 2.7, 3.1, 4.7, 5.9, 8.0)
_PARABOLAS, _ = np.linalg.qr(np.vander(_NEIGHBORS, 3))
_APART, _FAR_APART = 1e-9, 1e-4
_HARDLY_APART = 2e-15
_STARTS, _ELSEWHERE = 15, 1e-4
_DIGITS = range(4, 15)


@dataclass(frozen=True)
class Digits:
    """Calls that are on their way, to see how many digits a function is right to.

    Parameters
    ----------
    near
        Inputs near each other.
    sent
        Calls where one argument is large, and is so ``at_large``; else those near each other.
    trial
        The student to ask further.
    """

    rule: Declared
    near: Sequence[tuple[Any, ...]]
    sent: Asked
    at_large: bool
    trial: Trial

    def are_lost(self) -> bool:
        """Whether the digits are lost that a difference quotient loses: neighbors jump about, and where the
        loss is large beside its slope much is lost. Whoever rounds jumps, and loses little there."""
        if not self.at_large:
            return _jumps(self.rule, self.sent, _JUMPS) and not self._are_steps()
        if not self.are_wrong():
            return False
        near = self.trial.send_values(self.near)
        return _jumps(self.rule, near, _JUMPS) or _jumps(self.rule, self.sent, _LOST / 10)

    def are_wrong(self) -> bool:
        """Whether results are wrong where an argument is large."""
        return bool((self._off > _LOST).any())

    def are_none(self) -> bool:
        """Whether there are no numbers at all there."""
        return not np.isfinite(self._off).all()

    def _are_steps(self) -> bool:
        """Whether it jumps from step to step, as a formula does with something rounded in it: neighbors that
        are hardly apart are on one step, nearly always."""
        starts = [_scaled(self.rule, self.near[0], 1 + k * _ELSEWHERE) for k in range(_STARTS)]
        asked = [self.trial.send_values(_neighbors(self.rule, start, _HARDLY_APART)) for start in starts]
        return sum(_jumps(self.rule, each, _JUMPS) for each in asked) < _STARTS / 3

    @property
    def large_argument(self) -> str:
        """The name of the argument that is large."""
        place = _large_place(self.rule)
        return "" if place is None else self.rule.reference.parameters[place]

    @cached_property
    def _off(self) -> np.ndarray:
        """Relative errors where the loss is huge beside its slope."""
        found = [0.0]
        large = zip(self.sent.calls, self.sent.outcomes(), strict=True) if self.at_large else ()
        for arguments, outcome in large:
            each = compared_call("fresh inputs", arguments, outcome, self.rule.reference)
            for part, right, scale in zip(each.parts, each.expected, each.scales, strict=False):
                if part.values is not None:
                    found.append(float(np.abs(part.values - right).max(initial=0.0)) / scale)
        return np.array(found)


def ask_for_digits(rule: Declared, trial: Trial) -> Digits:
    """Send calls on their way on which a function that is right to the tolerance may show how it is made.

    Parameters
    ----------
    rule
        Its first probe draws the inputs.
    trial
        The student to ask; its generator seeds the inputs.
    """
    random = np.random.default_rng(int(trial.random.integers(1 << 62)))
    near = _neighbors(rule, rule.probes[0].draw(random))
    large = _enlarged(rule, random)
    return Digits(rule, near, trial.send_values(large or near), bool(large), trial)


def _neighbors(rule: Declared, start: Sequence[Any], apart: float = _APART) -> list[tuple[Any, ...]]:
    """Inputs near each other, along all arguments that may be any number."""
    return [_scaled(rule, start, 1 + k * apart) for k in _NEIGHBORS]


def _scaled(rule: Declared, arguments: Sequence[Any], by: float) -> tuple[Any, ...]:
    return tuple(
        value * by if moved else value for value, moved in zip(arguments, signed(rule), strict=False)
    )


def _jumps(rule: Declared, asked: Asked, bound: float) -> bool:
    """Whether results of neighbors are off a parabola by that share, and they are no rounded numbers (as
    very large ones always are)."""
    values = [o.value for o in asked.outcomes() if isinstance(o, Returned)]
    if len(values) < len(_NEIGHBORS):
        return False
    reference = rule.reference
    expected = components_of(reference, reference(*asked.calls[0]))
    parts = [take_apart(value, expected, reference.components) for value in values]
    for k, size in enumerate(reference.scale(*asked.calls[0])):
        rows = [part[k].values for part in parts]
        if any(row is None for row in rows):
            return False
        table = np.array([np.ravel(row) for row in rows])  # type: ignore[arg-type]
        if not np.isfinite(table).all() or (size < _LARGE / 100 and _is_rounded(table)):
            continue
        off = table - _PARABOLAS @ (_PARABOLAS.T @ table)
        if float(np.sqrt((off**2).mean())) > bound * size:
            return True
    return False


def _is_rounded(table: np.ndarray) -> bool:
    return any(np.array_equal(np.round(table, digits), table) for digits in _DIGITS)


def _enlarged(rule: Declared, random: np.random.Generator) -> list[tuple[Any, ...]]:
    place = _large_place(rule)
    if place is None:
        return []
    return _neighbors(rule, _enlarged_at(place, rule.probes[0].draw(random)), _FAR_APART)


def _enlarged_at(place: int, arguments: Sequence[Any]) -> tuple[Any, ...]:
    return (*arguments[:place], arguments[place] * _LARGE, *arguments[place + 1 :])


@lru_cache(maxsize=64)
def _large_place(rule: Declared) -> int | None:
    """The argument with which every result grows as slowly as it does itself: the loss, a square, leaves it
    behind. It is the targets, as a rule."""
    reference, random = rule.reference, np.random.default_rng(0)
    usual = rule.probes[0].draw(random)
    for place, moves in enumerate(signed(rule)):
        if moves:
            grown = zip(reference.scale(*_enlarged_at(place, usual)), reference.scale(*usual), strict=True)
            if all(_LARGE / 100 < large / size < _LARGE * 100 for large, size in grown):
                return place
    return None


def is_coarse(rule: Declared, component: int, seen: Observed) -> bool:
    """Whether a wrong derivative is off by what a difference quotient with a larger step h is.

    Forward: by h/2 times the slope of the derivative; central: by h²/6 times the slope of that.

    Parameters
    ----------
    rule
        Its reference says which argument the component is the derivative by.
    component
        Its position, from 0.
    seen
        The component's values on all inputs.
    """
    place = _moved(rule, component)
    if place is None:
        return False
    off = seen.got - seen.right
    for order in (1, 2):
        rows = [_slope(rule, component, place, order, each) for each in seen.evidence]
        if any(row is None for row in rows):
            return False
        row = np.concatenate([row for row in rows if row is not None])
        weight = float(row @ row)
        rest = off - (float(row @ off) / weight if weight else 0.0) * row
        if weight and float(np.linalg.norm(rest)) < 0.03 * float(np.linalg.norm(off)):
            return True
    return False


def _moved(rule: Declared, component: int) -> int | None:
    """The place of the argument that a component is the derivative by."""
    facts: Any = getattr(rule.reference, "facts", None)
    return facts.by[component] if facts else None


def _slope(rule: Declared, component: int, place: int, order: int, each: Evidence) -> np.ndarray | None:
    """How each element of the right derivative changes with its own number, once or twice."""
    v = np.asarray(each.arguments[place], float)
    if v.shape != each.right.shape:
        return None
    found = np.empty(v.shape)
    for index in np.ndindex(v.shape):
        h = 1e-3 * (1 + abs(float(v[index])))
        moved = []
        for step in (-h, 0.0, h):
            other = v.copy()
            other[index] += step
            value = rule.reference(
                *each.arguments[:place], other if v.ndim else float(other), *each.arguments[place + 1 :]
            )
            part = value[component] if len(rule.reference.components) > 1 else value
            moved.append(float(np.asarray(part, float)[index]))
        low, middle, high = moved
        found[index] = (high - low) / (2 * h) if order == 1 else (high - 2 * middle + low) / h**2
    return np.ravel(found)
