"""Rule `Split`: what is declared of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from autograder.judging.misconception import Misconception
from autograder.judging.rule import EDGES, FORM, ORDER, Check, Rule
from autograder.judging.trial import Judged, Trial
from autograder.rules.split import judge, misconceptions
from autograder.rules.split.sentences import PARTITION


@dataclass(frozen=True)
class Split(Rule):
    """Rule: a random partition into training, validation and test set, judged by its properties."""

    checks: ClassVar[tuple[Check, ...]] = (
        Check("sizes", "Sizes of the sets", "Each of the three sets has its size."),
        Check("partition", "Each example in one set", PARTITION),
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
