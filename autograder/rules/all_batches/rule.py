"""Rule `AllBatches`: what is declared of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from autograder.judging.misconception import Misconception
from autograder.judging.reference import Reference
from autograder.judging.rule import EDGES, FORM, Check, Rule
from autograder.judging.trial import Judged, Trial
from autograder.rules.all_batches import judge, misconceptions


@dataclass(frozen=True)
class AllBatches(Rule):
    """Rule: the mean of the mini-batch gradients over every possible batch, with the referee's gradient.

    Parameters
    ----------
    reference
        What the handbook shows of it, where it is derived.
    """

    reference: Any = None

    checks: ClassVar[tuple[Check, ...]] = (
        Check(
            "value",
            "Value",
            "dw and db are the means over all batches, to 1e-8. Some of the gradients are no means over the "
            "batch, so that the full gradient is not the answer.",
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

    def required(self) -> tuple[str, ...]:
        """The value."""
        return ("value",)

    def references(self) -> tuple[Reference, ...]:
        """The proof that the mean is the full gradient, if there is one."""
        return (self.reference,) if self.reference is not None else ()
