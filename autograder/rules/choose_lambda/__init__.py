"""Rule `ChooseLambda`: the choice of λ on the validation set, with the referee's fit and loss."""

from autograder.rules.choose_lambda.rule import ChooseLambda

__all__ = ["ChooseLambda"]
