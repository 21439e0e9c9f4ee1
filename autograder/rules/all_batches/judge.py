"""Rule `AllBatches`: with a gradient that is a mean over the batch, and with one that is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.judging.arranged import arranged
from autograder.judging.simulated import Call, Calls, Simulated
from autograder.judging.trial import Judged, Trial
from autograder.rules.all_batches.misconceptions import MISCONCEPTIONS, RIGHT
from autograder.rules.all_batches.slopes import slopes
from autograder.rules.sgd_epoch.mean_gradient import TAKES
from autograder.sandbox.inside.public import Public

NAMES = ("X", "y", "w", "b", "batch_size", "gradient")
SIMULATED = Simulated(RIGHT, MISCONCEPTIONS, NAMES, ("dw", "db"))


def judge(trial: Trial) -> Judged:
    """Findings by check, and the outcomes of ordinary calls."""
    random = trial.random

    def call(name: str, n: int, d: int, m: int, *, is_mean: bool = False, whole: bool = False) -> Call:
        draw: Callable[..., Any] = (lambda *size: random.integers(-3, 4, size)) if whole else random.normal
        X, y = (draw(n, d), draw(n)) if whole else (draw(size=(n, d)), draw(size=n))
        w, b = random.normal(size=d), float(random.normal())
        shown = dict(zip(NAMES[:5], (X, y, w, b, m), strict=True))
        return Call(name, (*shown.values(), Public.of(slopes, d, is_mean, TAKES)), shown)

    def given(name: str, other: Call, place: int, argument: Any) -> Call:
        arguments = (*other.arguments[:place], argument, *other.arguments[place + 1 :])
        return Call(name, arguments, dict(zip(NAMES[:5], arguments, strict=False)))

    def alike(name: str, other: Call) -> Call:
        X, y, *others = other.arguments
        X[3], y[3] = X[1], y[1]
        return Call(name, (X, y, *others), other.shown)

    ordinary = [
        call("a gradient that is a mean, 5 examples in batches of 2", 5, 2, 2, is_mean=True),
        call("a gradient that is no mean, 6 examples in batches of 3", 6, 3, 3),
        call("a gradient that is no mean, 5 examples in batches of 2", 5, 2, 2),
        call("a gradient that is no mean, 7 examples in batches of 4", 7, 2, 4),
    ]
    edges = [
        call("batches of one example", 4, 2, 1),
        call("batches of all examples", 4, 2, 4),
        call("one example", 1, 2, 1),
        call("integer arrays", 4, 1, 2, whole=True),
        call("8 examples in batches of 4", 8, 2, 4),
        given("w of integers", call("", 5, 2, 2), 2, random.integers(-3, 4, 2)),
        alike("two examples that are equal", call("", 5, 2, 3)),
    ]
    *some, m, gradient = call("", 5, 2, 2).arguments
    for name, numbers in arranged(*some):
        edges.append(Call(name, (*numbers, m, gradient), dict(zip(NAMES, (*numbers, m), strict=False))))
    return SIMULATED.judge(trial, Calls(ordinary, edges))
