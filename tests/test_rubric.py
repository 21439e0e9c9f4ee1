"""Every fault of a rubric is told before anyone is graded, all at once, with its line and what to do."""

import re

import pytest
from click.testing import CliRunner

from autograder.cli import main
from autograder.course import load_homework
from autograder.errors import HomeworkError

RUBRIC = '''\
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from autograder import Exercise, Homework, Misconception, lecture, probes, rules, value


@dataclass(frozen=True)
class Twice:
    """Dataclasses look for their module: it must be known."""

    factor: float = 2.0

    def formula(self, X, w, b):
        return self.factor * (X @ w + b)


X = np.array([[1.0, 2.0], [3.0, -1.0], [-2.0, 0.5]])


HOMEWORK = Homework(
    name="tiny",
    title="One function",
    data=("numbers.csv",),
    exercises=(
        Exercise(
            function="guess",
            slide="The linear model",
            points={"value": 2, "edges": 1, "form": 0.5},
            rule=rules.Values(
                reference=value(lecture.LINEAR_OUTPUT),
                probes=probes.regression(targets=False),
                edges=probes.regression([(1, 1)], targets=False),
                misconceptions=(
                    Misconception("twice", "It is twice too much.", Twice().formula),
                    Misconception("no_bias", "The bias is missing.", lambda X, w, b: X @ w),
                ),
            ),
            example=(X, np.array([0.5, -1.5]), 0.25),
            hint="What is added at the end?",
            operation="A product, and a sum.",
        ),
    ),
)
'''
NOTEBOOK = '''\
# %%
import numpy as np

# %%
def guess(X, w, b):
    """The prediction."""
    ### BEGIN SOLUTION
    return X @ w + b
    ### END SOLUTION
'''


@pytest.fixture
def course(tmp_path):
    place = tmp_path / "solutions" / "tiny"
    place.mkdir(parents=True)
    (place / "rubric.py").write_text(RUBRIC, encoding="utf-8")
    (place / "tiny.py").write_text(NOTEBOOK, encoding="utf-8")
    (place / "numbers.csv").write_text("1\n", encoding="utf-8")
    return tmp_path


def spoil(course, *changes):
    path = course / "solutions" / "tiny" / "rubric.py"
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def faults(course):
    with pytest.raises(HomeworkError) as raised:
        load_homework("tiny", course)
    return raised.value


def test_a_sound_rubric_with_dataclasses_and_late_annotations_is_read(course):
    homework = load_homework("tiny", course)
    assert homework.max_score == 3.5
    assert re.fullmatch("[0-9a-f]{64}", homework.digest)


