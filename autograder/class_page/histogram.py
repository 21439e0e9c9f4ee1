"""How marks are spread: bars for an SVG, and the numbers that one says of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, quantiles

from autograder.feedback.axes import Tick
from autograder.printable import number

WIDTH, HEIGHT = 460, 220
LEFT, RIGHT, TOP, BOTTOM = 40, 10, 22, 44
_MOST_BARS = 20
_WIDTHS = (0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500)


@dataclass(frozen=True)
class Column:
    """One bar, in the drawing's units: what it counts, in words, and how many."""

    x: float
    y: float
    width: float
    height: float
    words: str
    count: int


@dataclass(frozen=True)
class Histogram:
    """All an SVG template needs to draw how marks are spread."""

    bars: tuple[Column, ...]
    ticks: tuple[Tick, ...]
    summary: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM


def histogram(scores: Sequence[float], most: float) -> Histogram:
    """Lay out how marks are spread between 0 and the most points.

    Parameters
    ----------
    scores
        In any order; what lies outside is counted in the first or last bar.
    most
        All points.
    """
    most = most if most > 0 else 1.0
    size = next((each for each in _WIDTHS if most / each <= _MOST_BARS), most / _MOST_BARS)
    counts = [0] * math.ceil(most / size - 1e-9)
    for score in scores:
        counts[min(max(int(score / size + 1e-9), 0), len(counts) - 1)] += 1
    highest = max(*counts, 1)
    step = (WIDTH - LEFT - RIGHT) / len(counts)
    bars = []
    for k, count in enumerate(counts):
        height = round((HEIGHT - TOP - BOTTOM) * count / highest, 1)
        ends = f"{number(k * size)} to {number(min((k + 1) * size, most))}"
        x = round(LEFT + k * step + 1, 1)
        bars.append(Column(x, HEIGHT - BOTTOM - height, round(step - 2, 1), height, ends, count))
    every = max(1, math.ceil(len(counts) / 10))
    ticks = [
        Tick(round(LEFT + k * step, 1), number(min(k * size, most))) for k in range(0, len(counts) + 1, every)
    ]
    return Histogram(tuple(bars), tuple(ticks), in_words(scores, most))


def in_words(scores: Sequence[float], most: float) -> str:
    """The middle, the quarters and the ends of marks, in a sentence.

    Parameters
    ----------
    scores
        In any order.
    most
        All points.

    Examples
    --------
    >>> in_words([0, 2, 4, 8], 8).partition(". ")[0]
    'Half have 3 of 8 points or more, a quarter 5 or more, a quarter 1.5 or less'
    """
    if len(scores) < 2:
        return f"{len(scores)} mark{'s' * (len(scores) != 1)}: too few to say how they are spread."
    low, middle, high = (round(each, 1) for each in quantiles(scores, n=4, method="inclusive"))
    full, none = sum(score >= most for score in scores), sum(score <= 0 for score in scores)
    return (
        f"Half have {number(middle)} of {number(most)} points or more, a quarter {number(high)} or more, "
        f"a quarter {number(low)} or less. The mean is {number(round(fmean(scores), 1))}; "
        f"{full} {'has' if full == 1 else 'have'} all points, {none or 'nobody'} none."
    )
