"""Guesses: which text commits to one, that they make up for lost points alone, that no text takes long."""

from __future__ import annotations

import time
from dataclasses import replace

import msgspec
import pytest
from all_tasks import ROOT

from autograder.committed import committed, still_open
from autograder.course import homework_names, load_homework
from autograder.feedback import headline, page, text
from autograder.feedback.words import guessed
from autograder.gradebook import row_of, status_of
from autograder.grading import fault_report, grade
from autograder.homework import Guess
from autograder.kit.guesses import choice_of, number_of
from autograder.ledger import Mark, Participant
from autograder.ledger.rows import JudgedFile
from autograder.penalty import with_lateness
from autograder.release.source import read_source
from autograder.report import (
    CommittedGuesses,
    ExerciseReport,
    HandedIn,
    from_json,
    is_written,
    made_up,
    to_json,
    total,
)
from autograder.sandbox.host import Sandbox
from autograder.solution import code
from autograder.standing import standing
from autograder.submission import Submission, read
from autograder.submission.lateness import late_rule

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


# -- what a student has of it


def handed_in(*cells: str, **more) -> Submission:
    return Submission("Ada", cells, "derivatives.ipynb", notebook=True, **more)


def guesses_in(*cells: str, **more) -> CommittedGuesses:
    found = committed(DERIVATIVES, handed_in(*cells, **more))
    assert found
    return found


ALL = [
    f'checks.guess("{guess.name}", {3.5 if guess.number else repr(guess.choices[0])})'
    for guess in DERIVATIVES.guesses
]
RIGHT = tuple(cell for cell in code(read_source(DERIVATIVES, ROOT)) if "checks.guess(" not in cell)
# One exercise, of 4 points, is wrong.
WRONG = (*RIGHT, "def sigmoid_derivative(z):\n    return z")


def test_all_some_and_no_guesses_have_their_share():
    names = [guess.name for guess in DERIVATIVES.guesses]
    full, half, none = guesses_in(*ALL), guesses_in(*ALL[:2]), guesses_in("x = 1")
    assert full == CommittedGuesses(2.0, 4, 4)
    assert half == CommittedGuesses(1.0, 2, 4, f"Still open: {', '.join(names[2:])}.")
    assert none == CommittedGuesses(0.0, 0, 4, f"Still open: {', '.join(names)}.")


def test_right_and_wrong_guesses_earn_the_same():
    right = [f'checks.guess("{guess.name}", {guess.right!r})' for guess in DERIVATIVES.guesses]
    assert right != ALL
    assert guesses_in(*right) == guesses_in(*ALL)


def test_guesses_in_a_file_beside_the_work_count():
    beside = (("derivatives.ipynb", "".join(f"# %%\n{cell}\n" for cell in ALL)),)
    found = committed(DERIVATIVES, Submission("Ada", ("x = 1",), "derivatives.py", modules=beside))
    assert found == CommittedGuesses(2.0, 4, 4)
    alone = committed(DERIVATIVES, Submission("Ada", ("x = 1",), "derivatives.py"))
    assert alone
    assert alone.earned == 0
    assert alone.text.endswith("if your functions are in a module, hand in both.")


# -- the rule


def scored(*points: tuple[float, float]) -> list[ExerciseReport]:
    return [
        ExerciseReport(f"f{k}", score, most, "passed" if score == most else "partial", [])
        for k, (score, most) in enumerate(points)
    ]


