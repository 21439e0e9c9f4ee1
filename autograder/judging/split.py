"""Rule `Split`."""

from __future__ import annotations

from autograder.homework import Split
from autograder.judging.trial import Judged, Trial

MISCONCEPTIONS: dict[str, str] = {}


def judge(rule: Split, trial: Trial) -> Judged:
    """Findings by check, and the outcomes of ordinary calls."""
    raise NotImplementedError
