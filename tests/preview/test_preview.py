"""The preview shows what students read, and finds what is to be mended."""

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from rich.console import Console

from autograder import Misconception, gradient, lecture, probes, rules
from autograder.cli import main
from autograder.course import homework_names, load_homework
from autograder.homework import Exercise
from autograder.judging.comparison import describe
from autograder.judging.wrong_orders import OwnGenerator
from autograder.preview import show
from autograder.preview.in_process import InProcess
from autograder.preview.trying import preview
from autograder.sandbox.host import Raised, Returned, Unsendable
from autograder.scaffold import new_course

ROOT = Path(__file__).parents[2]


@pytest.fixture
def course(tmp_path):
    """A course with one homework, `lines`."""
    return new_course(tmp_path / "course", "lines")


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def previewed(course, **options):
    (made,) = preview(load_homework("lines", course), course, **options)
    return made


def printed(made, width):
    console = Console(width=width, file=io.StringIO(), highlight=False)
    show(made, console)
    return console.file.getvalue()


def test_what_works_has_nothing_to_mend(course):
    made = previewed(course)
    assert made.problems == []
    assert made.solution.score == made.exercise.max_score
    assert made.stub.feedback == "Not written yet: it still raises NotImplementedError."
    assert made.stub.kit.startswith("not written yet")
    assert len(made.misconceptions) == 12 < made.known
    own = made.misconceptions[0]
    assert own.name == "only_the_sign"
    assert own.feedback.endswith("Only the sign of each error counts here: how large is the error?")
    assert own.kit.endswith("Only the sign of each error counts here: how large is the error?")


@pytest.mark.parametrize("width", [60, 100, 160])
def test_the_table_is_as_wide_as_the_terminal(course, width):
    text = printed(previewed(course), width)
    assert max(map(len, text.splitlines())) <= width
    assert "more mistakes are known: --all tries them." in " ".join(text.split())


def test_an_example_that_does_not_hold_is_shown_with_both_results(course):
    edit(course / "solutions" / "lines" / "lines.py", "-0.6667)", "-0.5)")
    (problem,) = previewed(course).problems
    assert problem.startswith("docstring: dw.round(4), round(float(db), 4) gives (array(")
    assert "-0.6667" in problem.partition("the docstring says")[0]
    assert "-0.5" in problem.partition("the docstring says")[2]


def test_a_solution_that_is_wrong_is_to_be_mended(course):
    edit(course / "solutions" / "lines" / "lines.py", "error = X @ w + b - y", "error = y - X @ w - b")
    problems = previewed(course).problems
    assert any(problem.startswith("the solution: loses dw") for problem in problems)
    assert any(problem.startswith("the solution: the kit's check says") for problem in problems)


def test_a_mistake_that_the_inputs_do_not_show_is_to_be_mended(course):
    homework = load_homework("lines", course)
    (exercise,) = homework.exercises
    hidden = Misconception("hidden", "Never told.", gradient(lecture.MSE, "w", "b"))
    rule = _Offers(exercise.rule, hidden)
    (made,) = preview(homework.with_only(replace(exercise, rule=rule)), course)
    assert made.problems == ["hidden: it keeps all points: the inputs do not show it"]


def test_a_mistake_that_feedback_takes_for_another_is_to_be_mended(course):
    homework = load_homework("lines", course)
    (exercise,) = homework.exercises

    def doubled(*arguments):
        return tuple(2 * part for part in gradient(lecture.MSE, "w", "b")(*arguments))

    rule = _Offers(exercise.rule, Misconception("tripled", "Three times.", doubled))
    (made,) = preview(homework.with_only(replace(exercise, rule=rule)), course)
    assert made.problems == ["tripled: feedback takes it for factor_2"]


def _Offers(rule, mistake):  # noqa: N802
    """The rule, but that it offers one wrong function alone."""

    class Values(rules.Values):
        def wrong_functions(self):
            yield mistake.name, mistake.function

    fields = {name: getattr(rule, name) for name in rule.__dataclass_fields__}
    Values.__module__ = rules.Values.__module__
    return Values(**fields)


