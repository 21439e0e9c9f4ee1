"""What `autograder grade` prints of a class: the table, and whose marks are not complete."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograder.answers import GivenNow
from autograder.gradebook import BY_HAND, Row
from autograder.ledger import Mark, Outline, Whose
from autograder.printable import number, printable

# A longer class is in the CSV; a terminal shows its beginning.
_SHOWN = 60
# A longer name is in the CSV.
_LONGEST = 40
_STYLES = {
    "passed": "green",
    "partial": "yellow",
    "not_started": "dim",
    "missing": "dim",
    "grader_fault": "magenta",
    "written": "cyan",
}
_FAULT = "grader fault"
_UNKNOWN = {"grader_fault": "not judged", "written": "to read"}


@dataclass
class Seen:
    """What is kept of the lines of a class, however long it is."""

    rows: list[Row] = field(default_factory=list)
    count: int = 0
    nothing: list[Row] = field(default_factory=list)
    nothings: int = 0
    unfinished: list[Row] = field(default_factory=list)
    unfinisheds: int = 0
    faults: int = 0
    unread: int = 0


def seen(rows: Iterable[Row]) -> Seen:
    """Look through the lines of a class once."""
    found = Seen()
    for row in rows:
        found.count += 1
        found.rows += [row][: _SHOWN - len(found.rows)]
        found.faults += sum(status == "grader_fault" for status in row.statuses.values())
        found.unread += sum(status == "written" for status in row.statuses.values())
        if row.status == _FAULT:
            found.unfinisheds += 1
            found.unfinished += [row][: _SHOWN - len(found.unfinished)]
        elif row.status not in ("graded", BY_HAND):
            found.nothings += 1
            found.nothing += [row][: _SHOWN - len(found.nothing)]
    return found


def show(console: Console, outline: Outline, found: Seen) -> None:
    """Print the beginning of the table.

    Parameters
    ----------
    console
        Where it is printed.
    outline
        Of the homework.
    found
        What was kept of the lines of the class.
    """
    console.print(f"{outline.title} ({number(outline.max_score)} points)", style="bold", markup=False)
    table = Table()
    table.add_column("student", overflow="fold")  # where there is little room, names give way, and no points
    for k in range(1, len(outline.exercises) + 1):
        table.add_column(str(k), justify="right", no_wrap=True)
    guesses = any(row.guesses not in ("", "0") for row in found.rows)
    if guesses:
        table.add_column("guesses", justify="right", no_wrap=True)
    table.add_column("score", justify="right", style="bold", no_wrap=True)
    late = any(row.late for row in found.rows)
    if late:
        table.add_column("late", no_wrap=True)
    for row in found.rows:
        marks = [
            Text(_cell(row, name), style=_STYLES.get(row.statuses.get(name, ""), "red"))
            for name, _ in outline.exercises
        ]
        back = [Text(row.guesses)] if guesses else []
        when = [Text(row.late, style="yellow")] if late else []
        table.add_row(Text(_short(printable(row.student))), *marks, *back, Text(number(row.score)), *when)
    console.print(table)
    legend = "   ".join(
        f"{k} {name} ({number(points)})" for k, (name, points) in enumerate(outline.exercises, 1)
    )
    console.print(legend, style="dim", markup=False)
    if found.count > len(found.rows):
        console.print(f"… and {found.count - len(found.rows)} more, all in the CSV.", markup=False)


def _short(name: str) -> str:
    """A name that leaves room for what stands beside it."""
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"


def _cell(row: Row, function: str) -> str:
    return row.scores.get(function, _UNKNOWN.get(row.statuses.get(function, ""), ""))


def show_what_is_not_graded(console: Console, found: Seen) -> None:
    """Print everybody of whom there is nothing to be seen, or not everything, and why.

    Parameters
    ----------
    console
        Where it is printed.
    found
        What was kept of the lines of the class.
    """
    _list(console, f"Nothing to grade of {found.nothings}:", found.nothing, found.nothings)
    _list(console, "Not judged completely:", found.unfinished, found.unfinisheds)


def show_marks_that_do_not_count(console: Console, outline: Outline, given: Whose) -> None:
    """Print the marks by hand that count for nobody, or not as they were given.

    Parameters
    ----------
    console
        Where it is printed.
    outline
        Of the homework.
    given
        All marks by hand for this homework.
    """
    most = dict(outline.exercises)
    lines = [
        f"{_mark(mark)}. {_who_may_be_meant(mark, names)}"
        for mark, names in given.nobodys
        if mark.exercise in most
    ]
    everyone = [*(mark for _, mark in given.owned), *(mark for mark, _ in given.nobodys)]
    lines += [
        f"{_mark(mark)}. {outline.name} has no such exercise."
        for mark in everyone
        if mark.exercise not in most
    ]
    lines += [
        f"{_mark(mark)}. It has {number(most[mark.exercise])} points now, and no more are counted."
        for _, mark in given.owned
        if mark.points > most.get(mark.exercise, mark.points)
    ]
    if not lines:
        return
    console.print("Marks by hand that do not count as they were given; they are kept:", style="bold")
    _few(console, lines)
    console.print("Take one back with `autograder set STUDENT EXERCISE --undo`.", markup=False)


def show_given(console: Console, now: GivenNow, source: Path) -> None:
    """Print what became of a table of answers in words.

    Parameters
    ----------
    console
        Where it is printed.
    now
        What became of its lines.
    source
        The path of the table.
    """
    console.print(f"Points for {counted(now.read)} read, {now.new} of them new.")
    if now.cleared:
        text = f"Without points in {source}, and with points from before, which still count:"
        console.print(text, style="bold", markup=False, soft_wrap=True)
        _few(console, now.cleared)
        console.print("To take points back: autograder set STUDENT QUESTION --undo.", markup=False)
    if now.stale:
        text = f"Not given, as the answer is another one than the one in {source}:"
        console.print(text, style="bold", markup=False, soft_wrap=True)
        _few(console, now.stale)
        console.print("Read it again in the new table, or give points with `autograder set`.", markup=False)


def counted(answers: int) -> str:
    """So many answers, in words."""
    return f"{answers} answer{'' if answers == 1 else 's'}"


def show_outdated_marks(console: Console, outdated: Sequence[str]) -> None:
    """Print the marks by hand that were given for something that has changed since.

    Parameters
    ----------
    console
        Where it is printed.
    outdated
        A sentence for each mark; nothing is printed without any.
    """
    if not outdated:
        return
    console.print("Points by hand that were given before something changed; they count:", style="bold")
    _few(console, outdated)
    console.print("Give them again with `autograder set`, or take one back with its --undo.", markup=False)


def _few(console: Console, lines: Sequence[str]) -> None:
    """Print the first lines, and how many more there are."""
    for line in lines[:_SHOWN]:
        console.print(f"  {line}", markup=False, soft_wrap=True)
    if len(lines) > _SHOWN:
        console.print(f"  … and {len(lines) - _SHOWN} more.", markup=False)


def _mark(mark: Mark) -> str:
    who, what = printable(mark.student), printable(mark.exercise)
    return f"{who}: {number(mark.points)} for {what}, given on {mark.when[:10]}"


def _who_may_be_meant(mark: Mark, names: Sequence[str]) -> str:
    if names:
        return f"It may be {' or '.join(map(printable, names[:3]))}: give it again to who is meant."
    if not mark.known_as:
        return "Whose it is cannot be read, as the ledger was damaged: give it again."
    return f"Nobody in this run is known as {printable(mark.known_as[0])}."


def _list(console: Console, title: str, rows: Sequence[Row], count: int) -> None:
    if rows:
        console.print(title, style="bold", markup=False)
    for row in rows:
        which = f" (attempt {row.attempt}; --attempt says which counts)" if row.attempt else ""
        line = f"  {printable(row.student)}: {row.status}. {printable(row.note)}".rstrip() + which
        console.print(line, markup=False, soft_wrap=True)
    if count > len(rows):
        console.print(f"  … and {count - len(rows)} more, all in the CSV.", markup=False)
