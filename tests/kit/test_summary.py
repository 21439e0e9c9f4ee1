"""The last cell of a notebook says how much is right here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from styles import RIGHT

from autograder import kit as checks
from autograder.course import homework_names, load_homework
from autograder.kit import guesses, published

ROOT = Path(__file__).parents[2]


@pytest.fixture
def sgd(exercises, monkeypatch):
    """The exercises of one homework, as its kit knows them."""
    names = [exercise.function for exercise in load_homework("sgd", ROOT).exercises]
    monkeypatch.setattr(published, "exercises", lambda: {name: exercises[name] for name in names})
    return names


def summary(capsys, **functions):
    """What is printed where these are the notebook's functions."""
    exec("checks.summary()", {"checks": checks, **functions})
    return capsys.readouterr().out


def test_what_is_right_is_counted(sgd, capsys):
    said = summary(capsys, **{name: RIGHT[name] for name in sgd})
    assert said == f"5 of 5 exercises are right here. {checks.LAST_LINE}\n"


def test_what_is_wrong_or_not_there_is_named_and_no_error_reaches_the_student(sgd, capsys):
    def broken(*_):
        raise RuntimeError("not mine")

    some = {"minibatches": RIGHT["minibatches"], "train": broken, "ridge_gradient": lambda *_: (0.0, 0.0)}
    said = summary(capsys, **some)
    assert said.startswith("1 of 5 exercises are right here.")
    assert said.splitlines()[1:] == ["Not yet: sgd_epoch, train, gradient_noise, ridge_gradient."]


def test_guesses_that_are_noted_are_counted_where_they_make_up_for_lost_points(sgd, monkeypatch, capsys):
    known = {name: {"choices": ["a", "b"], "unit": ""} for name in ("one", "two", "three", "four")}
    monkeypatch.setattr(published, "guesses", lambda: known)
    monkeypatch.setattr(published, "guess_points", lambda: 2)
    monkeypatch.setattr(guesses, "_noted", set())
    last = (
        "All together, right or wrong, they make up for up to 2 lost points, "
        "and for half of what you lose at most."
    )
    said = summary(capsys).splitlines()[-1]
    assert said == f"0 of 4 guesses are noted here. {last} Not yet: one, two, three, four."
    for name, answer in {"one": "a", "two": "b", "three": None, "four": "z"}.items():
        checks.guess(name, answer)
    said = summary(capsys).splitlines()[-1]
    assert said == f"2 of 4 guesses are noted here. {last} Not yet: three, four."
    for name in ("three", "four", "four"):
        checks.guess(name, "a")
    assert summary(capsys).splitlines()[-1] == f"4 of 4 guesses are noted here. {last}"


def test_a_kit_of_an_older_release_says_nothing_of_them(monkeypatch):
    monkeypatch.setattr(published, "_content", dict)
    assert published.guess_points() == 0


@pytest.mark.parametrize("name", homework_names(ROOT))
def test_the_kit_says_how_many_points_guesses_make_up_for(name):
    folder, most = ROOT / "assignments" / name, load_homework(name, ROOT).guess_points
    assert most > 0
    said = (
        f"All guesses together, right or wrong, make up for up to {most:g} points that you lose elsewhere, "
        "and for half of those at most."
    )
    notebook = json.loads((folder / f"{name}.ipynb").read_text(encoding="utf-8"))
    for text in ("".join(notebook["cells"][0]["source"]), (folder / "README.md").read_text(encoding="utf-8")):
        assert said in " ".join(text.split())
    published_there = json.loads((folder / "checks" / "examples.json").read_text(encoding="utf-8"))
    assert published_there["guess_points"] == most


@pytest.mark.parametrize("name", homework_names(ROOT))
def test_every_notebook_ends_with_it_and_says_how_long_it_takes(name):
    notebook = json.loads((ROOT / "assignments" / name / f"{name}.ipynb").read_text(encoding="utf-8"))
    *_, text, last = ["".join(cell["source"]) for cell in notebook["cells"]]
    assert text.startswith("## Before you hand in\n")
    assert f"`{name}.ipynb`" in text
    assert last.splitlines()[-1] == "checks.summary()"
    first = "".join(notebook["cells"][0]["source"])
    assert "Plan about" in first
    assert "hours" in first
