"""What students get wrong in a central difference, each with a function that does so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.judging.misconception import Misconception
from autograder.rules.central_difference import sentences as s

Loss = Callable[[np.ndarray], float]


@dataclass(frozen=True)
class Difference:
    """A difference quotient in every component: as it is asked for, or wrong in one way.

    ``ahead`` and ``behind`` say where the loss is taken, in steps h; ``over`` what is divided by, given h.
    """

    sentence: str
    ahead: float = 1.0
    behind: float = -1.0
    over: Callable[[float], float] = lambda h: 2 * h
    step: Callable[[float], float] = lambda h: h
    together: bool = False
    kept: bool = False
    of: Callable[[np.ndarray], np.ndarray] = lambda slopes: slopes

    def __call__(self, loss: Loss, v: Any, h: float = 1e-5) -> np.ndarray:
        """The quotient in every component."""
        at, h = np.asarray(v, float), self.step(h)
        slopes = []
        for unit in np.eye(len(at)):
            way = np.ones(len(at)) if self.together else unit
            slopes.append((loss(at + self.ahead * h * way) - loss(at + self.behind * h * way)) / self.over(h))
            if self.kept:  # the last of the two moves is not taken back
                at = at + self.behind * h * unit
        return self.of(np.array(slopes))


RIGHT = Difference("")
_WRONG = {
    "forward": Difference(s.ONE_SIDED, behind=0.0, over=lambda h: h),
    "backward": Difference(s.ONE_SIDED, ahead=0.0, over=lambda h: h),
    "forward_over_2h": Difference(
        "It looks to one side only, and divides by 2h: between the two points lies h.", behind=0.0
    ),
    "not_halved": Difference(s.NOT_HALVED, over=lambda h: h),
    "sign": Difference(s.SIGN, ahead=-1.0, behind=1.0),
    "not_divided": Difference("The difference of the losses is not divided.", over=lambda h: 1.0),
    "halved_only": Difference(
        "The difference of the losses is halved: h is missing in the denominator.", over=lambda h: 2
    ),
    "multiplied": Difference("It is multiplied by 2h, not divided.", over=lambda h: 1 / (2 * h)),
    "h_over_two": Difference(
        "It divides by h and multiplies by 2: divide by the distance of the two points.",
        over=lambda h: h / 2,
    ),
    "fixed_step": Difference(s.FIXED_STEP, step=lambda h: 1e-5),
    "half_step": Difference(
        "The steps are h/2 long: the two points lie h to either side.", step=lambda h: h / 2
    ),
    "double_step": Difference(
        "The steps are 2h long: the two points lie h to either side.", step=lambda h: 2 * h
    ),
    "together": Difference(s.TOGETHER, together=True),
    "kept": Difference(s.KEPT, kept=True),
    "absolute": Difference("No slope is negative: where the loss falls, the slope is negative.", of=np.abs),
    "mean": Difference(
        "All components are the mean of the slopes: each component is a slope of its own.",
        of=lambda slopes: np.full_like(slopes, slopes.mean()),
    ),
}
MISCONCEPTIONS = tuple(Misconception(name, way.sentence, way) for name, way in _WRONG.items())
