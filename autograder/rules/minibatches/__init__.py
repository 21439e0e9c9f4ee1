"""Rule `Minibatches`: one epoch's batches as index arrays."""

from autograder.rules.minibatches.rule import Minibatches

__all__ = ["Minibatches"]