@pytest.mark.parametrize(
    ("points", "earned", "expected"),
    [
        ([(5, 5), (3, 3)], 0, 8),  # right, without guesses
        ([(5, 5), (3, 3)], 2, 8),  # right, with guesses
        ([(5, 5), (2, 3)], 2, 7.5),  # one point lost: half of it comes back
        ([(4, 5), (0.5, 3)], 2, 6.25),
        ([(4, 5), (0.5, 3)], 1.75, 6.25),
        ([(4, 5), (0.5, 3)], 0.5, 5),  # more lost than twice what is earned: all that is earned comes back
        ([(4, 5), (0.5, 3)], 0, 4.5),
        ([(0, 5), (0, 3)], 2, 2),  # nothing but guesses
    ],
)
def test_guesses_make_up_for_half_of_the_lost_points_and_no_more(points, earned, expected):
    exercises = scored(*points)
    guesses = CommittedGuesses(earned, 1, 2)
    assert total(exercises, guesses) == expected
    assert made_up(exercises, guesses) == expected - sum(score for score, _ in points)
    assert total(exercises) == sum(score for score, _ in points) <= total(exercises, guesses)


def test_points_that_are_not_known_yet_are_not_lost():
    exercises = [*scored((5, 5)), ExerciseReport("why", 0, 3, "written", [])]
    assert total(exercises, CommittedGuesses(2.0, 2, 2)) == 5
    exercises = [*scored((4, 5)), ExerciseReport("f", 0, 3, "grader_fault", [])]
    assert total(exercises, CommittedGuesses(2.0, 2, 2)) == 4.5


def test_noise_of_floating_point_never_goes_beyond_all_points():
    exercises = scored((0.1, 0.1), (0.2, 0.2), (0.3, 0.7))
    assert total(exercises, CommittedGuesses(2.0, 1, 1)) <= sum(each.max_score for each in exercises)


# -- a submission as a whole


@pytest.mark.parametrize("name", homework_names(ROOT))
def test_a_solution_has_all_points_without_a_guess_and_with_all(name, sandbox):
    homework = load_homework(name, ROOT)
    cells = code(read_source(homework, ROOT))
    guesses = [
        f'checks.guess("{guess.name}", {3.5 if guess.number else repr(guess.choices[0])})'
        for guess in homework.guesses
    ]
    for submission, count in (
        (Submission("the solution", cells, f"{name}.py"), 0),
        (Submission("the solution", (*cells, *guesses), f"{name}.ipynb", notebook=True), len(guesses)),
    ):
        report = grade(homework, submission, sandbox, b"for tests only")
        written = sum(each.max_score for each in report.exercises if is_written(each))
        assert report.max_score == homework.max_score
        # who answers nothing in words loses those points, and guesses give some back
        back = min(written / 2, homework.guess_points) if count else 0
        assert report.score == report.max_score - written + back
        assert report.guesses
        assert (report.guesses.committed, report.guesses.count) == (count, len(guesses))
        assert [each.name for each in report.exercises] == [each for each, _ in homework.parts]


def test_a_kit_as_it_is_handed_out_has_no_points(sandbox):
    for file in ("derivatives.ipynb", "derivatives.py"):
        data = (ROOT / "assignments" / "derivatives" / file).read_bytes()
        report = grade(DERIVATIVES, read(data, file, "Ada"), sandbox, b"for tests only")
        assert report.score == 0
        assert guessed(report).startswith(
            "Guesses: 0 of 4 committed; whoever commits to some gets lost points"
        )


def test_lost_points_come_back_and_the_page_says_how_many(sandbox):
    made = grade(DERIVATIVES, handed_in(*WRONG, *ALL[:3]), sandbox, b"for tests only")
    without = grade(DERIVATIVES, handed_in(*WRONG), sandbox, b"for tests only")
    assert without.score == sum(each.score for each in without.exercises) < without.max_score - 2
    assert made.score == without.score + 1.5
    said = "Guesses: 3 of 4 committed; 1.5 lost points come back. Still open: length_of_w."
    assert guessed(made) == said
    assert said in " ".join(text(made).split())
    assert said in page(made)
    assert headline(made) == headline(without)
    assert row_of(made).guesses == "1.5"
    assert row_of(without).guesses == "0"


def test_who_is_right_reads_that_nothing_was_lost(sandbox):
    made = grade(DERIVATIVES, handed_in(*RIGHT, *ALL[:3]), sandbox, b"for tests only")
    assert made.score == made.max_score
    assert headline(made) == "Everything is right. Well done!"
    assert guessed(made) == (
        "Guesses: 3 of 4 committed; you lost no points that they could give back. Still open: length_of_w."
    )


