"""Answers in words: which text counts as the answer, and that only a person gives points for it."""

from __future__ import annotations

import json

import pytest
from all_tasks import ROOT

from autograder.course import load_homework
from autograder.grading import grade
from autograder.questions import WRITE_HERE, questions
from autograder.report import is_open, is_written
from autograder.sandbox.host import Sandbox
from autograder.submission import Submission, read
from autograder.written import answer_to, waiting

SGD = load_homework("sgd", ROOT)
NAME = "why_one_batch"
QUESTION = SGD.questions[NAME]


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox("auto") as sandbox:
        yield sandbox


def handed_in(*prose: tuple[int, str]) -> Submission:
    return Submission("Ada", ("x = 1", "y = 2"), "sgd.ipynb", notebook=True, prose=prose)


ANSWERS = {
    "in the cell below": ([(1, QUESTION), (1, "It is unbiased.")], "It is unbiased."),
    "in two cells": ([(1, QUESTION), (1, "First."), (1, "Then.")], "First.\n\nThen."),
    "below the text that was there": ([(1, QUESTION), (1, f"{WRITE_HERE}\n\nMine.")], "Mine."),
    "in the question's own cell": ([(1, f"{QUESTION}\n\nHere."), (1, WRITE_HERE)], "Here."),
    "with a small heading": ([(1, QUESTION), (1, "### Mine\nText")], "### Mine\nText"),
    "nothing": ([(1, QUESTION), (1, WRITE_HERE)], ""),
    "blanks": ([(1, QUESTION), (1, "  \n ")], ""),
    "nothing, and the next part": ([(1, QUESTION), (1, WRITE_HERE), (1, "## 5. Next\nText")], ""),
    "after code": ([(1, QUESTION), (2, "of another cell")], ""),
    "no question any more": ([(1, "It is unbiased.")], ""),
    "a question that was changed": ([(1, f"### `{NAME}`, changed"), (1, "Mine.")], "Mine."),
    "a name in a text is no question": (
        [(0, f"See `{NAME}`."), (0, "No."), (1, QUESTION), (1, "Yes.")],
        "Yes.",
    ),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_an_answer_is_what_stands_below_its_question(case):
    prose, expected = ANSWERS[case]
    assert answer_to(NAME, QUESTION, handed_in(*prose)) == expected


def other_cells(cell: str = "y = 2", raw: tuple[tuple[int, int, str], ...] = (), *more: tuple[int, str]):
    return Submission(
        "Ada",
        ("x = 1", cell),
        "sgd.ipynb",
        notebook=True,
        raw=raw,
        prose=((0, "Hello."), (1, QUESTION), *more),
    )


IN_OTHER_CELLS = {
    "comments": (other_cells("# It is unbiased:\n#\n# the mean is the gradient."),
                 "It is unbiased:\n\nthe mean is the gradient."),
    "a string": (other_cells('"""It is unbiased.\nReally."""'), "It is unbiased.\nReally."),
    "words that are no Python": (other_cells("It is unbiased, as the mean is the gradient."),
                                 "It is unbiased, as the mean is the gradient."),
    "a raw cell": (other_cells(raw=((1, 2, "It is unbiased."),)), "It is unbiased."),
    "below the empty place": (other_cells("# Mine.", (), (1, WRITE_HERE)), "Mine."),
    "code": (other_cells("y = 2  # the mean"), ""),
    "a call": (other_cells("print(x)"), ""),
    "a name": (other_cells("x"), ""),
    "code that is broken": (other_cells("def f(x:\n    return the mean"), ""),
    "a raw cell above": (other_cells(raw=((1, 1, "Before."),)), ""),
    "a raw cell of another part": (other_cells(raw=((2, 2, "After."),)), ""),
    "comments of the next part": (other_cells("# Mine.", (), (1, WRITE_HERE), (1, "## Next")), ""),
}  # fmt: skip


@pytest.mark.parametrize("case", IN_OTHER_CELLS)
def test_an_answer_in_a_cell_of_another_kind_is_read_too(case):
    submission, expected = IN_OTHER_CELLS[case]
    assert answer_to(NAME, QUESTION, submission) == expected


def test_an_answer_in_its_place_counts_alone():
    submission = other_cells("# Not this.", ((1, 2, "Nor this."),), (1, "Mine."))
    assert answer_to(NAME, QUESTION, submission) == "Mine."


@pytest.mark.parametrize("kind", ["raw", "code"])
def test_the_cell_below_the_question_may_have_become_another_kind(kind):
    notebook = json.loads((ROOT / "assignments" / "sgd" / "sgd.ipynb").read_text(encoding="utf-8"))
    (cell,) = [each for each in notebook["cells"] if "".join(each["source"]) == WRITE_HERE]
    cell |= {"cell_type": kind, "source": ["# The mean over all batches\n", "# is the gradient."]}
    submission = read(json.dumps(notebook).encode(), "sgd.ipynb", "Ada")
    assert "is the gradient." in answer_to(NAME, QUESTION, submission)


def test_an_answer_waits_for_a_person_and_an_empty_one_does_not():
    (made,) = waiting(SGD, handed_in((1, QUESTION), (1, "It is unbiased.\nReally.")))
    assert (made.name, made.score, made.max_score, made.status) == (NAME, 0, 3, "written")
    assert is_open(made)
    assert is_written(made)
    assert made.verdicts[0].message == "It is unbiased.\nReally."
    (empty,) = waiting(SGD, handed_in((1, QUESTION), (1, WRITE_HERE)))
    assert (empty.status, is_open(empty), is_written(empty)) == ("missing", False, True)


@pytest.mark.parametrize(
    ("prose", "status"),
    [
        (((0, "Hello."), (1, "It is unbiased.")), "written"),
        (((0, "Hello."), (1, "## Why one batch\n\nIt is unbiased.")), "written"),
        (((1, QUESTION), (2, "## Next")), "missing"),
        ((), "missing"),
    ],
)
def test_an_answer_whose_question_was_deleted_is_looked_for_by_a_person(prose, status):
    (made,) = waiting(SGD, handed_in(*prose))
    assert made.status == status
    assert is_open(made) == (status == "written")
    assert ("looks for the answer in the file" in made.verdicts[0].message) == (status == "written")


def test_an_answer_without_end_is_cut_and_control_characters_are_seen():
    (made,) = waiting(SGD, handed_in((1, QUESTION), (1, "a\x1b[31m" + "b" * 10**6)))
    message = made.verdicts[0].message
    assert len(message) < 50_000
    assert message.endswith("(the rest is cut off: see the file)")
    assert "\x1b" not in message


def test_the_points_stay_in_the_maximum_of_every_report(sandbox):
    made = grade(SGD, handed_in((1, QUESTION), (1, "Mine.")), sandbox, b"for tests only")
    assert made.max_score == SGD.max_score == sum(e.max_score for e in SGD.exercises) + 3
    assert made.exercises[-1].status == "written"
    broken = grade(SGD, Submission("Ada", (), "x.ipynb", problem="it is empty"), sandbox, b"for tests only")
    assert broken.max_score == SGD.max_score


def test_a_question_counts_where_an_answer_has_an_end():
    def cells(*texts: str) -> str:
        return "".join(f"# %% [markdown]\n# {text}\n\n" for text in texts)

    asked = ("## `why`", WRITE_HERE)
    assert questions(cells(*asked), ["why"]) == {"why": "## `why`"}
    assert questions(cells(*asked, "## Next"), ["why"]) == {"why": "## `why`"}
    assert questions(cells(*asked) + "# %%\nx = 1\n", ["why"]) == {"why": "## `why`"}
    assert questions(cells(*asked, "More of it"), ["why"]) == {}
    assert questions(cells("## `why`", "Write"), ["why"]) == {}
    assert questions(cells("In `why`", WRITE_HERE), ["why"]) == {}
