"""Rule `ChooseLambda`: what is declared of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from autograder.judging.misconception import Misconception
from autograder.judging.rule import EDGES, FORM, Check, Rule, learning_curve
from autograder.judging.trial import Judged, Trial
from autograder.rules.choose_lambda import judge, misconceptions


@dataclass(frozen=True)
class ChooseLambda(Rule):
    """Rule: the choice of λ on the validation set, with the referee's fit and loss."""

    curve_title: str

    checks: ClassVar[tuple[Check, ...]] = (
        Check("lam", "The chosen λ", "The λ with the smallest validation loss, the first on a tie."),
        Check(
            "losses",
            "Recorded losses",
            "Fitted on the training set and judged on the validation set, one loss for each λ.",
        ),
        EDGES,
        FORM,
        learning_curve("The validation losses over λ are the reference's."),
    )
    parameters: ClassVar[tuple[str, ...]] = judge.NAMES

    def begin(self, trial: Trial) -> Callable[[], Judged]:
        """Nothing is asked beforehand: what comes next depends on what came."""
        return partial(judge.judge, self.curve_title, trial)

    def known_misconceptions(self) -> Sequence[Misconception]:
        """Every misconception that feedback can name."""
        return misconceptions.MISCONCEPTIONS