def test_the_command_ends_with_1_where_something_is_to_be_mended(course):
    arguments = ["--course", str(course), "preview"]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    edit(course / "solutions" / "lines" / "lines.py", "-0.6667)", "-0.5)")
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 1
    assert done.output.endswith("1 to fix.\n")


def test_an_unknown_exercise_is_told_with_those_that_there_are(course):
    done = CliRunner().invoke(main, ["--course", str(course), "preview", "--exercise", "nothing"])
    assert done.exit_code == 1
    assert done.output == "Error: There is no exercise nothing: choose from lines_gradient.\n"


class _Silent(rules.Minibatches):
    """A rule whose misconceptions nobody can try."""

    __module__ = rules.Minibatches.__module__

    def known_misconceptions(self):
        return [Misconception("seldom", "It is wrong on Sundays.")]


class _Nameless(_Silent):
    __module__ = rules.Minibatches.__module__

    def known_misconceptions(self):
        return []


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (_Silent(), "Not tried: seldom: no function is known that has it."),
        (_Nameless(), "This rule names no mistakes."),
    ],
)
def test_a_rule_without_wrong_functions_shows_solution_and_stub(rule, told):
    homework = load_homework("sgd", ROOT)
    others = [
        replace(each, rule=rule) if each.function == "minibatches" else each for each in homework.exercises
    ]
    (made,) = preview(replace(homework, exercises=tuple(others)), ROOT, only=["minibatches"])
    assert made.problems == []
    assert made.misconceptions == ()
    assert told in printed(made, 100)


@pytest.mark.slow
@pytest.mark.parametrize("everything", [False, pytest.param(True, marks=pytest.mark.thorough)])
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.thorough] * (name not in ("gradient_descent", "sgd")))
        for name in homework_names(ROOT)
    ],
)
def test_no_mistake_of_this_course_keeps_all_points_or_is_taken_for_another(name, everything):
    for made in preview(load_homework(name, ROOT), ROOT, everything=everything):
        assert made.problems == [], made.exercise.function


# ------------------------------------------------------------------------------ functions of our own


def outcome(function, *arguments):
    (found,) = InProcess("f", function).call("f", [arguments])
    return found


def test_a_function_of_our_own_gets_copies_and_gives_plain_values():
    given = np.ones(3)

    def change(x):
        x[0] = 5.0
        return np.float64(2.0), x

    found = outcome(change, given)
    assert isinstance(found, Returned)
    assert given[0] == 1.0
    assert found.changed == (0,)
    assert found.shares == "argument"
    assert type(found.value[0]) is float
    assert describe(found.value) == "a tuple of 2"


def test_what_it_raises_and_what_cannot_be_sent_are_outcomes_too():
    def refuse(x):
        raise ValueError("no")

    assert isinstance(outcome(refuse, 1.0), Raised)
    assert "ValueError" in outcome(refuse, 1.0).kinds
    assert isinstance(outcome(lambda x: iter([x]), 1.0), Unsendable)


def test_a_new_process_has_the_function_as_it_was_at_first():
    own = InProcess("f", OwnGenerator(lambda x, rng: x + rng.random(), place=1))
    first, second = own.call("f", [(1.0, None), (1.0, None)])
    assert first.value != second.value
    own.restart()
    assert own.call("f", [(1.0, None)])[0].value == first.value


def test_callables_are_called_here():
    assert outcome(lambda f, x: f(x), lambda x: x + 1, 2.0).value == 3.0


def test_every_wrong_function_of_a_rule_is_another_function():
    rule = rules.Values(gradient(lecture.MSE, "w", "b"), probes.regression())
    exercise = Exercise("f", "slide", {"dw": 1}, rule)
    arguments = rule.probes[0].draw(np.random.default_rng(3))
    right = rule.reference(*arguments)
    names = [name for name, _ in exercise.rule.wrong_functions()]
    assert len(names) == len(set(names)) > 20
    for name, function in rule.wrong_functions():
        wrong = function(*arguments)
        assert [np.shape(part) for part in wrong] == [(3,), ()], name
        assert not all(np.allclose(a, b) for a, b in zip(wrong, right, strict=True)), name
