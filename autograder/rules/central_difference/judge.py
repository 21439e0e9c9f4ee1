"""Rule `CentralDifference`: what is measured on losses with a curvature that changes, with wide steps."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.judging.arranged import arranged
from autograder.judging.sentences import TAKES
from autograder.judging.simulated import Call, Calls, Simulated
from autograder.judging.trial import Judged, Trial
from autograder.rules.central_difference.misconceptions import MISCONCEPTIONS, RIGHT
from autograder.rules.central_difference.powers import loss_of
from autograder.sandbox.inside.public import Public

NAMES = ("loss", "v", "h")
SIMULATED = Simulated(RIGHT, MISCONCEPTIONS, NAMES)


def draw_loss(random: np.random.Generator, d: int, times: float = 1.0) -> Public:
    """A loss in d variables; its third derivatives are not small, so that the step h shows.

    Parameters
    ----------
    random
        What the loss is drawn from.
    d
        Number of variables.
    times
        What each variable is multiplied with: the larger, the steeper the loss.
    """
    B = random.normal(size=(d, d))
    c = random.uniform(0.5, 1.5, d) * random.choice([-1, 1], d)
    a, e = random.normal(size=d), random.uniform(0.2, 0.6, d)
    return Public.of(loss_of, a, B + B.T, c, e, times, TAKES)


def judge(trial: Trial) -> Judged:
    """Findings by check, and the outcomes of ordinary calls."""
    random = trial.random

    def call(name: str, v: np.ndarray, h: float | None, times: float = 1.0) -> Call:
        given = () if h is None else (h,)
        shown: dict[str, Any] = dict(zip(NAMES[1:], (v, *given), strict=False))
        return Call(name, (draw_loss(random, len(v), times), v, *given), shown)

    def place(d: int) -> np.ndarray:
        return random.uniform(0.4, 1.5, d) * random.choice([-1, 1], d)

    ordinary = [
        call(f"{d} components and h = {h:.3g}", place(d), h)
        for d, h in (
            (3, random.uniform(0.3, 0.5)),
            (2, random.uniform(0.1, 0.2)),
            (4, random.uniform(0.5, 0.8)),
        )
    ]
    edges = [
        # so steep that the default step shows, too
        call("h left out", place(3) / 100, None, 100.0),
        call("one component", place(1), 0.25),
        call("integers", random.choice([-2, -1, 1, 2], 3), 0.25),
        call("a component that is 0", place(3) * np.array([1.0, 0.0, 1.0]), 0.3),
        call("another loss at a place where one was measured", *ordinary[0].arguments[1:]),
        *(call(f"{name} in v", v, 0.3) for name, (v,) in arranged(place(3))),
        call("equal components", np.full(3, place(1)[0]), 0.3),
    ]
    return SIMULATED.judge(trial, Calls(ordinary, edges))
