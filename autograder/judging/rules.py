"""Which module judges which rule."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from autograder.homework import (
    ChooseLambda,
    Exercise,
    GradientDescent,
    GradientNoise,
    Minibatches,
    SgdEpoch,
    Split,
    Train,
    Values,
)
from autograder.judging import choice, descent, diagnosis, minibatches, noise, sgd, split, train, values
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
        case GradientNoise():
            return partial(noise.judge, rule, trial)
        case Split():
            return partial(split.judge, rule, trial)
        case ChooseLambda():
            return partial(choice.judge, rule, trial)


def misconceptions(exercise: Exercise) -> list[tuple[str, str]]:
    """Every mistake in an exercise that feedback can name, with the sentence that students read."""
    rule = exercise.rule
    match rule:
        case Values():
            return [(name, sentence) for name, (sentence, _) in diagnosis.known(rule).items()]
        case GradientDescent():
            return list(descent.MISCONCEPTIONS.items())
        case Minibatches():
            return list(minibatches.MISCONCEPTIONS.items())
        case SgdEpoch():
            return list(sgd.MISCONCEPTIONS.items())
        case Train():
            return list(train.MISCONCEPTIONS.items())
        case GradientNoise():
            return list(noise.MISCONCEPTIONS.items())
        case Split():
            return list(split.MISCONCEPTIONS.items())
        case ChooseLambda():
            return list(choice.MISCONCEPTIONS.items())
