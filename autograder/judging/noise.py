"""Rule `GradientNoise`."""

from __future__ import annotations

from autograder.homework import GradientNoise
from autograder.judging.trial import Judged, Trial

MISCONCEPTIONS: dict[str, str] = {}


def judge(rule: GradientNoise, trial: Trial) -> Judged:
    """Findings by check, and the outcomes of ordinary calls."""
    raise NotImplementedError
