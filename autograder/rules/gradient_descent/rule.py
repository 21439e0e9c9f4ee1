"""Rule `GradientDescent`: what is declared of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from autograder.judging.misconception import Misconception
from autograder.judging.rule import EDGES, FORM, Check, Rule, learning_curve
from autograder.judging.trial import Judged, Trial
from autograder.rules.gradient_descent import judge, misconceptions


@dataclass(frozen=True)
class GradientDescent(Rule):
    """Rule: the iterates of gradient descent, with the referee's gradient, and lr a number or a function."""

    curve_title: str

    checks: ClassVar[tuple[Check, ...]] = (
        Check("iterates", "Iterates", "Every iterate from v0 on is right, with a constant lr."),
        Check(
            "schedule",
            "Learning rate as a function of t",
            "Every iterate is right where lr is a function of the step's number t = 0, 1, …",
        ),
        EDGES,
        FORM,
        learning_curve("The loss along the iterates is the reference's at every step."),
    )
    parameters: ClassVar[tuple[str, ...]] = judge.NAMES

    def begin(self, trial: Trial) -> Callable[[], Judged]:
        """Nothing is asked beforehand: what comes next depends on what came."""
        return partial(judge.judge, self.curve_title, trial)

    def known_misconceptions(self) -> Sequence[Misconception]:
        """Every misconception that feedback can name."""
        return misconceptions.MISCONCEPTIONS
