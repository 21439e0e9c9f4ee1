"""What judge and check of `AllBatches` both say."""

from __future__ import annotations

FULL = (
    "That is the gradient of all examples at once: take the mean over the batches, whatever gradient returns."
)
NEIGHBORS = "Only batches of neighbors are used: every choice of examples is a batch."
ONE_EPOCH = "Only the batches of one epoch are used: every choice of examples is a batch."
REPEATED = "An example comes twice in a batch: draw without replacement."
SUMMED = "The gradients of the batches are added up: return their mean."
SINGLES = "Only batches of one example are used: batch_size has no effect."
SMALLER_TOO = "Smaller batches are used too: every batch has batch_size examples."
RANDOM = "Batches are drawn at random: here each one is used exactly once."
DIVIDED_AGAIN = "It is divided by the batch size once more: the gradient of a batch is a mean already."
