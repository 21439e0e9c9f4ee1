"""Rule `Split`: a random partition into training, validation and test set, judged by its properties."""

from autograder.rules.split.rule import Split

__all__ = ["Split"]
