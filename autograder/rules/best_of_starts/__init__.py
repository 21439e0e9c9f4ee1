"""Rule `BestOfStarts`: gradient descent from several starts, in a landscape with several basins."""

from autograder.rules.best_of_starts.rule import BestOfStarts

__all__ = ["BestOfStarts"]
