"""What each check asks for, in words for instructors."""

from __future__ import annotations

from autograder.homework import (
    ChooseLambda,
    Exercise,
    GradientDescent,
    GradientNoise,
    Minibatches,
    Rule,
    SgdEpoch,
    Split,
    Train,
    Values,
)

_SHARED = {
    "edges": "Right in the edge cases too. Counts only where the ordinary values hold.",
    "form": "Shapes and types as asked for, arguments left as they were, no memory shared between results. "
    "Counts only where the ordinary values hold.",
    "curve": "With the function in the loop, the learning curve is the reference's at every step.",
    "order": "A fresh random order each time, drawn from rng alone, and all of them equally likely.",
}
_OF_RULE: dict[type[Rule], dict[str, str]] = {
    GradientDescent: {
        "iterates": "Every iterate from v0 on is right, with a constant lr.",
        "schedule": "Every iterate is right where lr is a function of the step's number t = 0, 1, …",
        "curve": "The loss along the iterates is the reference's at every step.",
    },
    Minibatches: {
        "batches": "Each epoch splits all examples into batches of the right sizes.",
    },
    SgdEpoch: {
        "steps": "Some order of the mini-batches, each example used once, explains where every epoch ends.",
        "curve": "Trained on for several epochs, the orders that are decoded explain the whole curve.",
    },
    Train: {
        "losses": "One loss before the first epoch, and one after each.",
        "parameters": "w and b are what the last epoch returned.",
        "tolerance": "It stops after the first epoch that gains less than the tolerance, and only then.",
    },
    GradientNoise: {
        "value": "With one draw and with two, some mini-batches of the right size explain the result.",
        "draws": "Each draw is a new mini-batch from rng alone, without replacement, all equally likely; "
        "many draws come as near the exact expectation as they should.",
        "curve": "Over the batch size, the noise is as near its exact expectation as luck allows.",
    },
    Split: {
        "sizes": "Each of the three sets has its size.",
        "partition": "Every example is in exactly one of the sets.",
    },
    ChooseLambda: {
        "lam": "The λ with the smallest validation loss, the first on a tie.",
        "losses": "Fitted on the training set and judged on the validation set, one loss for each λ.",
        "curve": "The validation losses over λ are the reference's.",
    },
}


def meaning(exercise: Exercise, check: str) -> str:
    """What a check of an exercise asks for, in a sentence or two."""
    rule = exercise.rule
    if isinstance(rule, Values):
        return _of_values(rule, check)
    return _OF_RULE[type(rule)].get(check) or _SHARED[check]


def _of_values(rule: Values, check: str) -> str:
    if check in rule.reference.components:
        what = "The result is" if len(rule.reference.components) == 1 else f"{check} is"
        return f"{what} right on every ordinary probe, to 1e-8 of its scale, whatever its shape."
    if check == "edges" and rule.refused:
        return f"{_SHARED[check]} A ValueError is raised where the value is not defined."
    if check == "form" and rule.quiet:
        return f"{_SHARED[check]} No warning of NumPy's."
    return _SHARED[check]
