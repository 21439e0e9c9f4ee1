"""The learning curves of a class, laid over each other for an SVG."""

from __future__ import annotations

from dataclasses import dataclass, field

from autograder.class_page.glance import Learning, Losses
from autograder.feedback.axes import (
    BOTTOM,
    HEIGHT,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    Frame,
    Tick,
    finite,
    frame,
    pieces,
)

# Different curves that are kept of those who are right, and of those who are not; others are counted.
_MOST_RIGHT, _MOST_WRONG = 60, 120
_REFERENCES = 12
# A group's line is wider, up to so many people.
_WIDEST = 64
_NAMES = 3


@dataclass
class Group:
    """People with one and the same curve."""

    count: int = 0
    students: list[str] = field(default_factory=list)
    slug: str = ""
    mistake: str = ""

    @property
    def words(self) -> str:
        """Who they are, and the mistake of the first."""
        more = self.count - len(self.students)
        names = ", ".join(self.students) + (f" and {more} more" if more else "")
        return f"{names}: {self.mistake}" if self.mistake else names

    @property
    def width(self) -> float:
        """Of the line."""
        return round(1.2 + 0.5 * min(self.count, _WIDEST).bit_length(), 1)


@dataclass(frozen=True)
class Stroke:
    """One line of the drawing, in pieces; ``ends`` is where it leaves the scale, if it does."""

    pieces: tuple[str, ...]
    right: bool
    group: Group
    ends: tuple[float, float] | None


@dataclass(frozen=True)
class ClassPlot:
    """All an SVG template needs to draw the curves of a class.

    ``relative``: each is divided by where its own reference begins, as students have different data.
    """

    x_label: str
    y_label: str
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    log: bool
    relative: bool
    lines: tuple[Stroke, ...]
    references: tuple[str, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


Key = tuple[tuple[float | None, ...], tuple[float | None, ...], int]


class Overlay:
    """Learning curves of one kind, one person after another.

    Parameters
    ----------
    x_label, y_label
        What the axes are.
    """

    def __init__(self, x_label: str, y_label: str) -> None:
        self.x_label, self.y_label = x_label, y_label
        self.people = self.same = self.right = self.left_out = 0
        self._groups: dict[bool, dict[Key, Group]] = {True: {}, False: {}}
        self._references: dict[tuple[tuple[float | None, ...], int], None] = {}

    def add(self, curve: Learning, student: str, slug: str, mistake: str) -> None:
        """One more.

        Parameters
        ----------
        curve
            The learning curve, with its reference.
        student, slug
            Whose it is, and the name of their page.
        mistake
            The name of the mistake that was recognized; empty where none was.
        """
        self.people += 1
        self.same += curve.student is None
        self.right += curve.right
        reference = tuple(curve.reference)
        if len(self._references) <= _REFERENCES:
            self._references[reference, curve.every] = None
        if curve.student is None:
            return
        key = (tuple(curve.student), reference, curve.every)
        groups = self._groups[curve.right]
        if key not in groups:
            if len(groups) >= (_MOST_RIGHT if curve.right else _MOST_WRONG):
                self.left_out += 1
                return
            groups[key] = Group(slug=slug, mistake=mistake)
        group = groups[key]
        group.count += 1
        if len(group.students) < _NAMES:
            group.students.append(student)

    def plot(self) -> ClassPlot:
        """Lay them out."""
        relative = len(self._references) > 1
        curves = [
            (_of(reference, list(student), relative), every, right, group)
            for right in (True, False)
            for (student, reference, every), group in self._groups[right].items()
        ]
        references = [
            (_of(reference, list(reference), relative), every)
            for reference, every in list(self._references)[:_REFERENCES]
        ]
        everything = [(losses, every) for losses, every, _, _ in curves] + references
        shown = [loss for losses, _ in everything for loss in losses if loss is not None]
        drawn = frame(shown, max((1 + (len(losses) - 1) * every for losses, every in everything), default=2))
        return ClassPlot(
            self.x_label,
            self.y_label,
            drawn.x_ticks,
            drawn.y_ticks,
            drawn.log,
            relative,
            tuple(
                Stroke(tuple(_lines(drawn, losses, every)), right, group, _end(drawn, losses, every))
                for losses, every, right, group in curves
            ),
            tuple(line for losses, every in references for line in _lines(drawn, losses, every)),
        )


def _of(reference: tuple[float | None, ...], losses: Losses, relative: bool) -> Losses:
    """The losses, or what they are of the first of the reference's."""
    first = reference[0] if reference else None
    if not relative or not first:
        return finite(losses)
    return finite([loss if loss is None else loss / first for loss in losses])


def _lines(drawn: Frame, losses: Losses, every: int) -> list[str]:
    return [
        drawn.polyline([(step * every, loss) for step, loss in piece])
        for piece in pieces(losses)
        if len(piece) > 1
    ]


def _end(drawn: Frame, losses: Losses, every: int) -> tuple[float, float] | None:
    """Where a curve is last seen that does not come to its end."""
    if None not in losses:
        return None
    step = losses.index(None)
    before = losses[step - 1] if step else None
    return None if before is None else drawn.place((step - 1) * every, before)
