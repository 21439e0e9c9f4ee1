"""Rule `AllBatches`: the mean over every possible mini-batch, with the referee's gradient."""

from autograder.rules.all_batches.rule import AllBatches

__all__ = ["AllBatches"]
