"""Rule `BestOfStarts`: what is declared of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from autograder.judging.misconception import Misconception
from autograder.judging.rule import EDGES, FORM, Check, Rule
from autograder.judging.trial import Judged, Trial
from autograder.rules.best_of_starts import judge, misconceptions


@dataclass(frozen=True)
class BestOfStarts(Rule):
    """Rule: the best end of gradient descent from several starts, with the referee's loss and gradient."""

    checks: ClassVar[tuple[Check, ...]] = (
        Check("value", "Value", "The end with the smallest loss, after exactly so many steps, to 1e-8."),
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

    def required(self) -> tuple[str, ...]:
        """The value."""
        return ("value",)
