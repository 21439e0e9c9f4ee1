"""What a course hands out earns nothing where it is an exercise; a student's own work keeps its points."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from autograder.course import homework_names, load_homework
from autograder.grading import grade
from autograder.handouts import Handout, functions, handouts
from autograder.homework import Homework
from autograder.report import Report
from autograder.sandbox.host import Sandbox
from autograder.submission import Submission, read

COURSE = Path(__file__).parents[2]
NAMES = homework_names(COURSE)
GIVEN_SIGMOID = "def sigmoid(z):\n    return 0.5 * (1 + np.tanh(np.asarray(z) / 2))\n"

homework = cache(lambda name: load_homework(name, COURSE))


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox("auto") as made:
        yield made


def kit(name: str, suffix: str) -> Submission:
    path = COURSE / "assignments" / name / f"{name}{suffix}"
    return read(path.read_bytes(), path.name, "ada")


def graded(name: str, cells: tuple[str, ...], sandbox: Sandbox) -> tuple[Report, dict[str, float], str]:
    report = grade(homework(name), Submission("ada", cells, f"{name}.py"), sandbox, b"for tests")
    said = "\n".join(verdict.message for each in report.exercises for verdict in each.verdicts)
    return report, {each.name: each.score for each in report.exercises}, said


@pytest.mark.parametrize("suffix", [".py", ".ipynb"])
@pytest.mark.parametrize("wanted", NAMES)
def test_an_untouched_kit_earns_nothing_in_any_homework(wanted: str, suffix: str, sandbox: Sandbox) -> None:
    for name in NAMES:
        report, scores, _ = graded(wanted, kit(name, suffix).cells, sandbox)
        assert report.score == 0, (name, scores)


def test_of_another_homeworks_file_what_it_gives_is_told(sandbox: Sandbox) -> None:
    solved = (COURSE / "docs/demo/derivatives/ada.py").read_text()
    text = "\n".join(kit("neural_network", ".py").cells)
    _, scores, said = graded(
        "derivatives", (text.replace("raise NotImplementedError", "return 0.0"),), sandbox
    )
    assert scores["sigmoid"] == 0  # however much of that homework is done
    assert "This is the file of neural_network, which gives `sigmoid` to everybody" in said
    assert "hand in your own derivatives" in said
    assert "def sigmoid" in solved


@pytest.mark.parametrize(
    "more",
    [
        "",
        "def predict(X, w, b):\n    return X @ w + b\n",
        "def predict(X, w, b):\n    raise NotImplementedError\n",
        "def mlp_forward(X, W1, b1, w2, b2):\n    return sigmoid(X @ W1 + b1) @ w2 + b2\n",
    ],
    ids=["alone", "with another exercise", "with a stub", "with one function of the other homework"],
)
def test_a_function_that_is_equal_to_one_that_is_given_elsewhere_keeps_its_points(
    more: str, sandbox: Sandbox
) -> None:
    _, scores, said = graded("derivatives", (f"import numpy as np\n\n\n{GIVEN_SIGMOID}\n\n{more}",), sandbox)
    assert scores["sigmoid"] == 4, said


def test_both_homeworks_in_one_file_keep_their_points(sandbox: Sandbox) -> None:
    own = kit("derivatives", ".ipynb").cells
    _, scores, said = graded("derivatives", (*own, *kit("neural_network", ".ipynb").cells), sandbox)
    assert scores["sigmoid"] == 4, said


def test_a_changed_function_in_another_homeworks_file_is_judged(sandbox: Sandbox) -> None:
    text = "\n".join(kit("neural_network", ".py").cells).replace("np.asarray(z) / 2", "np.asarray(z) * 0.5")
    _, scores, said = graded("derivatives", (text,), sandbox)
    assert scores["sigmoid"] == 4, said


def test_only_what_is_an_exercise_here_is_a_handout() -> None:
    found = {name: [each.homework for each in homework(name).handouts] for name in NAMES}
    assert found["derivatives"] == ["neural_network"]
    assert [name for name in NAMES if found[name]] == ["derivatives"]
    (handout,) = homework("derivatives").handouts
    assert handout.given == {"sigmoid": tuple(GIVEN_SIGMOID.rstrip().split("\n"))}
    assert "mlp_gradient" in handout.exercises
    assert "sigmoid" not in handout.exercises


def test_a_course_without_sources_has_no_handouts(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    assert handouts(tmp_path, ["a", "b"], "a", ["f"]) == []
    (tmp_path / "b" / "b.py").write_bytes(b"# %%\ndef f(x):\n    return x\n# \xff\n")
    assert handouts(tmp_path, ["a", "b"], "a", ["f"]) == []  # nothing is written there


def test_lines_are_compared_and_nothing_else() -> None:
    handout = Handout("b", frozenset({"g", "h"}), {"f": ("def f(x):", "    return x")})
    mine = "def g():\n    pass\ndef f(x):  \n\n    # mine\n    return x\n"
    assert handout.is_all_of(mine, {"f"})
    assert not handout.is_all_of(mine, set())
    assert not handout.is_all_of(mine, {"f", "other"})
    assert not handout.is_all_of(mine.replace("return x", "return 1 * x"), {"f"})
    assert not handout.is_all_of(mine + "def f(x):\n    return 2\n", {"f"})  # the last one counts
    assert not handout.is_all_of("def f(x):\n    return x\n", {"f"})  # nothing of that homework's is here
    assert dict(functions("def f(\n    x,\n):\n    return x\nf(1)\n")) == {
        "f": ("def f(", "    x,", "):", "    return x")
    }
    assert len(dict(functions("def f(x):\n" + "    x = 1\n" * 100_000))["f"]) <= 402


def test_a_homework_says_nothing_of_others_where_none_are_asked() -> None:
    assert Homework("a", "A", ()).handouts == ()
