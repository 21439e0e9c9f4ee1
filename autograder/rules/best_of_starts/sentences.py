"""What judge and check of `BestOfStarts` both say."""

from __future__ import annotations

TIE = "two ends with the same loss"
BEST_START = "It goes on from the best start only: a high start may lead to the lowest end."
START_ITSELF = "It returns a start: descend from it first."
FIRST_END = "It returns the end of the first start: compare the losses of all ends."
LAST_END = "It returns the end of the last start: compare the losses of all ends."
WORST = "It returns the end with the largest loss."
LAST_ON_A_TIE = "If several ends have the same loss, it returns the last one: return the first one."
ONE_STEP_MORE = "It takes one step too many."
ONE_STEP_LESS = "It takes one step too few."
GOES_ON = "Each descent begins at the end of the one before: begin at the next row of starts."
THE_LOSS = "It returns the smallest loss: return the end itself."