FAULTS = {
    "another name": ('name="tiny"', 'name="small"', "its name is 'small', and its folder is 'tiny'"),
    "no title": ('title="One function"', 'title=" "', "it has no title"),
    "data that leave": (
        '("numbers.csv",)',
        '("../numbers.csv",)',
        "data '../numbers.csv' leave the folder",
    ),
    "data that are not there": (
        '("numbers.csv",)',
        '("none.csv",)',
        "'none.csv' lie neither beside",
    ),
    "no such function": ('function="guess"', 'function="gess"', "no cell of .*tiny.py defines it"),
    "no name": ('function="guess"', 'function="my guess"', "'my guess' is not a name of a function"),
    "no text": ('hint="What is added at the end?"', "hint=3", "its hint is not a text"),
    "no reveal": (
        'operation="A product, and a sum."',
        'reveal="all"',
        "reveal='all' is none of 'nothing', 'difference', 'answer'",
    ),
    "negative points": ('"edges": 1', '"edges": -1', "it gives -1 points for 'edges'"),
    "points that are no number": ('"edges": 1', '"edges": "1"', "it gives '1' points for 'edges'"),
    "infinite points": ('"edges": 1', '"edges": float("inf")', "it gives inf points for 'edges'"),
    "points for nothing": (
        '"edges": 1',
        '"speed": 1',
        "it has points for 'speed', which its rule",
    ),
    "a component without points": ('"value": 2, ', "", "it has no points for 'value': add them"),
    "no points at all": ('"value": 2, "edges": 1, "form": 0.5', '"value": 0', "it has no points at all"),
    "no rule": ("rule=rules.Values(", "rule=dict(", "its rule is a dict"),
    "no worked example": (
        "example=(X, np.array([0.5, -1.5]), 0.25)",
        "example=()",
        "worked example is missing",
    ),
    "half a worked example": (
        "example=(X, np.array([0.5, -1.5]), 0.25)",
        "example=(X,)",
        "its worked example has 1 arguments: give those of \\(X, w, b\\)",
    ),
    "a worked example that does not fit": (
        "np.array([0.5, -1.5]), 0.25)",
        "np.array([0.5]), 0.25)",
        "its worked example does not fit",
    ),
    "a probe that cannot be drawn": (
        "probes=probes.regression(targets=False)",
        'probes=(probes.drawn("odd", lambda random: 1 / 0),)',
        "the probe 'odd' cannot be used: drawing it raises ZeroDivisionError",
    ),
    "credit that is no share": (
        'hint="What is added at the end?"',
        'hint="", credit={"sign": 2}',
        "its credit for 'sign' is 2: give a share between 0 and 1",
    ),
    "credit for a mistake that nobody names": (
        'hint="What is added at the end?"',
        'hint="", credit={"twize": 0.5}',
        "feedback has no mistake of that name.*such as twice",
    ),
    "a probe that is not finite": (
        "probes=probes.regression(targets=False)",
        'probes=(probes.fixed("a hole", X, np.array([np.nan, 1]), 1.0),)',
        "the probe 'a hole' cannot be used: there is nan or infinity in it",
    ),
    "a misconception that raises": (
        "lambda X, w, b: X @ w)",
        "lambda X, w: X @ w)",
        "its misconception 'no_bias' cannot be called on the probe .*: it raises TypeError",
    ),
    "a misconception without a function": (
        '"The bias is missing.", lambda X, w, b: X @ w)',
        '"The bias is missing.")',
        "its misconception 'no_bias' has no function: give one",
    ),
    "a misconception of another shape": (
        "lambda X, w, b: X @ w)",
        "lambda X, w, b: w)",
        "its misconception 'no_bias' returns shapes \\(3,\\) .*: expected \\(7,\\)",
    ),
    "a misconception that is right": (
        "lambda X, w, b: X @ w)",
        "lambda X, w, b: b + X @ w)",
        "its own misconception no_bias is right on all probes",
    ),
    "a misconception twice": (
        "lambda X, w, b: X @ w)",
        "Twice().formula)",
        "its own misconceptions twice and no_bias give the same",
    ),
    "a name twice": ('"no_bias"', '"twice"', "its misconception 'twice' is declared twice"),
    "a sentence that is none": (
        '"The bias is missing."',
        "lambda: 3",
        "it cannot be read \\(AttributeError: .*look at each of its values",
    ),
    "a slope of nothing": (
        'operation="A product, and a sum."',
        'gradient_of=("loss", (1,))',
        "gradient_of='loss' is not an exercise",
    ),
    "a slope of a module that is not handed out": (
        'operation="A product, and a sum."',
        'gradient_of=("losses.loss", (1,))',
        "add losses.py to the homework's data",
    ),
    "a slope along nothing": (
        'operation="A product, and a sum."',
        'gradient_of=("guess", (7,))',
        "moves the arguments \\(7,\\): there are 3",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_with_its_file_and_line(course, fault):
    old, new, said = FAULTS[fault]
    spoil(course, (old, new))
    error = faults(course)
    assert re.search(said, str(error)), str(error)
    assert re.search(r"rubric\.py, line (2[3-9]|3\d|4\d): ", str(error))
    assert len(error.problems) == 1, error.problems


def test_the_same_function_twice_is_told(course):
    path = course / "solutions" / "tiny" / "rubric.py"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\nHOMEWORK = Homework('tiny', 'Two', HOMEWORK.exercises * 2)\n", encoding="utf-8")
    assert "2 exercises have the function 'guess'" in str(faults(course))


def test_all_faults_are_told_at_once(course):
    spoil(course, ('name="tiny"', 'name="small"'), ('"edges": 1', '"edges": -1'), ('"no_bias"', '"twice"'))
    error = faults(course)
    assert len(error.problems) == 3
    assert "The rubric of small has 3 faults:" in str(error)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("import there_is_no_such_module", "line LAST cannot be imported: ModuleNotFoundError"),
        ("1 / 0", "line LAST cannot be imported: ZeroDivisionError"),
        ("raise SystemExit(3)", "line LAST cannot be imported: SystemExit"),
        ("def (:", "cannot be imported: SyntaxError"),
        ("HOMEWORK = None", "declares no HOMEWORK"),
    ],
)
def test_a_rubric_that_cannot_be_read_is_one_sentence(course, line, said):
    path = course / "solutions" / "tiny" / "rubric.py"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}{line}\n", encoding="utf-8")
    said = said.replace("LAST", str(len(text.splitlines()) + 1))
    assert said in str(faults(course)), str(faults(course))
    assert len(str(faults(course)).splitlines()) == 1


