"""A student's learning curve beside the reference's, laid out for an SVG; the template draws it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from autograder.report import Curves

WIDTH, HEIGHT = 460, 280  # narrow, so that text stays readable when a phone shrinks it
LEFT, RIGHT, TOP, BOTTOM = 76, 14, 12, 54
MAX_POINTS = 400
MAX_PIECES = 50

_LOG_PAYS = 30.0  # largest over smallest loss from which a log axis shows more
_OFF_SCALE = 1e4  # times the reference's largest loss: beyond it a curve counts as diverged
_SAME = 1e-6  # of a loss: two that differ by less are shown as one
_LARGEST = 1e150  # differences and products of such numbers are still finite


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: where, in the drawing's units, and what is written there."""

    at: float
    label: str


@dataclass(frozen=True)
class Plot:
    """All an SVG template needs to draw two curves.

    Parameters
    ----------
    student, reference
        Points of polylines (``"64,10 70,12"``), one for each run of finite losses.
    lone
        Finite losses of the student between two that are not: a line of one point is invisible.
    diverged
        Where the student's curve first leaves the scale or stops being finite, or None.
    parted
        Where the two curves first differ, and the step; None where they never do, or do from the start,
        or one diverges there.
    log
        Whether the y axis is logarithmic.
    summary
        The two curves in sentences, for those who cannot see them.
    reference_summary
        The reference's curve alone.
    """

    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    student: tuple[str, ...]
    reference: tuple[str, ...]
    lone: tuple[tuple[float, float], ...]
    diverged: tuple[float, float] | None
    parted: tuple[float, int] | None
    log: bool
    summary: str
    reference_summary: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


Losses = list[float | None]
Points = list[tuple[int, float]]
Place = Callable[[int, float], tuple[float, float]]


def layout(curves: Curves) -> Plot:
    """Lay out two learning curves.

    Parameters
    ----------
    curves
        ``None``, NaN, infinite losses, and losses far beyond the reference's are shown as diverged.
    """
    reference = _finite(curves.reference, _LARGEST)
    largest = max((abs(loss) for loss in reference if loss is not None), default=0.0)
    student = _finite(curves.student, min(_LARGEST, _OFF_SCALE * largest) if largest else _LARGEST)
    shown = [loss for loss in (*reference, *student) if loss is not None]
    last = max(len(reference), len(student), 2) - 1
    log = bool(shown) and min(shown) > 0 and max(shown) > _LOG_PAYS * min(shown)
    low, high = _limits([math.log10(loss) for loss in shown] if log else shown, log)

    def x_at(step: int) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * step / last, 1)

    def y_at(loss: float) -> float:
        height = ((math.log10(loss) if log else loss) - low) / (high - low)
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * height, 1)

    def place(step: int, loss: float) -> tuple[float, float]:
        return x_at(step), y_at(loss)

    pieces = _pieces(student)
    reference_summary = _told("The reference", reference, curves)
    summary = f"{_told('Your curve', student, curves)} {reference_summary}"
    parted = _parting(student, reference)
    if parted:
        summary += f" The two part at {curves.x_label} {parted}."
    return Plot(
        x_ticks=tuple(Tick(x_at(step), str(step)) for step in _steps(last)),
        y_ticks=tuple(Tick(y_at(loss), _short(loss)) for loss in (_decades if log else _round)(low, high)),
        student=tuple(_polyline(piece, place) for piece in pieces if len(piece) > 1),
        reference=tuple(_polyline(piece, place) for piece in _pieces(reference) if len(piece) > 1),
        lone=tuple(place(*piece[0]) for piece in pieces if len(piece) == 1),
        diverged=_first_gap(student, place),
        parted=(x_at(parted), parted) if parted else None,
        log=log,
        summary=summary,
        reference_summary=reference_summary,
    )


def _finite(losses: Iterable[float | None], limit: float) -> Losses:
    # NaN fails the comparison.
    return [loss if loss is not None and abs(loss) <= limit else None for loss in losses]


def _pieces(losses: Sequence[float | None]) -> list[Points]:
    pieces: list[Points] = [[]]
    for step, loss in enumerate(losses):
        if loss is not None:
            pieces[-1].append((step, loss))
        elif pieces[-1]:
            pieces.append([])
    return [piece for piece in pieces if piece][:MAX_PIECES]


def _polyline(piece: Points, place: Place) -> str:
    """Points of a line; of a long one the lowest and highest of each short stretch, so that spikes stay."""
    if len(piece) > MAX_POINTS:
        size = math.ceil(2 * len(piece) / MAX_POINTS)
        stretches = [piece[start : start + size] for start in range(0, len(piece), size)]
        ends = [{min(part, key=lambda p: p[1]), max(part, key=lambda p: p[1])} for part in stretches]
        piece = sorted(set().union(*ends, {piece[0], piece[-1]}))
    return " ".join(f"{x:g},{y:g}" for x, y in (place(*point) for point in piece))


def _first_gap(losses: Losses, place: Place) -> tuple[float, float] | None:
    if None not in losses:
        return None
    step = losses.index(None)
    before = losses[step - 1] if step else None
    return (float(LEFT), float(TOP)) if before is None else place(step - 1, before)


def _parting(student: Losses, reference: Losses) -> int | None:
    """The first step at which two curves that began as one are no longer the same, if both go on there."""
    for step, (ours, theirs) in enumerate(zip(student, reference, strict=False)):
        if ours is None or theirs is None:
            return None
        if abs(ours - theirs) > _SAME * abs(theirs):
            return step or None
    return None


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


def _told(who: str, losses: Losses, curves: Curves) -> str:
    if not losses or losses[0] is None:
        return f"{who} has no finite {curves.y_label} to begin with."
    if None in losses:
        return f"{who} starts at {losses[0]:.4g} and diverges at {curves.x_label} {losses.index(None)}."
    first, last = losses[0], losses[-1]
    assert last is not None
    verb = "falls" if last < first else "rises" if last > first else "stays level"
    return f"{who} {verb} from {first:.4g} to {last:.4g} ({curves.x_label} 0 to {len(losses) - 1})."
