"""Rule `GradientNoise`: what is declared of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from autograder.judging.misconception import Misconception
from autograder.judging.rule import EDGES, FORM, Check, Rule, learning_curve
from autograder.judging.trial import Judged, Trial
from autograder.rules.gradient_noise import judge, misconceptions


@dataclass(frozen=True)
class GradientNoise(Rule):
    """Rule: how far mini-batch gradients lie from the full one, judged by the batches that a few draws must
    have used and against the exact expectation."""

    curve_title: str

    checks: ClassVar[tuple[Check, ...]] = (
        Check(
            "value",
            "Value",
            "With one draw and with two, some mini-batches of the right size explain the result.",
        ),
        Check(
            "draws",
            "Random draws",
            "Each draw is a new mini-batch from rng alone, without replacement, all equally likely; "
            "many draws come as near the exact expectation as they should.",
        ),
        EDGES,
        FORM,
        learning_curve("Over the batch size, the noise is as near its exact expectation as luck allows."),
    )
    parameters: ClassVar[tuple[str, ...]] = judge.NAMES

    def begin(self, trial: Trial) -> Callable[[], Judged]:
        """Nothing is asked beforehand: what comes next depends on what came."""
        return partial(judge.judge, self.curve_title, trial)

    def known_misconceptions(self) -> Sequence[Misconception]:
        """Every misconception that feedback can name."""
        return misconceptions.MISCONCEPTIONS
