"""Rule `GradientDescent`: the iterates of gradient descent, with the referee's gradient."""

from autograder.rules.gradient_descent.rule import GradientDescent

__all__ = ["GradientDescent"]
