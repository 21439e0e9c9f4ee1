"""A student's learning curve beside the reference's, laid out for an SVG; the template draws it."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.feedback.axes import (
    BOTTOM,
    HEIGHT,
    LEFT,
    RIGHT,
    SAME,
    TOP,
    WIDTH,
    Frame,
    Losses,
    Tick,
    finite,
    frame,
    off_scale,
    pieces,
)
from autograder.report import Curves


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


def layout(curves: Curves) -> Plot:
    """Lay out two learning curves.

    Parameters
    ----------
    curves
        ``None``, NaN, infinite losses, and losses far beyond the reference's are shown as diverged.
    """
    reference = finite(curves.reference)
    student = finite(curves.student, off_scale(reference))
    shown = [loss for loss in (*reference, *student) if loss is not None]
    drawn = frame(shown, max(len(reference), len(student)))
    own = pieces(student)
    reference_summary = _told("The reference", reference, curves)
    summary = f"{_told('Your curve', student, curves)} {reference_summary}"
    parted = _parting(student, reference)
    if parted:
        summary += f"The two curves separate at {curves.x_label} {parted}."
    return Plot(
        x_ticks=drawn.x_ticks,
        y_ticks=drawn.y_ticks,
        student=tuple(drawn.polyline(piece) for piece in own if len(piece) > 1),
        reference=tuple(drawn.polyline(piece) for piece in pieces(reference) if len(piece) > 1),
        lone=tuple(drawn.place(*piece[0]) for piece in own if len(piece) == 1),
        diverged=_first_gap(student, drawn),
        parted=(drawn.place(parted, 1.0)[0], parted) if parted else None,
        log=drawn.log,
        summary=summary,
        reference_summary=reference_summary,
    )


def _first_gap(losses: Losses, drawn: Frame) -> tuple[float, float] | None:
    if None not in losses:
        return None
    step = losses.index(None)
    before = losses[step - 1] if step else None
    return (float(LEFT), float(TOP)) if before is None else drawn.place(step - 1, before)


def _parting(student: Losses, reference: Losses) -> int | None:
    """The first step at which two curves that began as one are no longer the same, if both go on there."""
    for step, (ours, theirs) in enumerate(zip(student, reference, strict=False)):
        if ours is None or theirs is None:
            return None
        if abs(ours - theirs) > SAME * abs(theirs):
            return step or None
    return None


def _told(who: str, losses: Losses, curves: Curves) -> str:
    if not losses or losses[0] is None:
        return f"{who} has no finite {curves.y_label} to begin with."
    if None in losses:
        return f"{who} starts at {losses[0]:.4g} and diverges at {curves.x_label} {losses.index(None)}."
    first, last = losses[0], losses[-1]
    assert last is not None
    verb = "falls" if last < first else "rises" if last > first else "stays level"
    return f"{who} {verb} from {first:.4g} to {last:.4g} ({curves.x_label} 0 to {len(losses) - 1})."
