"""No cell of the table is a formula, wherever a spreadsheet splits it."""

import csv
import re
from pathlib import Path

import pytest

from autograder.course import load_homework
from autograder.gradebook import Row, write_grades

ROOT = Path(__file__).parents[2]
HOMEWORK = load_homework("derivatives", ROOT)
NAMES = [
    "a;=1+1;b",
    "a;;=1+1",
    "a; =1+1",
    'a;"=1+1"',
    "a;'+1",
    "a;@SUM(1)",
    "a;-1",
    "a,=1+1",
    "a|=cmd",
    "a\t=1+1",
    "a;\t=1+1",
    "a;\uff1d1+1",
    "a;\n=1+1",
    "=1;=2",
]
FORMULA = re.compile(r"[\s\"]*[=+\-@\uff1d\uff0b\uff0d\uff20]")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("column", ["student", "file", "note", "late"])
def test_no_cell_begins_a_formula_wherever_it_is_split(tmp_path: Path, name: str, column: str) -> None:
    row = Row(**{"student": "s", "scores": {}, "score": 0.0, "max_score": 1.0, column: name})
    text = write_grades(tmp_path, HOMEWORK, [row]).read_text()
    for line in text.splitlines():
        for separator in (";", ",", "|", "\t"):
            assert not [cell for cell in line.split(separator) if FORMULA.match(cell)], (separator, line)
            for cells in csv.reader([line], delimiter=separator):
                assert not [cell for cell in cells if FORMULA.match(cell)], (separator, cells)


def test_ordinary_texts_stay_as_they_are(tmp_path: Path) -> None:
    told = "It was handed in late; 1 of 2 points are taken off, which is little"
    row = Row("Lovelace, Ada", {}, 0.0, 1.0, note=told)
    assert '"Lovelace, Ada"' in write_grades(tmp_path, HOMEWORK, [row]).read_text()
    assert told in write_grades(tmp_path, HOMEWORK, [row]).read_text()
