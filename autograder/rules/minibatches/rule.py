"""Rule `Minibatches`: what is declared of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from autograder.judging.misconception import Misconception
from autograder.judging.rule import EDGES, FORM, ORDER, Check, Rule, StandIn
from autograder.judging.trial import Judged, Trial
from autograder.rules.minibatches import judge, misconceptions


@dataclass(frozen=True)
class Minibatches(Rule):
    """Rule: one epoch's batches as index arrays."""

    checks: ClassVar[tuple[Check, ...]] = (
        Check("batches", "Mini-batches", "Each epoch splits all examples into batches of the right sizes."),
        ORDER,
        EDGES,
        FORM,
    )
    parameters: ClassVar[tuple[str, ...]] = judge.NAMES

    def begin(self, trial: Trial) -> Callable[[], Judged]:
        """Nothing is asked beforehand: what comes next depends on what came."""
        return partial(judge.judge, trial)

    def known_misconceptions(self) -> Sequence[Misconception]:
        """Every misconception that feedback can name."""
        return misconceptions.MISCONCEPTIONS

    def stand_in(self) -> StandIn:
        """Fresh batches, which tell nothing that a student is asked for."""
        return StandIn(judge.NAMES, judge.NAMES, judge.stand_in, depth=1)
