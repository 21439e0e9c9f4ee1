"""What judge and check of `ChooseLambda` both say."""

from __future__ import annotations

LARGEST_LOSS = "That is the λ with the largest loss."
PLACE = "That is its place in the list."
LOSS_ITSELF = "That is the smallest loss itself."
ON_TIE = "On a tie the first λ is asked for"
LAST_ON_TIE = f"{ON_TIE}: here it is a later one."
NOT_THE_SMALLEST = "the chosen λ is not the one with the smallest validation loss"
EXCHANGED = "λ and the losses come in the other order: (lam, losses) is asked for."
