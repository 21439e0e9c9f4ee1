"""Rule `SgdEpoch`: an epoch of SGD, recognised by decoding the order of its mini-batches."""

from autograder.rules.sgd_epoch.rule import SgdEpoch

__all__ = ["SgdEpoch"]
