"""A table is written back byte for byte, whatever it is encoded in and however it is quoted."""

import csv
import io

import pytest

from autograder.export.cells import decoded, grids, parsed
from autograder.export.errors import ExportError
from autograder.export.points import decimal_sign

TRICKY = [
    "a,b\r\n1,2\r\n",
    "a,b\n1,2",
    'a,"b ""c"", d",\r\n"",,"x\ny"\r\n',
    '="=Doe",007,#12\n',
    "a,b\r1,2\n\n,\n",
    '"a"b,c"d,"e" \n',
    "",
    "\n\n",
]


def table(text: str, delimiter: str = ",", encoding: str = "utf-8", mark: bytes = b""):
    grid = parsed(decoded(mark + text.encode(encoding), "it"), delimiter)
    assert grid is not None
    return grid


@pytest.mark.parametrize("text", TRICKY)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_cells_say_what_csv_says_and_the_text_stays(text: str, delimiter: str) -> None:
    text = text.replace(",", delimiter)
    grid = table(text, delimiter)
    assert grid.text == text
    assert [grid.values(row) for row in range(len(grid.rows))] == list(
        csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    )


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
        ("cp1252", b""),
    ],
)
def test_encodings_and_marks_stay(encoding: str, mark: bytes) -> None:
    text = "Name,Grade\r\nÉlève,\r\n"
    grid = table(text, ",", encoding, mark)
    assert grid.encoded() == mark + text.encode(encoding)
    changed = grid.with_values({(1, 1): "2"})
    assert changed.encoded() == mark + text.replace("lève,", "lève,2").encode(encoding)


def test_bytes_that_no_encoding_has_stay_as_well() -> None:
    data = b"a,b\n\x81\xff,\n"  # in no character of Windows' encoding
    grid = next(grids(decoded(data, "it")))
    assert grid.with_values({(1, 1): "2"}).encoded() == b"a,b\n\x81\xff,2\n"


def test_a_new_value_is_quoted_as_the_old_one_was_or_as_it_must_be() -> None:
    grid = table('a,"b",,x\n')
    new = grid.with_values({(0, 0): "1,5", (0, 1): "2", (0, 2): 'say "hi"', (0, 3): '"'})
    assert new.text == '"1,5","2",say "hi",""""\n'
    assert new.values(0) == ["1,5", "2", 'say "hi"', '"']


def test_where_every_cell_is_quoted_an_empty_one_is_too() -> None:
    assert table('"a","b"\n"c",\n').with_values({(1, 1): "2"}).text == '"a","b"\n"c","2"\n'


def test_a_cell_that_is_not_there_is_no_place() -> None:
    with pytest.raises(ValueError, match="no cell 2 in row 0"):
        table("a,b\n").with_values({(0, 2): "x"})


@pytest.mark.parametrize("text", ['"a,b\n', 'a\n"', '"a""', '"""'])
def test_a_quote_that_is_never_closed_is_no_table(text: str) -> None:
    assert parsed(decoded(text.encode(), "it"), ",") is None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04rest", "it is an Excel workbook or a zip, and no table of text: export it .* as CSV"),
        (b"\xd0\xcf\x11\xe0rest", "it is an Excel workbook"),
        (b"a\x00b,c" + b"x" * 300, "it is not whole text"),
        (b"\xff\xfea", "it is not whole text"),
    ],
)
def test_what_is_no_text_is_refused_with_a_remedy(data: bytes, said: str) -> None:
    with pytest.raises(ExportError, match=said):
        decoded(data, "it")


@pytest.mark.parametrize(
    ("columns", "delimiter", "sign"),
    [
        ([["12.5", ""]], ";", "."),
        ([["12", "EX"], ["45,00"]], ",", ","),
        ([["1,5", "2.5"], ["45.00"]], ",", "."),
        ([["12", "13"]], ";", ","),
        ([["12", "13"]], ",", "."),
        ([], "\t", "."),
    ],
)
def test_the_decimal_sign_is_the_one_that_numbers_have(columns: list, delimiter: str, sign: str) -> None:
    assert decimal_sign(*columns, delimiter=delimiter) == sign
