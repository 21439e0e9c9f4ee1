"""Rule `Labels`: a function that says in one word what kind of thing it was given."""

from autograder.rules.labels.rule import Labels

__all__ = ["Labels"]