@pytest.mark.parametrize("command", ["generate", "preview", "audit", "handbook", "grade"])
def test_a_rubric_that_takes_for_ever_is_ended_by_ctrl_c_without_a_traceback(course, command):
    path = course / "solutions" / "tiny" / "rubric.py"
    waiting = "import signal\nsignal.raise_signal(signal.SIGINT)\nwhile True:\n    pass\n"
    path.write_text(waiting, encoding="utf-8")
    more = ["tiny", str(path.parent)] if command == "grade" else []
    done = CliRunner().invoke(main, ["--course", str(course), command, *more])
    assert done.exit_code == 1
    assert done.output.strip() == "Aborted!"


def test_what_lies_beside_a_rubric_is_found_and_never_that_of_another_course(course, tmp_path_factory):
    other = tmp_path_factory.mktemp("other") / "solutions" / "tiny"
    other.mkdir(parents=True)
    for place, number in ((course / "solutions" / "tiny", 3), (other, 5)):
        (place / "own.py").write_text(f"SCORE = {number}\n", encoding="utf-8")
        text = RUBRIC.replace("import numpy as np\n", "import numpy as np\nfrom .own import SCORE\n")
        (place / "rubric.py").write_text(text.replace('"edges": 1', '"edges": SCORE'), encoding="utf-8")
        (place / "tiny.py").write_text(NOTEBOOK, encoding="utf-8")
        (place / "numbers.csv").write_text("1\n", encoding="utf-8")
    for place, number in ((course, 3), (other.parents[1], 5), (course, 3)):
        assert load_homework("tiny", place).max_score == 2.5 + number


def test_the_digest_changes_with_any_file_of_the_homework_and_with_no_other(course):
    before = load_homework("tiny", course).digest
    (course / "solutions" / "tiny" / "__pycache__").mkdir(exist_ok=True)
    (course / "solutions" / "tiny" / "__pycache__" / "x.pyc").write_bytes(b"1")
    assert load_homework("tiny", course).digest == before
    (course / "solutions" / "tiny" / "numbers.csv").write_text("2\n", encoding="utf-8")
    assert load_homework("tiny", course).digest != before


# -- guesses

ASKING = """
# %% [markdown]
# **Guess, then look.** How large is it?
#
# - (a) small
# - (b) large

# %%
# Your guess
checks.guess("size", None)
"""
GUESS = 'Guess("size", right="b", why="It grows.", choices=("a", "b"))'


def asks(course, guesses=GUESS, notebook=ASKING, points="0.0"):
    """The course with guesses in the rubric, and with cells that ask for them."""
    place = course / "solutions" / "tiny"
    text = RUBRIC.replace("Exercise, Homework", "Exercise, Guess, Homework")
    declared = f"guesses=({guesses},), guess_points={points},"
    text = text.replace('data=("numbers.csv",),', f'data=("numbers.csv",),\n    {declared}')
    (place / "rubric.py").write_text(text, encoding="utf-8")
    (place / "tiny.py").write_text(NOTEBOOK + notebook, encoding="utf-8")
    return course


def test_a_guess_that_the_notebook_asks_for_is_read(course):
    (guess,) = load_homework("tiny", asks(course)).guesses
    assert (guess.name, guess.right, guess.choices) == ("size", "b", ("a", "b"))


