"""Guesses from a notebook to everything that shows marks: the table, the page, points by hand."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from all_tasks import ROOT
from click.testing import CliRunner

from autograder.cli import main

RELEASED = (ROOT / "assignments" / "derivatives" / "derivatives.ipynb").read_text(encoding="utf-8")
STUB = (ROOT / "assignments" / "derivatives" / "derivatives.py").read_text(encoding="utf-8")


def with_guesses(**answers: str) -> str:
    """The notebook as it is handed out, with these guesses in it."""
    notebook = json.loads(RELEASED)
    for cell in notebook["cells"]:
        text = "".join(cell["source"])
        for name, answer in answers.items():
            text = text.replace(f'checks.guess("{name}", None)', f'checks.guess("{name}", {answer})')
        cell["source"] = text
    return json.dumps(notebook)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("class")
    work = folder / "in"
    (work / "cy").mkdir(parents=True)
    every = {"steeper_line": '"a"', "loss_at_zero": "18 / 2", "asleep": '"c"', "length_of_w": '"b"'}
    (work / "ada.ipynb").write_text(with_guesses(**every))
    (work / "bo.ipynb").write_text(with_guesses(steeper_line='"c"', asleep='""'))
    # functions in the module, guesses in the notebook: both are handed in
    written = 'def predict(X, w, b):\n    raise NotImplementedError("not written yet: replace this line")\n'
    assert "def predict(X, w, b):" in STUB
    (work / "cy" / "derivatives.py").write_text(
        written.replace(written.splitlines()[1], "    return X @ w + b")
    )
    (work / "cy" / "derivatives.ipynb").write_text(with_guesses(**every))
    run("grade", "derivatives", work, "--out", folder / "out", "--workers", 1, "--sandbox", "none")
    return folder


def run(*words: object) -> str:
    done = CliRunner().invoke(main, ["--course", str(ROOT), *map(str, words)])
    assert done.exit_code == 0, done.output
    return done.output


def rows(place: Path) -> dict[str, dict[str, str]]:
    with open(place / "out" / "grades.csv", newline="", encoding="utf-8") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def test_the_table_has_a_column_for_guesses(place: Path) -> None:
    found = rows(place)
    assert {name: row["guesses"] for name, row in found.items()} == {"ada": "2", "bo": "0.5", "cy": "2"}
    assert {name: row["score"] for name, row in found.items()} == {"ada": "2", "bo": "0.5", "cy": "5"}
    assert {row["max_score"] for row in found.values()} == {"47"}


def test_a_students_page_names_the_guesses_that_are_open_and_tells_none_right(place: Path) -> None:
    page = (place / "out" / "feedback" / "bo.html").read_text(encoding="utf-8")
    assert "Partly committed" in page
    assert "These guesses are still open: loss_at_zero, asleep, length_of_w." in page
    pages = [
        (place / "out" / "feedback" / f"{name}.html").read_text(encoding="utf-8") for name in ("ada", "cy")
    ]
    for told in pages:
        assert "All committed" in told
        assert "You committed to all 4 guesses." in told


def test_points_for_guesses_can_be_given_by_hand(place: Path) -> None:
    run("set", "bo", "guesses", 2, "--why", "Told me before the lecture", "--graded", place / "out")
    assert (rows(place)["bo"]["guesses"], rows(place)["bo"]["score"]) == ("2", "2")
    assert "2 of 2 points were given by hand" in run("explain", "bo", "--graded", place / "out")
    run("set", "bo", "guesses", "--undo", "--graded", place / "out")
    assert rows(place)["bo"]["guesses"] == "0.5"
