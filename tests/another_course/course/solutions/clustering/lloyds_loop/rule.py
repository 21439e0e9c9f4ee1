"""Rule `LloydsLoop`: what is declared of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from autograder.judging.misconception import Misconception
from autograder.judging.rule import EDGES, FORM, Check, Input, Rule, learning_curve
from autograder.judging.trial import Judged, Trial

from . import judge


@dataclass(frozen=True)
class LloydsLoop(Rule):
    """Rule: points join the nearest centre, centres move to the mean, until none moves."""

    checks: ClassVar[tuple[Check, ...]] = (
        Check("centres", "Centres", "After one step, and after two, the centres are where they should be."),
        Check("inertia", "Inertia", "One value at the start, and one after each step."),
        Check("stop", "Stopping", "It ends after the first step in which no centre moves, and only then."),
        EDGES,
        FORM,
        learning_curve("The inertia on three clouds is the reference's at every step."),
    )
    parameters: ClassVar[tuple[str, ...]] = judge.NAMES

    def begin(self, trial: Trial) -> Callable[[], Judged]:
        """Send all calls on their way, and return what judges their outcomes."""
        return judge.begin(trial)

    def known_misconceptions(self) -> Sequence[Misconception]:
        """Every misconception that feedback can name."""
        return judge.MISCONCEPTIONS

    def inputs(self) -> tuple[Input, ...]:
        """All inputs, ordinary ones first."""
        kinds = ((judge.ORDINARY, "ordinary"), (judge.STOPPING, "ordinary"), (judge.EDGES, "edge case"))
        return tuple(
            Input(kind, name, partial(_arguments, draw))
            for cases, kind in kinds
            for name, draw in cases.items()
        )


def _arguments(draw, random):
    return draw(random)
