"""Which module judges which rule."""

from __future__ import annotations

from autograder.homework import GradientDescent, Minibatches, SgdEpoch, Train, Values
from autograder.judging import descent, minibatches, sgd, train, values
from autograder.judging.trial import Finding, Trial
from autograder.sandbox.host import Outcome


def judge(trial: Trial) -> tuple[dict[str, Finding], list[Outcome]]:
    """Judge an exercise by its rule.

    Returns
    -------
    findings : dict
        By the name of the check.
    outcomes : list of Outcome
        Of the ordinary calls: they tell a stub from a wrong function.
    """
    match trial.exercise.rule:
        case Values() as rule:
            return values.judge(rule, trial)
        case GradientDescent() as rule:
            return descent.judge(rule, trial)
        case Minibatches() as rule:
            return minibatches.judge(rule, trial)
        case SgdEpoch() as rule:
            return sgd.judge(rule, trial)
        case Train() as rule:
            return train.judge(rule, trial)
