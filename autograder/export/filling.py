"""Marks go into the one column of a platform's file; everything else stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from autograder.export import points
from autograder.export.cells import Grid, Place
from autograder.export.comments import comment, is_ours
from autograder.export.errors import ExportError
from autograder.export.gradefile import Comments, GradeColumn, GradeFile, GradeLine
from autograder.export.people import Graded, Paired, paired
from autograder.ledger.rows import Outline
from autograder.printable import listed, number, printable
from autograder.report import Report

_SHOWN = 20
_UNREAD = "nothing of it could be read"


@dataclass(frozen=True)
class Change:
    """A mark that goes into a cell: whose, what stood there, what will, and in which row."""

    student: str
    old: str
    new: str
    row: int


@dataclass(frozen=True)
class Filled:
    """A file with marks.

    Parameters
    ----------
    grid
        The new table.
    column
        Where the marks are.
    changes
        Cells that are others now.
    same
        How many had the mark already.
    stays
        People whose cell keeps what it held, each with the reason.
    paired
        Who is who.
    comments
        How many comments were written.
    notes
        Sentences for those who upload it.
    """

    grid: Grid
    column: GradeColumn
    changes: tuple[Change, ...]
    same: int
    stays: tuple[tuple[str, str], ...]
    paired: Paired
    comments: int = 0
    notes: tuple[str, ...] = ()


def filled(
    file: GradeFile,
    people: Sequence[Graded],
    outline: Outline,
    *,
    column: str = "",
    own: bool = False,
    comments: bool = True,
    comments_in: str = "",
) -> Filled:
    """Put everybody's mark into a file.

    Parameters
    ----------
    file, people
        The platform's, and the class.
    outline
        Of the homework.
    column
        Which one, as people or the platform call it; empty where it is to be found.
    own
        Whether people were handed in by the same platform, see `people.paired`.
    comments
        Whether columns of comments are filled as well.
    comments_in
        The header of the column that takes them; empty where it is to be found.

    Raises
    ------
    ExportError
        When it is not sure which column is meant, or a mark does not go into it.
    """
    chosen = choose(file.columns, outline, column, sure=file.sure)
    found = paired(people, file.lines, own=own)
    sign = points.decimal_sign(*file.numbers, delimiter=file.grid.delimiter)
    cells: dict[Place, str] = {}
    changes: list[Change] = []
    stays: list[tuple[str, str]] = []
    same = 0
    marks: list[tuple[GradeLine, Report]] = []
    for person, line in found.pairs:
        if person.report is None:
            continue
        old = _old(file.grid, line, chosen.place)
        student = printable(person.member.student)
        if reason := line.locked or file.stays(old) or (_UNREAD if person.unread else ""):
            stays.append((student, reason))
            continue
        marks.append((line, person.report))
        mark = points.rounded(person.report.score)
        if points.read(old) == mark:
            same += 1
            continue
        new = points.written(mark, sign)
        cells[line.row, chosen.place] = new
        changes.append(Change(student, old, new, line.row))
    _insist_on_maximum(chosen, marks, outline, asked=bool(column))
    texts: dict[Place, str] = {}
    notes: list[str] = []
    if comments:
        place = comment_column(file, chosen, comments_in) if comments_in else file.comments.get(chosen.place)
        texts, notes = _comments(file, place, marks, outline)
    grid = file.grid.with_values(cells | texts)
    written = len({row for row, _ in texts})
    return Filled(grid, chosen, tuple(changes), same, tuple(stays), found, written, (*file.notes, *notes))


def _old(grid: Grid, line: GradeLine, place: int) -> str:
    if place >= len(grid.rows[line.row]):
        raise ExportError(f"Row {line.row + 1} of the file ends before the column of marks: export it again.")
    return grid.value(line.row, place)


def choose(
    columns: Sequence[GradeColumn], outline: Outline, wanted: str = "", *, sure: bool = False
) -> GradeColumn:
    """The column that is meant.

    Parameters
    ----------
    columns
        Those that take marks.
    outline
        Of the homework: a column is surely its own where it has its name or title, or is the only one and has
        as many points.
    wanted
        A header, a title or a number; empty where none was named.
    sure
        Whether the file is of one assignment.

    Raises
    ------
    ExportError
        When that is none, or more than one; the message lists them.
    """
    if not columns:
        raise ExportError("The file has no column that takes points: export it with the assignment's column.")
    if wanted:
        for names in (lambda c: (c.header, c.number), lambda c: (c.title,)):
            found = [each for each in columns if wanted in names(each)]
            if found:
                break
        if len(found) == 1:
            return found[0]
        what = "is called so more than once" if found else "has no such column that takes points"
        raise ExportError(f"The file {what}: {printable(wanted)!r}. {_candidates(found or columns)}")
    if sure and len(columns) == 1:
        return columns[0]
    folded = {_folded(outline.name), _folded(outline.title)}
    named = [each for each in columns if _folded(each.title) in folded]
    if len(named) == 1:
        return named[0]
    if len(columns) == 1 and columns[0].maximum == Decimal(str(outline.max_score)):
        return columns[0]
    raise ExportError(f"It is not sure which column is {outline.name}'s. {_candidates(named or columns)}")


def comment_column(file: GradeFile, column: GradeColumn, wanted: str) -> Comments:
    """The column of comments that somebody named.

    Parameters
    ----------
    file
        The platform's.
    column
        Where the marks go.
    wanted
        A header.

    Raises
    ------
    ExportError
        When there is no such column, or more than one.
    """
    if file.comments_at is None:
        raise ExportError(f"A {file.title} takes no comments: leave out --comments.")
    header = [name.strip() for name in file.grid.values(0)]
    places = [place for place, name in enumerate(header) if name == wanted.strip()]
    taken = {column.place, *(each.place for each in file.columns), 0}
    found = file.comments_at(places[0]) if len(places) == 1 and places[0] not in taken else None
    if found is None:
        what = "more than one such column" if len(places) > 1 else "no such column that takes comments"
        shown = listed([repr(printable(name)) for k, name in enumerate(header) if k not in taken], _SHOWN)
        raise ExportError(f"The file has {what}: {printable(wanted)!r}. Other columns are {shown}.")
    return found


def _folded(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _candidates(columns: Sequence[GradeColumn]) -> str:
    shown = listed([repr(printable(each.header)) for each in columns], _SHOWN)
    return f"Name one with --column: {shown}."


def _insist_on_maximum(
    column: GradeColumn, marks: Sequence[tuple[GradeLine, Report]], outline: Outline, asked: bool
) -> None:
    """That no mark is above what the column takes, and, unless it was named, that its points are ours."""
    if column.maximum is None:
        return
    what = f"The column {printable(column.header)!r} is out of {column.maximum.normalize():f} points"
    if any(points.rounded(report.score) > column.maximum for _, report in marks):
        raise ExportError(
            f"{what}, and somebody has more: {outline.name} is out of {number(outline.max_score)}. Set the "
            "points on the platform, and export the file again."
        )
    if column.maximum != Decimal(str(outline.max_score)) and not asked:
        raise ExportError(
            f"{what}, and {outline.name} out of {number(outline.max_score)}. Set the points on the platform, "
            "and export the file again; or name the column with --column, if marks are to go there as they "
            "are."
        )


def _comments(
    file: GradeFile, place: Comments | None, marks: Sequence[tuple[GradeLine, Report]], outline: Outline
) -> tuple[dict[Place, str], list[str]]:
    """Cells of comments, and what is to be told of them."""
    if place is None and file.comments_at is not None and len(file.columns) == 1:
        return {}, [
            f"No comments are written: the file has no column {file.looked_for}. If one has another name, "
            "give its header with --comments."
        ]
    if place is None:
        return {}, []
    cells: dict[Place, str] = {}
    others = 0
    for line, report in marks:
        old = file.grid.value(line.row, place.place)
        if not is_ours(old):
            others += 1
            continue
        new = _encodable(comment(report, outline.title, place.form), file.grid, place)
        if new != old:
            cells[line.row, place.place] = new
            cells |= {(line.row, beside): said for beside, said in place.beside}
    notes = [f"{others} comments that people wrote stay as they are."] if others else []
    return cells, notes


def _encodable(text: str, grid: Grid, place: Comments) -> str:
    """The text in characters that the file's encoding has."""
    errors = "xmlcharrefreplace" if place.form == "html" else "replace"
    return text.encode(grid.source.encoding, errors).decode(grid.source.encoding)
