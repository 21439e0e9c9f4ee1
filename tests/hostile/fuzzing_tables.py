"""Random and mutated files of marks that go back to platforms: no cell changes but those that were meant."""

from __future__ import annotations

import csv
import io
import random

from mutating import mutated, mutated_text, source

from autograder.export import platforms
from autograder.export.cells import DELIMITERS, Grid, Text, grids, parsed
from autograder.export.errors import ExportError
from autograder.export.filling import filled
from autograder.export.people import Graded
from autograder.ledger.rows import Outline, Participant
from autograder.report import ExerciseReport, Report

_PARTS = ('"', '"', '""', ",", ";", "\t", "a", "é", "=", " ", "\n", "\r", "\r\n", "'", "12", "0,5")
_END = "End-of-Line Indicator"
_TABLES = {
    "canvas": (
        "Student,ID,SIS Login ID,Section,Lab (1),derivatives (2),Final Score\r\n"
        '    Points Possible,,,,10.00,45.00,(read only)\r\n"Doe, Jane",4711,jdoe,A,9,,1\r\n'
        '"Roe,\n""R""",4712,JDOE,A,EX,12.5,2\r\nMoe,4713,0042,A,,N/A,\r\n'
    ),
    "moodle": (
        "Identifier,Full name,Grade,Maximum Grade,Grade can be changed,Last modified (grade),"
        "Feedback comments\n"
        "Participant 4711,Jane Doe,,45.00,Yes,-,\nParticipant 4712,R Roe,12.50,45.00,No,-,\n"
        'Participant 4713,"M\nMoe",,45.00,Yes,-,"<p>x, y</p>"\n'
    ),
    "brightspace": (
        f"OrgDefinedId,Username,Last Name,derivatives Points Grade <Numeric MaxPoints:45>,{_END}\r\n"
        "#4711,#jdoe,Doe,,#\r\n#0042,#JDOE,Roe,41,#\r\n"
    ),
    "blackboard": (
        '"Last Name"\t"Username"\t"derivatives [Total Pts: 45 Score] |900"\r\n"Doe"\t"jdoe"\t""\r\n'
        '"Roe"\t"JDOE"\t"In Progress"\r\n'
    ),
    "sakai": (
        "derivatives,Points\n\nDisplay ID,ID,Last Name,First Name,grade,Submission date\n"
        "jdoe,u1,Doe,Jane,,x\nJDOE,u2,Roe,R,4.5,\n"
    ),
    "submitty": "User ID,Given Name,derivatives,Total\njdoe,Jane,,0\nJDOE,R,4,4\n",
}
_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252")
_OUTLINE = Outline("derivatives", "Derivatives", [("predict", 45.0)])


def _exercise(score: float) -> ExerciseReport:
    return ExerciseReport("predict", score, 45.0, "partial", [])


_PEOPLE = [
    Graded(
        Participant(f"{name}_{ids[0]}", name, name, ids),
        Report("derivatives", name, score, 45.0, "none", [_exercise(score)]),
    )
    for name, ids, score in (
        ("Jane Doe", ("4711", "jdoe"), 37.25), ("R Roe", ("4712", "JDOE", "#0042"), 45.0),
        ("Moe", ("4713",), 0.0),
    )
]  # fmt: skip


def try_tables(number: int) -> str:
    """Read a table, put marks in, and compare both with what Python's own reader sees."""
    chance = source("tables", number)
    if number % 2:
        return _try_text("".join(chance.choice(_PARTS) for _ in range(chance.randrange(40))))
    platform = chance.choice(list(_TABLES))
    data = _file(platform, chance)
    try:
        file = platforms.read(platform, data, "a file")
        assert file.grid.encoded() == data, "a table was read with a loss"
        done = filled(file, _PEOPLE, _OUTLINE, own=chance.random() < 0.5)
    except ExportError as error:
        return _told(error)
    _insist_on_changes(file.grid, done.grid, {done.column.place, *(c.place for c in file.comments.values())})
    assert all(float(change.new.replace(",", ".")) <= 45 for change in done.changes)
    return f"{platform}, {'some' if done.changes else 'no'} marks"


def _told(error: ExportError) -> str:
    assert str(error).isprintable()
    return "refused"


def _file(platform: str, chance: random.Random) -> bytes:
    """A platform's file in any encoding, as a rule with something odd in it."""
    text = _TABLES[platform]
    if platform in ("canvas", "moodle") and chance.random() < 0.3:
        text = text.replace(",", ";").replace(".", ",")
    for _ in range(chance.choice((0, 0, 1, 3))):
        text = mutated_text(
            text, chance, odd=['"', ",", ";", "\t", "\r", "=", "'", "EX", "|", "é", "\0", "￿"]
        )
    data = text.encode(chance.choice(_ENCODINGS), "replace")
    return mutated(data, chance) if chance.random() < 0.3 else data


def _try_text(text: str) -> str:
    """A text with each separator: it says what `csv` says and stays what it is, or a quote is left open."""
    read = 0
    for delimiter in DELIMITERS:
        grid = parsed(Text(text, "utf-8"), delimiter)
        if grid is None:
            lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
            try:
                list(lines)
            except csv.Error:
                continue
            raise AssertionError("a table that `csv` reads was not read")
        assert grid.text == text
        assert _values(grid) == _by_csv(grid)
        read += 1
        if cells := [(row, column) for row, each in enumerate(grid.rows) for column in range(len(each))]:
            place = cells[len(text) % len(cells)]
            changed = grid.with_values({place: text})
            (new,) = [again for again in grids(Text(changed.text, "utf-8")) if again.delimiter == delimiter]
            assert new.value(*place) == text
            _insist_on_changes(grid, new, {place[1]})
    return f"read {read} times"


def _insist_on_changes(old: Grid, new: Grid, columns: set[int]) -> None:
    """That nothing but cells of these columns is another."""
    assert (old.ends, old.delimiter) == (new.ends, new.delimiter)
    for before, after in zip(old.rows, new.rows, strict=True):
        assert len(before) == len(after)
        assert all(k in columns for k, cell in enumerate(before) if after[k] != cell)
    assert _values(new) == _by_csv(new)


def _values(grid: Grid) -> list[list[str]]:
    return [grid.values(row) for row in range(len(grid.rows))]


def _by_csv(grid: Grid) -> list[list[str]]:
    csv.field_size_limit(1 << 30)
    return list(csv.reader(io.StringIO(grid.text, newline=""), delimiter=grid.delimiter))
