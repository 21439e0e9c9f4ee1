"""A table of cells that is written back byte for byte: encoding, separator, quotes and line ends stay.

Python's `csv` module reads the same values, but forgets which cells stood in quotes and how lines ended. A
platform's file goes back as it came, but for the cells that are to be others.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from autograder.export.errors import ExportError

DELIMITERS = (",", ";", "\t")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_QUOTED = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"(?!")(.*)', re.DOTALL)
_WORKBOOKS = {b"PK\x03\x04": "an Excel workbook or a zip", b"\xd0\xcf\x11\xe0": "an Excel workbook"}

Place = tuple[int, int]


@dataclass(frozen=True)
class Text:
    """The text of a file, with what it takes to write it back: its encoding, and the mark before it."""

    text: str
    encoding: str
    bom: bytes = b""

    def encoded(self, text: str) -> bytes:
        """Another text as bytes of the same kind."""
        return self.bom + text.encode(self.encoding)


@dataclass(frozen=True)
class Grid:
    """A table, read without a loss.

    Parameters
    ----------
    rows
        Cells as they stand in the file, with their quotes; a line without any cell is empty.
    ends
        What follows each row: a line break, or nothing after the last one.
    delimiter
        What stands between cells.
    source
        The file's text.
    """

    rows: tuple[tuple[str, ...], ...]
    ends: tuple[str, ...]
    delimiter: str
    source: Text

    def value(self, row: int, column: int) -> str:
        """What a cell says; empty where the row is too short.

        Parameters
        ----------
        row, column
            Counted from 0.
        """
        return unquoted(self.rows[row][column]) if column < len(self.rows[row]) else ""

    def values(self, row: int) -> list[str]:
        """What the cells of a row say."""
        return [unquoted(cell) for cell in self.rows[row]]

    def column(self, column: int, first: int = 0) -> list[str]:
        """What the cells of a column say, from a row on.

        Parameters
        ----------
        column
            Counted from 0.
        first
            The first row that is taken, counted from 0.
        """
        return [self.value(row, column) for row in range(first, len(self.rows))]

    @property
    def text(self) -> str:
        """The whole file."""
        return "".join(self.delimiter.join(row) + end for row, end in zip(self.rows, self.ends, strict=True))

    def encoded(self) -> bytes:
        """The whole file as bytes."""
        return self.source.encoded(self.text)

    def with_values(self, changes: Mapping[Place, str]) -> Grid:
        """The table with other values in some cells, quoted as the old ones were, or as they must be.

        Raises
        ------
        ValueError
            When there is no such cell.
        """
        rows = [list(row) for row in self.rows]
        quote_all = self._quotes_all()
        for (row, column), value in changes.items():
            if not (0 <= row < len(rows) and 0 <= column < len(rows[row])):
                raise ValueError(f"there is no cell {column} in row {row}")
            old = rows[row][column]
            rows[row][column] = self._quoted(value, always=old[:1] == '"' or (not old and quote_all))
        return replace(self, rows=tuple(map(tuple, rows)))

    def _quoted(self, value: str, always: bool) -> str:
        needs = value[:1] == '"' or any(c in value for c in (self.delimiter, "\r", "\n"))
        return '"' + value.replace('"', '""') + '"' if always or needs else value

    def _quotes_all(self) -> bool:
        """Whether every cell that is not empty stands in quotes."""
        cells = [cell for row in self.rows for cell in row if cell]
        return bool(cells) and all(cell[:1] == '"' for cell in cells)


def unquoted(cell: str) -> str:
    """What a cell says.

    Examples
    --------
    >>> unquoted('"Doe, ""JD"" Jane"'), unquoted("7"), unquoted('="0012"')
    ('Doe, "JD" Jane', '7', '="0012"')
    """
    found = _QUOTED.fullmatch(cell)
    return found[1].replace('""', '"') + found[2] if found else cell


def decoded(data: bytes, name: str) -> Text:
    """The text of a table, whatever it is encoded in.

    Parameters
    ----------
    data
        The file: UTF-8, UTF-16 with or without a byte order mark, or Windows' encoding.
    name
        What it is called, for messages.

    Raises
    ------
    ExportError
        When it is no text.
    """
    workbook = next((what for mark, what in _WORKBOOKS.items() if data.startswith(mark)), None)
    if workbook:
        raise ExportError(f"{name} is {workbook}, and no table of text: export it from the platform as CSV.")
    bom, encoding = next(((mark, code) for mark, code in _BOMS if data.startswith(mark)), (b"", ""))
    body = data[len(bom) :]
    nulls = data[:200].count(0)
    if not encoding and nulls > len(data[:200]) // 4:
        encoding = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
    for each in (encoding,) if encoding else ("utf-8", "cp1252", "latin-1"):
        try:
            text = body.decode(each)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return Text(text, each, bom)
    raise ExportError(f"{name} is not whole text ({encoding or 'UTF-8'}): export it from the platform again.")


def grids(source: Text) -> Iterator[Grid]:
    """The tables that a text can be read as, one for each separator that leaves no quote open."""
    for delimiter in DELIMITERS:
        grid = parsed(source, delimiter)
        if grid is not None:
            yield grid


def parsed(source: Text, delimiter: str) -> Grid | None:
    """The table of a text; None where a quote is never closed.

    Parameters
    ----------
    source
        The text.
    delimiter
        What stands between cells: one character.
    """
    cell = _cell(delimiter)
    rows: list[tuple[str, ...]] = []
    ends: list[str] = []
    row: list[str] = []
    place, text = 0, source.text
    while place < len(text) or row:
        found = cell.match(text, place)
        if found is None:
            return None
        place = found.end()
        row.append(found[1])
        if found[2] != delimiter:
            rows.append(() if row == [""] else tuple(row))
            ends.append(found[2])
            row = []
    return Grid(tuple(rows), tuple(ends), delimiter, source)


@cache
def _cell(delimiter: str) -> re.Pattern[str]:
    """A cell and what follows it. What stands after a closing quote belongs to the cell, as for `csv`."""
    rest = rf"[^{re.escape(delimiter)}\r\n]*+"
    return re.compile(
        rf'("[^"]*+(?:""[^"]*+)*+"(?!"){rest}|(?!"){rest})({re.escape(delimiter)}|\r\n|\r|\n|\Z)'
    )
