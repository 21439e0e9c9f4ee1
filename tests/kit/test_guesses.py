"""A guess is noted or asked for again, in one sentence, and never told whether it is right."""

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from autograder import kit as checks
from autograder.course import homework_names, load_homework
from autograder.kit import published
from autograder.kit.editions import fingerprint
from autograder.release.examples import examples

COURSE = Path(__file__).parents[2]
HOMEWORKS = [load_homework(name, COURSE) for name in homework_names(COURSE)]
NEXT = "Now run the experiment, then open the debrief."


@pytest.fixture
def says(monkeypatch, capsys):
    """What is printed of a guess, as one line."""
    known = {
        "curve": {"choices": ["a", "b", "c"], "unit": ""},
        "mass": {"choices": [], "unit": "kg"},
        "ratio": {"choices": [], "unit": ""},
    }
    monkeypatch.setattr(published, "guesses", lambda: known)

    def printed(*arguments):
        assert checks.guess(*arguments) is None
        text = capsys.readouterr().out
        assert len(text.splitlines()) == 1
        assert len(text) < 200
        return text.strip()

    return printed


@pytest.mark.parametrize(
    ("name", "asked"),
    [("curve", '"a", "b" or "c"'), ("mass", "a number of kg"), ("ratio", "a number")],
)
def test_without_a_guess_it_asks_for_one(says, name, asked):
    text = f"Commit before you run the experiment: write {asked} in the place of None, and run this cell."
    assert says(name, None) == says(name) == text


@pytest.mark.parametrize("written", ["b", "B", " b ", "(b)", "(B).", np.str_("b")])
def test_a_choice_is_noted_however_it_is_written(says, written):
    assert says("curve", written) == f"Noted: (b). {NEXT}"


def test_right_and_wrong_guesses_read_the_same(says):
    told = {says("curve", choice).replace(f"({choice})", "(.)") for choice in "abc"}
    assert told == {f"Noted: (.). {NEXT}"}
    told = {says("mass", number).replace(f"{number}", ".", 1) for number in (1, 9, 4)}
    assert told == {f"Noted: . kg. {NEXT}"}


def test_a_guess_may_be_changed_and_noted_again(says):
    assert [says("curve", each)[:10] for each in "abb"] == ["Noted: (a)", "Noted: (b)", "Noted: (b)"]


class Odd:
    def __repr__(self):
        raise RuntimeError("no")


NO_CHOICES = ["d", "", "ab", "b" * 10**6, True, 1, 0.25, float("nan"), ["b"], ("b",), {"b"}, b"b", Odd(), max]
NO_CHOICES += [np.array(["b"]), 10**5000, ["b"] * 10**5]


@pytest.mark.parametrize("written", NO_CHOICES, ids=lambda each: type(each).__name__)
def test_what_is_no_choice_is_said_with_the_choices(says, written):
    assert says("curve", written).endswith(
        'not one of the choices: write "a", "b" or "c", with quotation marks.'
    )


@pytest.mark.parametrize("written", [9, 9.0, np.float32(9), np.int64(9), Fraction(9), np.float64(9)])
def test_a_number_is_noted_with_its_unit(says, written):
    assert says("mass", written) == f"Noted: 9 kg. {NEXT}"
    assert says("ratio", written) == f"Noted: 9. {NEXT}"


NO_NUMBERS = [
    True,
    np.bool_(True),
    float("nan"),
    float("inf"),
    -np.inf,
    1j,
    "9",
    "9 kg",
    [9],
    np.array([9, 9]),
]
NO_NUMBERS += [10**5000, "9" * 10**6, Odd(), {}]


@pytest.mark.parametrize("written", NO_NUMBERS, ids=lambda each: type(each).__name__)
def test_what_is_no_number_is_said(says, written):
    assert says("mass", written).endswith("is not a number: write one such as 2.5, without quotation marks.")


@pytest.mark.parametrize("name", ["cruve", "", None, 3, ["curve"], "c" * 10**6])
def test_a_name_that_nobody_asked_for_is_said(says, name):
    assert says(name, "b").startswith("There is no guess ")


# -- what students are given


@pytest.mark.parametrize("homework", HOMEWORKS, ids=lambda homework: homework.name)
def test_a_kit_knows_the_choices_and_no_answer(homework):
    told = examples(homework)["guesses"]
    assert told == {
        guess.name: {"choices": list(guess.choices), "unit": guess.unit} for guess in homework.guesses
    }
    folder = COURSE / "assignments" / homework.name
    handed_out = (folder / "checks" / "examples.json").read_text(encoding="utf-8")
    assert json.loads(handed_out)["guesses"] == told
    for path in folder.rglob("*"):
        text = path.read_text(encoding="utf-8") if path.is_file() and path.suffix != ".pyc" else ""
        assert not [guess.name for guess in homework.guesses if guess.why in text], path


def test_a_guess_does_not_make_a_notebook_an_edited_one():
    asked = ["x = 1", '# Your guess: "a" or "b"\nchecks.guess("curve", None)']
    told = ["x = 1", '# Your guess: "a" or "b"\nchecks.guess("curve", "b")  # sure?\n']
    assert fingerprint(asked) == fingerprint(told) == fingerprint(["x = 1"])
    assert fingerprint([*told, "x = 2"]) != fingerprint(told)
    assert fingerprint(["x = 1", 'checks.guess("curve", "b")\nx = 2']) != fingerprint(told)
