"""Which module judges which rule."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from autograder.homework import GradientDescent, Minibatches, SgdEpoch, Train, Values
from autograder.judging import descent, minibatches, sgd, train, values
from autograder.judging.trial import Judged, Trial


def begin(trial: Trial) -> Callable[[], Judged]:
    """Send on their way what calls of an exercise are known beforehand, and return what judges it.

    Between the two the submission's process works on its own.
    """
    rule = trial.exercise.rule
    match rule:
        case Values():
            return values.begin(rule, trial)
        case GradientDescent():
            return partial(descent.judge, rule, trial)
        case Minibatches():
            return partial(minibatches.judge, rule, trial)
        case SgdEpoch():
            return partial(sgd.judge, rule, trial)
        case Train():
            return partial(train.judge, rule, trial)
