"""Rule `Train`: what is declared of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from autograder.judging.misconception import Misconception
from autograder.judging.rule import EDGES, FORM, Check, Rule
from autograder.judging.trial import Judged, Trial
from autograder.rules.train import judge, misconceptions


@dataclass(frozen=True)
class Train(Rule):
    """Rule: the outer loop, with the referee's epoch and loss."""

    checks: ClassVar[tuple[Check, ...]] = (
        Check("losses", "Recorded losses", "One loss before the first epoch, and one after each."),
        Check("parameters", "Returned parameters", "w and b are what the last epoch returned."),
        Check(
            "tolerance",
            "Stopping at the tolerance",
            "It stops after the first epoch that gains less than the tolerance, and only then.",
        ),
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
