"""Rule `ChooseLambda`."""

from __future__ import annotations

from autograder.homework import ChooseLambda
from autograder.judging.trial import Judged, Trial

MISCONCEPTIONS: dict[str, str] = {}


def judge(rule: ChooseLambda, trial: Trial) -> Judged:
    """Findings by check, and the outcomes of ordinary calls."""
    raise NotImplementedError