def test_one_lost_point_reads_as_one():
    report = grade_of(scored((3, 5)), CommittedGuesses(2.0, 3, 3))
    assert guessed(report) == "Guesses: 3 of 3 committed; 1 lost point comes back."


def grade_of(exercises, guesses):
    """A report of these exercises."""
    fault = fault_report(DERIVATIVES, handed_in(), "none")
    return msgspec.structs.replace(
        fault, exercises=exercises, guesses=guesses, score=total(exercises, guesses), max_score=5.0
    )


def test_guesses_alone_are_no_functions_and_have_their_points(sandbox):
    made = grade(DERIVATIVES, handed_in(*ALL), sandbox, b"for tests only")
    assert made.score == 2
    assert status_of(made) == "no functions"


def test_what_cannot_be_read_has_no_guesses_and_what_cannot_be_judged_lost_nothing(sandbox):
    unread = Submission("Ada", (), "derivatives.ipynb", problem="The file is empty")
    made = grade(DERIVATIVES, unread, sandbox, b"for tests only")
    assert (made.score, made.max_score, status_of(made)) == (0, DERIVATIVES.max_score, "unreadable")
    fault = fault_report(DERIVATIVES, handed_in(*ALL), "landlock")
    assert (fault.score, fault.guesses) == (0, CommittedGuesses(2.0, 4, 4))


def test_without_points_a_report_says_nothing_of_guesses(sandbox):
    plain = replace(DERIVATIVES, guess_points=0.0)
    assert not committed(plain, handed_in(*ALL))
    made = grade(plain, handed_in(*ALL), sandbox, b"for tests only")
    assert made.score == 0
    assert guessed(made) == ""
    assert b'"guesses"' not in to_json(made)
    assert from_json(to_json(made)) == made
    assert plain.with_only(plain.exercises[0]).guess_points == 0
    assert DERIVATIVES.with_only(plain.exercises[0]).guess_points == 0


def test_a_report_keeps_its_guesses_as_json(sandbox):
    made = grade(DERIVATIVES, handed_in(*ALL[:1]), sandbox, b"for tests only")
    assert from_json(to_json(made)) == made
    assert b'"guesses": {' in to_json(made)
    assert DERIVATIVES.max_score == sum(points for _, points in DERIVATIVES.parts)


# -- counted anew


def test_points_by_hand_change_what_comes_back(sandbox):
    made = grade(DERIVATIVES, handed_in(*WRONG, *ALL), sandbox, b"for tests only")
    lost = made.max_score - sum(each.score for each in made.exercises)
    most = next(each.max_score for each in made.exercises if each.name == "sigmoid_derivative")
    assert lost >= most > 2

    def given(points: float) -> float:
        mark = Mark((), "Ada", "sigmoid_derivative", points, "Seen")
        counts = standing(Participant("Ada", "ada"), [(JudgedFile("key"), made)], {mark.exercise: mark}, None)
        assert counts.score == total(counts.exercises, counts.guesses)
        assert counts.guesses == made.guesses
        return counts.score

    lost -= most  # without that exercise
    everything = made.max_score - lost
    assert given(most) == everything + min(2, lost / 2)
    assert given(most - 0.5) == everything - 0.5 + min(2, (lost + 0.5) / 2)
    assert given(0) == everything - most + min(2, (lost + most) / 2)


def test_lateness_takes_its_part_of_the_total():
    exercises, guesses = scored((8, 10)), CommittedGuesses(1.0, 1, 2)
    report = grade_of(exercises, guesses)
    rule = late_rule("10% a day")
    late = with_lateness(report, HandedIn(late=True, late_seconds=3600.0), rule)
    assert late.handed_in
    assert late.handed_in.raw_score == 9
    assert late.score == 9 - late.handed_in.penalty < 9
    assert made_up(late.exercises, late.guesses) == 1
