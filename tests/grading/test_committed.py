"""Guesses: which text commits to one, that right and wrong ones earn the same, that no text takes long."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from all_tasks import ROOT

from autograder.committed import committed, still_open
from autograder.course import homework_names, load_homework
from autograder.feedback import headline, text
from autograder.gradebook import row_of, status_of
from autograder.grading import fault_report, grade
from autograder.homework import Guess
from autograder.kit.guesses import choice_of, number_of
from autograder.release.source import read_source
from autograder.report import is_written
from autograder.sandbox.host import Sandbox
from autograder.solution import code
from autograder.submission import Submission

DERIVATIVES = load_homework("derivatives", ROOT)
CHOICE = Guess("curve", right="a", why="It falls.", choices=("a", "b", "c"))
MASS = Guess("mass", right=4.2, why="It is.", number=True, unit="kg")


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox("auto") as sandbox:
        yield sandbox


COMMITS = {
    "as the notebook has it": 'checks.guess("curve", "b")',
    "below a comment": '# Your guess: write "a" or "b" in the place of None\nchecks.guess("curve", "b")\n',
    "the wrong one": 'checks.guess("curve", "c")',
    "single quotes": "checks.guess('curve', 'b')",
    "brackets around it, and capitals": 'checks.guess("curve", " (B). ")',
    "blanks everywhere": 'checks . guess ( "curve" , "b" )',
    "over several lines": 'checks.guess(\n    "curve",\n    "b",\n)',
    "comments in between": 'checks.guess(  # which?\n    "curve",  # it\n    "b"  # sure\n)',
    "a continued line": 'checks.guess("curve", \\\n    "b")',
    "Windows' line ends": 'checks.guess(\r\n"curve",\r\n"b")',
    "the answer by its name": 'checks.guess("curve", answer="b")',
    "both by their names": 'checks.guess(name="curve", answer = "b")',
    "the name last": 'checks.guess(answer="b", name="curve")',
    "a comment behind it": 'checks.guess("curve", "b")  # not None',
    "imported alone": 'from checks import guess\nguess("curve", "b")',
    "another name of the module": 'import checks as c\nc.guess("curve", "b")',
    "another name of the function": 'ask = checks.guess\nask("curve", "b")',
    "a variable": 'mine = "b"\nchecks.guess("curve", mine)',
    "a letter without quotation marks": 'checks.guess("curve", b)',
    "in brackets": 'checks.guess("curve", ("b"))',
    "a choice worked out": 'checks.guess("curve", None or "b")',
    "a choice of two": 'checks.guess("curve", "b" if x else None)',
    "two texts that become one": 'checks.guess("curve", "" "b")',
    "a text with a value in it": 'checks.guess("curve", f"{mine}")',
    "quotation marks of a word processor": 'checks.guess("curve", “b”)',
    "an indented line": 'if True:\n    checks.guess("curve", "b")',
    "below a magic": '%%time\nchecks.guess("curve", "b")',
    "behind an apostrophe in a shell's line": '!echo don\'t\nchecks.guess("curve", "b")',
    "behind a text with a number sign": 'x = "# no comment"; checks.guess("curve", "b")',
    "behind a docstring": '"""Text: "quoted", don\'t."""\nchecks.guess("curve", "b")',
    "behind a text that has no end": 'x = """no end\nchecks.guess("curve", "b")',
    "behind a text of one line that has no end": 'x = "no end\nchecks.guess("curve", "b")',
    "the last of two": 'checks.guess("curve", None)\nchecks.guess("curve", "b")',
    "the first of two": 'checks.guess("curve", "b")\nchecks.guess("curve", None)',
    "in a cell that is given": '# Given\nchecks.guess("curve", "b")',
    "without an end": 'checks.guess("curve", "b"',
}
DOES_NOT = {
    "as it is handed out": 'checks.guess("curve", None)',
    "no answer": 'checks.guess("curve")',
    "no answer behind a comma": 'checks.guess("curve", )',
    "None by its name": 'checks.guess("curve", answer=None)',
    "None before the name": 'checks.guess(answer=None, name="curve")',
    "None in brackets": 'checks.guess("curve", (None))',
    "None behind a comment": 'checks.guess("curve", # "b"\n None)',
    "no text": 'checks.guess("curve", "")',
    "blanks": 'checks.guess("curve", "  ")',
    "dots": 'checks.guess("curve", ...)',
    "an empty list": 'checks.guess("curve", [])',
    "no choice of this guess": 'checks.guess("curve", "d")',
    "a number for a letter": 'checks.guess("curve", 2)',
    "a truth": 'checks.guess("curve", True)',
    "bytes": 'checks.guess("curve", b"b")',
    "a comment": '# checks.guess("curve", "b")',
    "a comment behind code": 'x = 1  # checks.guess("curve", "b")',
    "a text": 'x = \'checks.guess("curve", "b")\'',
    "a docstring": '"""\nchecks.guess("curve", "b")\n"""',
    "another name": 'checks.guess("curves", "b")',
    "the name alone": 'x = "curve", "b"',
    "a sentence": '# curve: (b)\nprint("curve (b)")',
    "cut off": 'checks.guess("curve", ',
}