def test_a_number_can_be_asked_for(course):
    asks(course, 'Guess("size", right=4.2, why="It is.", number=True, unit="kg")')
    (guess,) = load_homework("tiny", course).guesses
    assert (guess.right, guess.unit) == (4.2, "kg")


WRONG_GUESSES = {
    "a name twice": (f"{GUESS}, {GUESS}", "2 guesses have the name 'size': give each its own"),
    "no name": (GUESS.replace('"size"', '"my size"'), "the guess 'my size': that is not a name"),
    "no choices": ('Guess("size", "b", "It grows.")', "it has no choices: give them"),
    "choices in one text": (GUESS.replace('("a", "b")', '"ab"'), "its choices are 'ab': give letters"),
    "one choice": (GUESS.replace('("a", "b")', '("b",)'), "give at least two, all different"),
    "a choice twice": (GUESS.replace('("a", "b")', '("b", "b")'), "give at least two, all different"),
    "an answer that is no choice": (
        GUESS.replace('right="b"', 'right="c"'),
        "its answer 'c' is none of 'a', 'b'",
    ),
    "choices and a number": (GUESS.replace("why=", "number=True, why="), "leave one of the two out"),
    "a word for a number": ('Guess("size", "b", "It grows.", number=True)', "its answer 'b' is not a number"),
    "infinity": ('Guess("size", float("inf"), "It grows.", number=True)', "give a finite number"),
    "no reason": (GUESS.replace("It grows.", " "), "it does not say why"),
    "a reason that is no text": (GUESS.replace('"It grows."', "3"), "its why is not a text"),
    "no guess": ('"size"', "its guesses are not a tuple of Guess"),
    "a name that cannot be read": (GUESS.replace('"size"', "[]"), "its guesses cannot be read"),
}


@pytest.mark.parametrize("fault", WRONG_GUESSES)
def test_a_fault_of_a_guess_is_told_with_its_line(course, fault):
    guesses, said = WRONG_GUESSES[fault]
    error = faults(asks(course, guesses))
    assert said in str(error)
    assert re.search(r"rubric\.py, line \d+: ", str(error))


WRONG_CELLS = {
    "no cell": (
        "",
        r"rubric\.py, line 27: no cell of .*tiny\.py asks for the guess 'size': add checks\.guess",
    ),
    "an unknown guess": (
        ASKING + ASKING.replace("size", "weight"),
        r"tiny\.py, line 29: the rubric has no guess 'weight': declare it",
    ),
    "an answer": (ASKING.replace("None", '"b"'), r"tiny\.py, line 19: .* without an answer"),
    "no answer": (ASKING.replace(", None", ""), r"tiny\.py, line 19: the call is not checks\.guess"),
    "two cells": (ASKING * 2, r"several cells ask for the guess 'size': leave one"),
    "more in the cell": (ASKING + "print(1)\n", "holds more than that: give the rest its own cell"),
    "no question": (ASKING.replace("# %% [markdown]", "# %% [raw]"), "above this guess there is no question"),
    "a choice that is not there": (ASKING.replace("# - (b) large\n", ""), r"does not have \(b\)"),
}


@pytest.mark.parametrize("fault", WRONG_CELLS)
def test_a_cell_that_does_not_fit_is_told_with_its_line(course, fault):
    cells, said = WRONG_CELLS[fault]
    error = faults(asks(course, notebook=cells))
    assert re.search(said, str(error)), str(error)


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ("-1", "its guess_points are -1: give a number that is not negative"),
        ('"0.5"', "its guess_points are '0.5': give"),
        ("True", "its guess_points are True: give"),
        ("float('inf')", "its guess_points are inf: give"),
    ],
)
def test_guess_points_that_are_no_points_are_told(course, points, said):
    assert said in str(faults(asks(course, points=points)))


def test_guess_points_change_the_digest_and_not_how_many_points_the_homework_has(course):
    without = load_homework("tiny", asks(course))
    homework = load_homework("tiny", asks(course, points="0.5"))
    assert homework.parts == without.parts == [("guess", 3.5)]
    assert homework.max_score == 3.5
    assert homework.guess_points == 0.5
    assert homework.digest != without.digest


