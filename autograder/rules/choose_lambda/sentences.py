"""What judge and check of `ChooseLambda` both say."""

from __future__ import annotations

LARGEST_LOSS = "That is the λ with the largest loss."
PLACE = "That is the index of λ, not λ itself."
LOSS_ITSELF = "That is the smallest loss itself."
ON_TIE = "On a tie, return the first λ"
LAST_ON_TIE = f"{ON_TIE}: it returns a later one."
NOT_THE_SMALLEST = "the chosen λ is not the one with the smallest validation loss"
EXCHANGED = "λ and the losses are in the wrong order: return (lam, losses)."
