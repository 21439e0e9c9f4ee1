"""Rule `BestOfStarts`: starts whose order by loss is not that of their ends."""

from __future__ import annotations

import numpy as np

from autograder.judging.arranged import arranged
from autograder.judging.simulated import Call, Calls, Simulated
from autograder.judging.trial import Judged, Trial
from autograder.rules.best_of_starts.landscape import Landscape, draw_landscape
from autograder.rules.best_of_starts.misconceptions import MISCONCEPTIONS, RIGHT
from autograder.rules.best_of_starts.sentences import TIE
from autograder.rules.values.valley import Valley

NAMES = ("gradient", "loss", "starts", "lr", "steps")
SIMULATED = Simulated(RIGHT, MISCONCEPTIONS, NAMES)


def draw_starts(random: np.random.Generator, land: Landscape) -> np.ndarray:
    """Six starts: the best end, the worst end, the lowest start, the largest fall, the first and the last row
    are those of six different ones.

    Parameters
    ----------
    random
        What the starts are drawn from.
    land
        A landscape in d ≥ 2 variables.

    Returns
    -------
    array
        Shape (6, d), one row for each start.
    """
    d = len(land.t)
    deep = -np.sign(land.t)
    one, other = np.ones(d), np.ones(d)
    one[0], other[-1] = -1, -1  # the next basin along one axis, and along another

    def start(basin: np.ndarray, low: float, high: float) -> np.ndarray:
        return np.asarray(deep * basin * random.uniform(low, high, d))

    rows = [
        start(other, 1.2, 1.3),
        start(np.ones(d), 1.35, 1.45),
        start(one, 0.97, 1.03),
        start(other, 1.8, 1.9),
        start(one * other, 1.1, 1.2),
        start(one, 1.2, 1.3),
    ]
    return land.at(np.array(rows))


def judge(trial: Trial) -> Judged:
    """Findings by check, and the outcomes of ordinary calls."""
    random = trial.random

    def call(
        name: str, land: Landscape | Valley, starts: np.ndarray, steps: int, lr: float | None = None
    ) -> Call:
        lr = float(random.uniform(0.08, 0.12)) if lr is None else lr
        arguments = (land.gradient, land.loss, starts, lr, steps)
        return Call(name, arguments, dict(zip(NAMES[2:], arguments[2:], strict=True)))

    ordinary = []
    for d, steps in ((2, 6), (3, 5), (2, 4)):
        land = draw_landscape(random, d)
        ordinary.append(
            call(f"6 starts, {d} components, {steps} steps", land, draw_starts(random, land), steps)
        )
    one, flat = draw_landscape(random, 1), draw_landscape(random, 2)
    whole = Valley(np.diag(random.uniform(0.5, 1.5, 2)), np.zeros(2))
    steep = Valley(np.diag([random.uniform(2.2, 2.4), random.uniform(3.2, 3.4)]), np.zeros(2))
    edges = [
        call("no step at all", flat, draw_starts(random, flat), 0),
        call("one start", flat, draw_starts(random, flat)[:1], 8),
        call("one component", one, one.at(random.uniform(-1.5, 1.5, (4, 1))), 10),
        call("starts of integers", whole, np.array([[3, 1], [-1, 2], [2, -3]]), 6),
        # mirrored in the center of a valley, both ends have exactly one loss
        call(TIE, whole, np.array([[2.0, 1.0], [0.5, -1.0], [-0.5, 1.0]]), 6),
        call("lr = 0", flat, draw_starts(random, flat), 3, 0),
        *(
            call(f"{name} in starts", whole, starts, 4)
            for name, (starts,) in arranged(random.normal(size=(3, 2)))
        ),
        call("starts near the minimum", whole, np.array([[3e-6, 1e-6], [1e-6, -2e-6], [2.0, 1.0]]), 3),
        # every step makes the loss larger, and the end of the lowest start is not the lowest end
        call(
            "a learning rate that overshoots",
            steep,
            1e8 * np.array([[0.5, 1.0], [3.0, 0.1], [-1.0, 3.0]]),
            3,
            1,
        ),
    ]
    return SIMULATED.judge(trial, Calls(ordinary, edges))
