"""What judge and check of `GradientDescent` both say."""

from __future__ import annotations

FROM_ONE = "The first step has t = 0, not t = 1."
FIRST_RATE = "All steps have the learning rate of the first step."
ALIASED = "All rows are the last iterate: append a copy of v, not v itself, when v is changed in place."
