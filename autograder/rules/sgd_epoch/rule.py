"""Rule `SgdEpoch`: what is declared of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from autograder.judging.misconception import Misconception
from autograder.judging.rule import EDGES, FORM, ORDER, Check, Rule, learning_curve
from autograder.judging.trial import Judged, Trial
from autograder.rules.sgd_epoch import judge, misconceptions


@dataclass(frozen=True)
class SgdEpoch(Rule):
    """Rule: an epoch of SGD, recognised by decoding the order of its mini-batches."""

    curve_title: str

    checks: ClassVar[tuple[Check, ...]] = (
        Check(
            "steps",
            "Update steps",
            "Some order of the mini-batches, each example used once, explains where every epoch ends.",
        ),
        ORDER,
        EDGES,
        FORM,
        learning_curve("Trained on for several epochs, the orders that are decoded explain the whole curve."),
    )
    parameters: ClassVar[tuple[str, ...]] = judge.NAMES

    def begin(self, trial: Trial) -> Callable[[], Judged]:
        """Nothing is asked beforehand: what comes next depends on what came."""
        return partial(judge.judge, self.curve_title, trial)

    def known_misconceptions(self) -> Sequence[Misconception]:
        """Every misconception that feedback can name."""
        return misconceptions.MISCONCEPTIONS
