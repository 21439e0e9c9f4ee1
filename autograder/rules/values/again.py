"""Asks once more: inputs on which a mistake and what is easily taken for it differ.

Probes are drawn so that what is wrong shows. What is wrong with it is told only where it explains these as
well: other numbers, other sizes, numbers large enough to be cut off, and small enough for a threshold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import cycle
from typing import Any

import numpy as np

from autograder.judging.trial import Trial
from autograder.rules.values.compared import Answered, compared_call
from autograder.rules.values.declared import Declared
from autograder.rules.values.domains import unlike_the_probes
from autograder.sandbox.host import Fault, Returned

# By what the numbers of a probe are multiplied that may have either sign.
_STRETCHES = (1 / 30, 3.0, 40.0)
_OF_OTHER_SIZES = 2


@dataclass(frozen=True)
class AskedAgain:
    """Fresh calls beside what is right. Of those that are ``stretched`` what is not finite says nothing."""

    plain: tuple[Answered, ...]
    stretched: tuple[Answered, ...]


def ask_again(rule: Declared, trial: Trial) -> AskedAgain | None:
    """Call the student's function on fresh inputs; None where one of the calls ended its process.

    Parameters
    ----------
    rule
        Gives the probes that are drawn anew, further inputs, and what is right.
    trial
        The student to ask; its generator seeds the fresh inputs.
    """
    random = np.random.default_rng(int(trial.random.integers(1 << 62)))
    plain = [probe.draw(random) for probe in rule.probes]
    stretched = [
        *(probe.draw(random) for probe in rule.again),
        *_stretched(rule, random),
        *_of_other_sizes(rule, random),
    ]
    outcomes = trial.ask(*plain, *stretched)
    if any(isinstance(outcome, Fault) for outcome in outcomes):
        return None
    found = tuple(
        compared_call("fresh inputs", arguments, outcome, rule.reference)
        for arguments, outcome in zip([*plain, *stretched], outcomes, strict=True)
    )
    later = [each for each in found[len(plain) :] if isinstance(each.outcome, Returned)]
    return AskedAgain(found[: len(plain)], tuple(later))


def _stretched(rule: Declared, random: np.random.Generator) -> list[tuple[Any, ...]]:
    moves = signed(rule)
    if not any(moves):
        return []
    probes = cycle(rule.probes)
    drawn = [(factor, next(probes).draw(random)) for factor in _STRETCHES]
    return [
        tuple(value * factor if change else value for value, change in zip(arguments, moves, strict=False))
        for factor, arguments in drawn
    ]


@lru_cache(maxsize=64)
def signed(rule: Declared) -> tuple[bool, ...]:
    """For each argument whether it is of floats of either sign: any number will do for it."""
    random = np.random.default_rng(0)
    drawn = [probe.draw(random) for _ in range(4) for probe in rule.probes]

    def either(place: int) -> bool:
        seen = [np.asarray(each[place]) for each in drawn if place < len(each)]
        values = np.concatenate([value.ravel() for value in seen])
        floats = all(value.dtype.kind == "f" for value in seen)
        return bool(floats and values.min() < 0 < values.max() and not np.isin(values, (-1, 0, 1)).all())

    return tuple(either(place) for place in range(max(map(len, drawn))))


def _of_other_sizes(rule: Declared, random: np.random.Generator) -> Sequence[tuple[Any, ...]]:
    if not any(getattr(rule.reference, "axes", ())):
        return []
    return unlike_the_probes(rule, random)[:_OF_OTHER_SIZES]
