"""The frame of a drawing of learning curves, and curves as points in it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 460, 280  # narrow, so that text stays readable when a phone shrinks it
LEFT, RIGHT, TOP, BOTTOM = 76, 14, 12, 54
MAX_POINTS = 400
MAX_PIECES = 50

_LOG_PAYS = 30.0  # largest over smallest loss from which a log axis shows more
_OFF_SCALE = 1e4  # times the reference's largest loss: beyond it a curve counts as diverged
SAME = 1e-6  # of a loss: two that differ by less are shown as one
LARGEST = 1e150  # differences and products of such numbers are still finite

Losses = list[float | None]
Points = list[tuple[int, float]]


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: where, in the drawing's units, and what is written there."""

    at: float
    label: str


@dataclass(frozen=True)
class Frame:
    """Where a loss at a step lies in a drawing.

    Parameters
    ----------
    last
        The last step.
    log
        Whether the y axis is logarithmic.
    low, high
        The limits of the y axis, as decimal logarithms where it is logarithmic.
    """

    last: int
    log: bool
    low: float
    high: float

    def place(self, step: int, loss: float) -> tuple[float, float]:
        """A point, in the drawing's units.

        Parameters
        ----------
        step
            Counted from 0.
        loss
            Finite, and positive where the y axis is logarithmic.
        """
        return self._x(step), self._y(loss)

    @property
    def x_ticks(self) -> tuple[Tick, ...]:
        """Marks at round steps."""
        return tuple(Tick(self._x(step), str(step)) for step in _steps(self.last))

    @property
    def y_ticks(self) -> tuple[Tick, ...]:
        """Marks at round losses."""
        marks = (_decades if self.log else _round)(self.low, self.high)
        return tuple(Tick(self._y(loss), _short(loss)) for loss in marks)

    def polyline(self, piece: Points, most: int = MAX_POINTS) -> str:
        """Points of a line; a long one keeps the lowest and highest of each stretch, so that spikes stay.

        Parameters
        ----------
        piece
            Steps with their losses, in the order of the steps.
        most
            A line with more points is thinned to about so many.
        """
        if len(piece) > most:
            size = math.ceil(2 * len(piece) / most)
            stretches = [piece[start : start + size] for start in range(0, len(piece), size)]
            ends = [{min(part, key=lambda p: p[1]), max(part, key=lambda p: p[1])} for part in stretches]
            piece = sorted(set().union(*ends, {piece[0], piece[-1]}))
        return " ".join(f"{x:g},{y:g}" for x, y in (self.place(*point) for point in piece))

    def _x(self, step: int) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * step / self.last, 1)

    def _y(self, loss: float) -> float:
        height = ((math.log10(loss) if self.log else loss) - self.low) / (self.high - self.low)
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * height, 1)


def frame(shown: Sequence[float], steps: int) -> Frame:
    """A frame in which all losses can be seen.

    Parameters
    ----------
    shown
        Finite losses.
    steps
        How many losses the longest curve has.
    """
    log = bool(shown) and min(shown) > 0 and max(shown) > _LOG_PAYS * min(shown)
    low, high = _limits([math.log10(loss) for loss in shown] if log else shown, log)
    return Frame(max(steps, 2) - 1, log, low, high)


def finite(losses: Iterable[float | None], limit: float = LARGEST) -> Losses:
    """Losses, with None for all that are not finite, or larger than a limit.

    Parameters
    ----------
    losses
        By step; None where there is none.
    limit
        The largest absolute value that is kept.
    """
    # NaN fails the comparison.
    return [loss if loss is not None and abs(loss) <= limit else None for loss in losses]


def off_scale(reference: Losses) -> float:
    """Beyond this a curve counts as diverged."""
    largest = max((abs(loss) for loss in reference if loss is not None), default=0.0)
    return min(LARGEST, _OFF_SCALE * largest) if largest else LARGEST


def pieces(losses: Sequence[float | None]) -> list[Points]:
    """The runs of finite losses, each with their steps."""
    found: list[Points] = [[]]
    for step, loss in enumerate(losses):
        if loss is not None:
            found[-1].append((step, loss))
        elif found[-1]:
            found.append([])
    return [piece for piece in found if piece][:MAX_PIECES]


def _limits(values: Sequence[float], log: bool) -> tuple[float, float]:
    low, high = min(values, default=0.0), max(values, default=1.0)
    if not log and 0 < low < high / 2:
        low = 0.0  # a loss is read from zero where that costs no detail
    room = 0.05 * (high - low)
    if room <= 1e-9 * max(abs(low), abs(high)):
        room = 0.1 * abs(high) or 1.0
    return (low if low == 0 and not log else low - room), high + room


def _nice(step: float) -> float:
    """The next of 1, 2, 5, 10, … times a power of ten."""
    power = 10.0 ** math.floor(math.log10(step))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= step * 0.999)


def _round(low: float, high: float) -> list[float]:
    step = _nice((high - low) / 6)
    return [k * step for k in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _decades(low: float, high: float) -> list[float]:
    stride = max(1, math.ceil((high - low) / 7))
    factors = (1, 2, 5) if high - low < 2.2 else (1,)
    powers = range(math.floor(low), math.ceil(high) + 1, stride)
    # 10.0**-324 is 0, and the smallest subnormal numbers are losses of nobody's.
    marks = [factor * 10.0**power for power in powers if power > -308 for factor in factors]
    return [mark for mark in marks if low <= math.log10(mark) <= high]


def _steps(last: int) -> range:
    return range(0, last + 1, max(1, round(_nice(last / 6))))


def _short(value: float) -> str:
    """A number for an axis: ``1e+06`` is written ``1e6``.

    Examples
    --------
    >>> _short(0.1 + 0.2), _short(2e6), _short(1e-5)
    ('0.3', '2e6', '1e-5')
    """
    mantissa, _, exponent = f"{value:.5g}".partition("e")
    return f"{mantissa}e{int(exponent)}" if exponent else mantissa