@pytest.mark.parametrize("case", COMMITS)
def test_a_call_with_an_answer_commits(case):
    assert still_open([CHOICE], ["x = 1", COMMITS[case]]) == []


@pytest.mark.parametrize("case", DOES_NOT)
def test_a_call_without_an_answer_does_not(case):
    assert still_open([CHOICE], ["x = 1", DOES_NOT[case]]) == ["curve"]


@pytest.mark.parametrize(
    "answer",
    [
        "2.5",
        "-2",
        "+ 3",
        ".5",
        "1.",
        "1e3",
        "1_000",
        "0x1F",
        "(2.5)",
        "1/3",
        "np.log(2)",
        "2.5 * 2",
        "x",
        "0",
    ],
)
def test_a_number_commits_however_it_is_written(answer):
    assert still_open([MASS], [f'checks.guess("mass", {answer})']) == []
    assert still_open([MASS], [f'checks.guess("mass", {answer},)']) == []


@pytest.mark.parametrize("answer", ['"2.5"', "1e999", "2j", "True", "None", '""', "'heavy'", "[]"])
def test_what_the_kit_takes_for_no_number_does_not_commit(answer):
    assert still_open([MASS], [f'checks.guess("mass", {answer})']) == ["mass"]


@pytest.mark.parametrize(
    "answer", ["a", "B", " c ", "(a)", "(B).", "d", "", "ab", "a b", "1", 1, 2.5, -3, True, None, b"a", 1e300]
)
@pytest.mark.parametrize("guess", [CHOICE, MASS], ids=["choices", "number"])
def test_literals_count_as_the_kit_takes_them(guess, answer):
    taken = choice_of(answer) in guess.choices if guess.choices else number_of(answer) is not None
    assert still_open([guess], [f'checks.guess("{guess.name}", {answer!r})']) == (
        [] if taken else [guess.name]
    )


def test_each_guess_counts_by_its_own_name_and_in_the_order_of_the_rubric():
    cells = ['checks.guess("mass", None)', 'x = 1\nchecks.guess("curve", "a"); checks.guess("mass", 2)']
    assert still_open([CHOICE, MASS], cells) == []
    assert still_open([CHOICE, MASS], cells[:1]) == ["curve", "mass"]
    assert still_open([CHOICE, replace(MASS, name="curve_2")], cells) == ["curve_2"]


