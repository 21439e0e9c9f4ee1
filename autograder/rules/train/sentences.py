"""What judge and check of `Train` both say."""

from __future__ import annotations

LOSSES = {
    "first_loss_missing": "the loss from before the first epoch is missing",
    "last_loss_missing": "the loss after the last epoch is missing",
    "logged_before_update": "each loss is taken before its epoch, where after it is asked for",
    "one_epoch_more": "there is an epoch too many",
    "one_epoch_less": "an epoch is missing",
    "losses_stay": "the loss never changes: is it that of the new w and b?",
    "only_last_loss": "only the last loss came back, where all are asked for",
    "always_from_the_start": "every epoch begins at the first w and b: give it what the last one returned",
    "losses_added_up": "the losses are added up on the way",
    "differences": "these are the gains of the epochs: the losses themselves are asked for",
    "differences_alone": "these are the gains of the epochs: the losses themselves are asked for",
    "losses_rounded": "the losses are rounded to 4 digits after the point: leave them as they are",
    "running_mean_of_losses": "each loss is the mean of all losses up to it: keep them apart",
    "losses_backwards": "the losses come in the wrong order",
}
PARAMETERS = {
    "start_returned": "w and b are those from before the first epoch",
    "before_the_last": "w and b are those from before the last epoch",
}
STOPS_EARLY = "it stops early, though no tolerance ends it"
SMOOTHED = "each loss is mixed with the one before it: keep them as they are"
EXCHANGED = "w, b and the losses come in another order"
RISES = "A rise has to stop it, too: which sign has previous loss − loss then?"
NEVER_STOPS = "The tolerance never stops it."
NOT_THE_LAST = "not what the last epoch returned"

# What a training is called with.
REACHED = "a tolerance that is reached"
EXACTLY = "a loss that falls by exactly the tolerance"
RISING = "a tolerance of 0 and a rising loss"
RISING_FAR = "a loss that rises by more than the tolerance"
NEVER_REACHED = "a tolerance that is never reached"
