"""What judge and check of `Train` both say."""

from __future__ import annotations

LOSSES = {
    "first_loss_missing": "the loss from before the first epoch is missing",
    "last_loss_missing": "the loss after the last epoch is missing",
    "logged_before_update": "each loss is taken before its epoch: take it after the epoch",
    "one_epoch_more": "there is one epoch too many",
    "one_epoch_less": "one epoch is missing",
    "losses_stay": "the loss never changes: is it that of the new w and b?",
    "only_last_loss": "only the last loss is returned: return all losses",
    "always_from_the_start": "every epoch begins at the first w and b: begin at what the last one returned",
    "losses_added_up": "each loss is the sum of all losses so far",
    "differences": "these are differences of the losses: return the losses themselves",
    "differences_alone": "these are differences of the losses: return the losses themselves",
    "losses_rounded": "the losses are rounded to 4 digits after the decimal point: keep all digits",
    "running_mean_of_losses": "each loss is the mean of all losses so far: do not average them",
    "losses_backwards": "the losses come in the wrong order",
}
PARAMETERS = {
    "start_returned": "w and b are those from before the first epoch",
    "before_the_last": "w and b are those from before the last epoch",
}
STOPS_EARLY = "it stops early, though no tolerance is reached"
SMOOTHED = "each loss is mixed with the one before it: do not average them"
EXCHANGED = "w, b and the losses come in another order"
RISES = "A rise must stop it too: what is the sign of previous loss − loss then?"
NEVER_STOPS = "The tolerance never stops it."
TAKES = "{}(w, b) takes w of shape {}; it was given shape {}"
NOT_THE_LAST = "not what the last epoch returned"

# What a training is called with.
REACHED = "a tolerance that is reached"
EXACTLY = "a loss that falls by exactly the tolerance"
RISING = "a tolerance of 0 and a rising loss"
RISING_FAR = "a loss that rises by more than the tolerance"
NEVER_REACHED = "a tolerance that is never reached"
