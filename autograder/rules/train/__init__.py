"""Rule `Train`: the outer loop, with the referee's epoch and loss."""

from autograder.rules.train.rule import Train

__all__ = ["Train"]
