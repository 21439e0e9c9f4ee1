"""What judge and check of `CentralDifference` both say."""

from __future__ import annotations

ONE_SIDED = "It looks to one side only: a central difference takes the loss on both sides of v."
NOT_HALVED = "It is twice what it should be: the two points lie 2h apart."
SIGN = "It has the opposite sign: subtract the loss behind from the loss ahead."
FIXED_STEP = (
    "It is almost exactly the derivative, whatever h is given. Use the given h on both sides: the quotient "
    "then has an error, and this quotient is the right answer."
)
TOGETHER = "All components move at once: move one, and keep the others."
KEPT = "A component stays moved while the next one is measured: begin with a copy of v each time."
