"""Commands on a class, and what they leave behind."""

import csv
from pathlib import Path

from click.testing import CliRunner

from autograder.cli import main

ROOT = Path(__file__).parents[2]
WRONG = "def predict(X, w, b):\n    return X @ w - b\n"
RIGHT = "def predict(X, w, b):\n    return X @ w + b\n"


def autograder(course: Path, *words: object, status: int = 0) -> str:
    """What a command says, its blanks and line breaks as single blanks."""
    done = CliRunner().invoke(main, ["--course", str(course), *map(str, words)])
    assert done.exit_code == status, done.output
    assert "Traceback" not in done.output
    return " ".join(done.output.split())


def grade(course: Path, place: Path, *words: object, status: int = 0) -> str:
    """Grade the class in `place`."""
    common = ("--out", place / "out", "--sandbox", "none", "--workers", 1)
    return autograder(course, "grade", "derivatives", place / "in", *common, *words, status=status)


def mark(place: Path, *words: object, status: int = 0) -> str:
    """Give points by hand."""
    return autograder(ROOT, "set", *words, "--graded", place / "out", status=status)


def rows(place: Path) -> list[dict[str, str]]:
    """The table of marks."""
    with open(place / "out" / "grades.csv", newline="") as file:
        return list(csv.DictReader(file))


def row(place: Path, name: str) -> dict[str, str]:
    """Somebody's line of it."""
    return next(row for row in rows(place) if row["student"] == name)


def names(place: Path) -> list[list[str]]:
    """Who is in the table, among the reports, and among the pages."""
    folders = (place / "out" / "reports", place / "out" / "feedback")
    listed = [row["student"] for row in rows(place)]
    return [listed, *(sorted(path.stem for path in folder.iterdir()) for folder in folders)]
