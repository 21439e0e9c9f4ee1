"""What judge and check of `SgdEpoch` both say."""

from __future__ import annotations

NO_UPDATE = "w and b come back as they were: nothing is learnt"
APART = "The rows of X and the entries of y in a mini-batch do not belong together: one order for both."
LAST_DROPPED = "The last, smaller mini-batch is left out."
LAST_TOO_LIGHT = "The last, smaller mini-batch gets too small a weight."
SUMMED = "Each step is as many times too large as the mini-batch has examples."
DIVIDED_AGAIN = "Each step is divided by the batch's size once more."
FULL_BATCH = "One step with all examples at once is no mini-batch."
BIAS_STAYS = "The bias b never moves."
WEIGHTS_STAY = "The weights w never move."
REPLACED = "One example comes twice in an epoch, and another never: draw without replacement."
WHOLE_X = "X of integers and y of floats"