def test_guess_points_without_guesses_are_told(course):
    place = course / "solutions" / "tiny"
    text = RUBRIC.replace('data=("numbers.csv",),', 'data=("numbers.csv",), guess_points=2,')
    (place / "rubric.py").write_text(text, encoding="utf-8")
    assert "it has guess_points, and no guesses" in str(faults(course))


def test_no_exercise_is_called_as_the_column_of_guesses(course):
    asks(course, points="0.5")
    place = course / "solutions" / "tiny"
    for file in (place / "rubric.py", place / "tiny.py"):
        text = file.read_text(encoding="utf-8")
        text = text.replace('function="guess"', 'function="guesses"').replace("def guess(", "def guesses(")
        file.write_text(text, encoding="utf-8")
    assert "'guesses' is the column of what guesses give back" in str(faults(course))


# -- answers in words

ANSWER = (
    'WrittenAnswer("why", slide="The linear model", points=2, '
    'criteria=("1 point: it says so.",), answer="So.")'
)
ASKED = """
# %% [markdown]
# ## In words: `why`
#
# Say why.

# %% [markdown]
# *Write your answer here: double-click on this text.*
"""


def asks_in_words(course, written=ANSWER, notebook=ASKED):
    """The course with answers in words in the rubric, and with cells that ask for them."""
    place = course / "solutions" / "tiny"
    text = (place / "rubric.py").read_text(encoding="utf-8")
    text = text.replace("import Exercise, Homework,", "import Exercise, Homework, WrittenAnswer,")
    text = text.replace('data=("numbers.csv",),', f'data=("numbers.csv",),\n    written=({written},),')
    (place / "rubric.py").write_text(text, encoding="utf-8")
    (place / "tiny.py").write_text(NOTEBOOK + notebook, encoding="utf-8")
    return course


def test_an_answer_in_words_has_its_question_and_its_points(course):
    homework = load_homework("tiny", asks_in_words(course))
    assert homework.questions == {"why": "## In words: `why`\n\nSay why."}
    assert homework.max_score == 5.5
    assert homework.parts == [("guess", 3.5), ("why", 2.0)]


WRONG_ANSWERS = {
    "no name": (ANSWER.replace('"why"', '"my why"'), "'my why' has no name for a table"),
    "a name that is taken": (ANSWER.replace('"why"', '"guess"'), "'guess' has a name that is taken"),
    "a name twice": (f"{ANSWER}, {ANSWER}", "'why' has a name that is taken"),
    "no points": (ANSWER.replace("points=2", "points=0"), "why: it gives 0 points: give a number above 0"),
    "text for points": (ANSWER.replace("points=2", 'points="2"'), "why: it gives '2' points"),
    "no criteria": (ANSWER.replace('("1 point: it says so.",)', "()"), "why: its criteria are not texts"),
    "one criterion": (ANSWER.replace('("1 point: it says so.",)', '"so"'), "why: its criteria are not texts"),
    "no answer": (ANSWER.replace('answer="So."', 'answer=""'), "why: its answer is not a text"),
    "no slide": (ANSWER.replace('slide="The linear model"', "slide=None"), "why: its slide is not a text"),
    "no answer in words": ('"why"', "written holds a str: give WrittenAnswer"),
}


@pytest.mark.parametrize("case", WRONG_ANSWERS)
def test_what_is_wrong_with_an_answer_in_words_is_told(course, case):
    written, words = WRONG_ANSWERS[case]
    assert words in str(faults(asks_in_words(course, written)))


UNASKED = {
    "no question": "",
    "no name in the heading": ASKED.replace("`why`", "why"),
    "nowhere to write": ASKED.replace("*Write", "Write"),
    "no end": f"{ASKED}\n# %% [markdown]\n# More text.\n",
}


@pytest.mark.parametrize("case", UNASKED)
def test_a_notebook_that_does_not_ask_for_the_answer_is_refused(course, case):
    said = str(faults(asks_in_words(course, notebook=UNASKED[case])))
    assert "why:" in said
    assert "tiny.py does not ask for it: add a Markdown cell whose heading has `why`" in said
