"""What a platform's file of marks holds, whichever platform it is: columns, people, and what must stay."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from autograder.export.cells import Grid

# How a platform shows a comment: as HTML, or as it is.
Form = Literal["html", "text"]


@dataclass(frozen=True)
class GradeColumn:
    """A column that takes marks.

    Parameters
    ----------
    place
        Which one, from 0.
    header
        As it stands in the file.
    title
        The part of it that people gave.
    number
        The platform's own, where it has one.
    maximum
        The most points, where the file says.
    """

    place: int
    header: str
    title: str
    number: str = ""
    maximum: Decimal | None = None


@dataclass(frozen=True)
class GradeLine:
    """A person's row.

    Parameters
    ----------
    row
        Which one, from 0.
    ids
        What the platform tells people apart by; its own number or login first.
    name
        For people, and to notice a number that is somebody else's.
    locked
        Why the platform takes no mark for this person; empty where it does.
    """

    row: int
    ids: tuple[str, ...]
    name: str = ""
    locked: str = ""

    @property
    def shown(self) -> str:
        """For messages."""
        return (
            f"{self.name} ({self.ids[0]})" if self.name and self.ids else self.name or "".join(self.ids[:1])
        )


@dataclass(frozen=True)
class Comments:
    """A column for what students read.

    Parameters
    ----------
    place
        Which one, from 0.
    form
        How it is shown.
    beside
        Cells of the same row that must say something for it: columns and values.
    """

    place: int
    form: Form
    beside: tuple[tuple[int, str], ...] = ()


def _nothing(cell: str) -> str:
    return ""


@dataclass(frozen=True)
class GradeFile:
    """A platform's file.

    Parameters
    ----------
    title
        What it is, for people.
    grid
        The table.
    columns
        Those that take marks.
    lines
        The people.
    comments
        By the place of a column of marks: where its comments stand.
    comments_at
        Makes a column that somebody named one of comments, None where it can be none; None itself where the
        platform's file takes no comments.
    looked_for
        Which columns would take comments, for people.
    sure
        Whether a column is the right one though its title does not say so: the file is of one assignment.
    stays
        Why a cell keeps what it holds; empty where it takes a mark.
    numbers
        Cells that show the decimal sign, those that tell most first.
    notes
        Sentences for those who upload it.
    """

    title: str
    grid: Grid
    columns: tuple[GradeColumn, ...]
    lines: tuple[GradeLine, ...]
    comments: dict[int, Comments] = field(default_factory=dict)
    comments_at: Callable[[int], Comments | None] | None = None
    looked_for: str = ""
    sure: bool = False
    stays: Callable[[str], str] = _nothing
    numbers: tuple[Iterable[str], ...] = ()
    notes: tuple[str, ...] = ()
