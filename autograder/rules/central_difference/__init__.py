"""Rule `CentralDifference`: a gradient that is measured on the referee's loss."""

from autograder.rules.central_difference.rule import CentralDifference

__all__ = ["CentralDifference"]