UNITS = [
    '"', "'", '"""', "'''", '\\"', '"""\\"', "(", ",", "( ", "(#\n", ",\n", "\\\n", '"\\\n', "#",
    '"curve",', '("curve"', '("curve",', '("curve", 1', '("curve", [', '("curve", ((((((', '("curve", "',
    '("curve", None)', ', name="curve"', 'f(answer=None, name="curve")', "(\"curve\",\n\n\n\n", "'''\"\"\"",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_the_time_grows_with_the_text_alone(unit):
    """A second or two on a slow machine; what goes back and forth would take hours."""
    hostile = "curve mass " + unit * (1_500_000 // len(unit))
    began = time.process_time()
    still_open([CHOICE, MASS], [hostile])
    assert time.process_time() - began < 30


# -- the report


def handed_in(*cells: str, **more) -> Submission:
    return Submission("Ada", cells, "derivatives.ipynb", notebook=True, **more)


def guesses_in(*cells: str, **more):
    (found,) = committed(DERIVATIVES, handed_in(*cells, **more))
    return found


ALL = [
    f'checks.guess("{guess.name}", {3.5 if guess.number else repr(guess.choices[0])})'
    for guess in DERIVATIVES.guesses
]


def test_all_some_and_no_guesses_have_their_share_and_a_sentence():
    names = [guess.name for guess in DERIVATIVES.guesses]
    full, half, none = guesses_in(*ALL), guesses_in(*ALL[:2]), guesses_in("x = 1")
    assert [(each.score, each.max_score, each.status) for each in (full, half, none)] == [
        (2.0, 2.0, "passed"), (1.0, 2.0, "partial"), (0.0, 2.0, "missing"),
    ]  # fmt: skip
    assert full.verdicts[0].message == "You committed to all 4 guesses."
    assert half.verdicts[0].message == f"These guesses are still open: {', '.join(names[2:])}."
    assert none.verdicts[0].message == f"These guesses are still open: {', '.join(names)}."
    assert guesses_in(*ALL[:3]).verdicts[0].message == f"This guess is still open: {names[3]}."
    assert {each.verdicts[0].title for each in (full, half, none)} == {"Committed before the experiment"}


def test_right_and_wrong_guesses_have_the_same_report():
    right = [f'checks.guess("{guess.name}", {guess.right!r})' for guess in DERIVATIVES.guesses]
    assert right != ALL
    assert guesses_in(*right) == guesses_in(*ALL)


def test_guesses_in_a_file_beside_the_work_count():
    beside = (("derivatives.ipynb", "".join(f"# %%\n{cell}\n" for cell in ALL)),)
    (found,) = committed(DERIVATIVES, Submission("Ada", ("x = 1",), "derivatives.py", modules=beside))
    assert found.score == 2
    (alone,) = committed(DERIVATIVES, Submission("Ada", ("x = 1",), "derivatives.py"))
    assert alone.score == 0
    assert alone.verdicts[0].message.endswith("if your functions are in a module, hand in both.")


def test_points_for_guesses_are_a_part_after_the_functions_and_before_the_answers_in_words():
    sgd = load_homework("sgd", ROOT)
    assert sgd.parts[-2:] == [("guesses", 1.5), ("why_one_batch", 3.0)]
    assert sgd.max_score == sum(points for _, points in sgd.parts)


@pytest.mark.parametrize("name", homework_names(ROOT))
def test_solutions_get_all_points_for_their_guesses(name):
    homework = load_homework(name, ROOT)
    submission = Submission("the solution", code(read_source(homework, ROOT)), f"{name}.py")
    (found,) = committed(homework, submission)
    assert found.score == found.max_score == 0.5 * len(homework.guesses) == homework.all_guess_points > 0
    text = (ROOT / "solutions" / name / f"{name}.py").read_text(encoding="utf-8")
    (whole,) = committed(homework, Submission("the solution", (text,), f"{name}.py"))
    assert whole.score == whole.max_score


@pytest.mark.parametrize("name", homework_names(ROOT))
def test_a_solution_gets_all_points(name, sandbox):
    homework = load_homework(name, ROOT)
    submission = Submission("the solution", code(read_source(homework, ROOT)), f"{name}.py")
    report = grade(homework, submission, sandbox, b"for tests only")
    written = sum(each.max_score for each in report.exercises if is_written(each))
    assert report.score == report.max_score - written == homework.max_score - written
    assert [each.name for each in report.exercises] == [each for each, _ in homework.parts]


def test_a_kit_as_it_is_handed_out_has_none(sandbox):
    from autograder.submission import read

    for file in ("derivatives.ipynb", "derivatives.py"):
        data = (ROOT / "assignments" / "derivatives" / file).read_bytes()
        report = grade(DERIVATIVES, read(data, file, "Ada"), sandbox, b"for tests only")
        assert report.score == 0
        assert {each.status for each in report.exercises} == {"not_started", "missing"}


def test_what_cannot_be_read_or_judged_has_the_row_as_well(sandbox):
    unread = Submission("Ada", (), "derivatives.ipynb", problem="The file is empty")
    made = grade(DERIVATIVES, unread, sandbox, b"for tests only")
    assert (made.score, made.max_score) == (0, DERIVATIVES.max_score)
    assert made.exercises[-1].name == "guesses"
    assert status_of(made) == "unreadable"
    fault = fault_report(DERIVATIVES, handed_in(*ALL), "landlock")
    assert (fault.score, fault.max_score, fault.exercises[-1].score) == (2, DERIVATIVES.max_score, 2)
    assert status_of(fault) == "grader fault"


def test_guesses_alone_are_no_functions(sandbox):
    made = grade(DERIVATIVES, handed_in(*ALL), sandbox, b"for tests only")
    assert made.score == 2
    assert status_of(made) == "no functions"
    assert row_of(made).scores["guesses"] == "2"


def test_no_guess_is_told_right_or_wrong_and_all_functions_are_praised(sandbox):
    source = code(read_source(DERIVATIVES, ROOT))
    cells = tuple(cell for cell in source if "checks.guess(" not in cell)
    made = grade(DERIVATIVES, handed_in(*cells, *ALL[:3]), sandbox, b"for tests only")
    said = text(made)
    assert "◐ guesses: Partly committed, 1.5 of 2" in said
    assert "This guess is still open: length_of_w." in said
    assert headline(made) == "Every exercise is right. Well done! Some guesses are still open."
    whole = grade(DERIVATIVES, handed_in(*cells, *ALL), sandbox, b"for tests only")
    assert headline(whole) == "Everything is right. Well done!"
    assert "✓ guesses: All committed, 2 of 2" in text(whole)


def test_without_points_guesses_are_no_part(sandbox):
    plain = replace(DERIVATIVES, guess_points=0.0)
    assert committed(plain, handed_in(*ALL)) == []
    assert [name for name, _ in plain.parts] == [each.function for each in plain.exercises]
    made = grade(plain, handed_in(*ALL), sandbox, b"for tests only")
    assert [each.name for each in made.exercises] == [name for name, _ in plain.parts]
    assert plain.with_only(plain.exercises[0]).max_score == plain.exercises[0].max_score
    assert DERIVATIVES.with_only(plain.exercises[0]).max_score == plain.exercises[0].max_score
