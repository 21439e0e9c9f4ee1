"""What judge and check of `SgdEpoch` both say."""

from __future__ import annotations

NO_UPDATE = "w and b come back unchanged: nothing is learned"
APART = "The rows of X and the entries of y in a mini-batch do not belong together: use one order for both."
LAST_DROPPED = "The last, smaller mini-batch is left out."
LAST_TOO_LIGHT = "The last, smaller mini-batch gets too small a weight."
SUMMED = "Each step is m times too large, for a mini-batch of m examples."
DIVIDED_AGAIN = "Each step is divided by the batch size once more."
FULL_BATCH = "It takes one step with all examples at once: use mini-batches."
BIAS_STAYS = "The bias b never moves."
WEIGHTS_STAY = "The weights w never move."
REPLACED = "One example comes twice in an epoch, and another never: draw without replacement."
WHOLE_X = "X of integers and y of floats"
