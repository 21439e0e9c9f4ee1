"""Which module judges which rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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


def prepare(exercise: Exercise) -> None:
    """Work out what diagnosing wrong functions takes, for this process and those that are forked from it:
    without it each of them does so when it first needs it."""
    if isinstance(exercise.rule, Values):
        diagnosis.prepare(exercise.rule)


def misconceptions(exercise: Exercise) -> list[tuple[str, str, str]]:
    """Every mistake in an exercise that feedback can name: its name, the sentence that students read, and a
    line for instructors where the sentence does not say what was changed."""
    rule = exercise.rule
    match rule:
        case Values():
            return diagnosis.known(rule)
        case GradientDescent():
            table: Mapping[str, str] = descent.MISCONCEPTIONS
        case Minibatches():
            table = minibatches.MISCONCEPTIONS
        case SgdEpoch():
            table = sgd.MISCONCEPTIONS
        case Train():
            table = train.MISCONCEPTIONS
        case GradientNoise():
            table = noise.MISCONCEPTIONS
        case Split():
            table = split.MISCONCEPTIONS
        case ChooseLambda():
            table = choice.MISCONCEPTIONS
    return [(name, sentence, "") for name, sentence in table.items()]
