"""What is read of a student's cells on the trusted side is bounded, whatever they hold."""

from pathlib import Path

import pytest
from nbformat import v4

from autograder.course import load_homework
from autograder.handouts import functions
from autograder.nbgrader import notebook, pages
from autograder.nbgrader.notebook import rebuilt
from autograder.nbgrader.pages import FeedbackExporter
from autograder.release.notebook import check_id
from autograder.submission import Submission

ROOT = Path(__file__).parents[2]
HOMEWORK = load_homework("derivatives", ROOT)
RIGHT = "def predict(X, w, b):\n    return X @ w + b\n"
# Without a bound each of these takes minutes or gigabytes.
CELLS = {
    "an f-string of many expressions": ["predict = f'" + "{a}" * 200_000 + "'"],
    "many f-strings": ["predict = f'" + "{a}" * 6_000 + "'"] * 100,
    "many statements": ["predict\n" + "a;" * 1_000_000],
    "many cells of many statements": ["predict\n" + "a;" * 9_000] * 110,
    "brackets": ["predict = " + "[" * 100_000],
    "brackets that are closed": ["predict = " + "(" * 60 + ")" * 60] * 500,
    "brackets of all kinds": ["predict = " + "a[{(" * 30] * 500,
    "minus signs": ["predict = " + "-" * 1_000_000 + "1"],
    "lambdas": ["predict = " + "lambda: " * 200_000 + "1"],
    "comparisons": ["predict = " + "a < " * 400_000 + "a"],
    "else": ["predict = " + "a if a else " * 100_000 + "a"],
    "a check cell with blanks": ["checks.check(predict)" + " " * 1_900_000 + "x"],
    "a check cell with comments": ["# \n" * 500_000 + "checks.check(predict"],
    "a check cell of blank lines": ["checks.check(predict)" + "\n" * 1_900_000 + "x"],
    "definitions in a row": ["def predict(\n" * 140_000],
    "one line of names": ["predict " * 200_000],
    "blanks before a name": [" " * 1_900_000 + "predict"],
}


@pytest.mark.parametrize("name", CELLS)
def test_a_notebook_is_rebuilt_in_bounded_time_and_memory(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []
    bound = notebook._bound
    monkeypatch.setattr(notebook, "_bound", lambda text: (parsed.append(text), bound(text))[1])
    submission = Submission("s", (RIGHT, *CELLS[name]), "derivatives.ipynb", notebook=True)
    made = rebuilt(HOMEWORK, submission)
    assert max(map(len, parsed)) <= 8_000
    assert sum(map(len, parsed)) <= 100_000
    ids = [cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in made["cells"]]
    assert {check_id(exercise.function) for exercise in HOMEWORK.exercises} <= set(ids)


@pytest.mark.parametrize(
    ("cell", "binds"),
    [
        ("def predict(X):\n    return X", True),
        ("async def predict(X):\n    return X", True),
        ("if True:\n    predict = abs", True),
        ("from own import predict", True),
        ("(predict, other) = abs, abs", True),
        ("print(predict(1))", False),
        ("text = '''\ndef predict(X): pass\n'''", False),
        ("x = " + "(" * 20 + "1" + ")" * 20 + "\ndef predict(X): pass", True),
        ("x = 1\n" * 900 + "predict = abs", True),
    ],
)
def test_an_ordinary_cell_is_still_understood(cell: str, binds: bool) -> None:
    assert ("predict" in notebook._homes((cell,), ["predict"])) == binds


MANY = {
    "that begin": "def f(\n" * 280_000,
    "of many lines": "def f(x):\n" + "    x\n" * 300_000,
    "of a long line": "def f(" + "x" * 10**6,
}


@pytest.mark.parametrize("name", MANY)
def test_of_many_functions_each_line_is_looked_at_once(name: str) -> None:
    found = list(functions(MANY[name]))
    assert len(found) == MANY[name].count("def f(")
    assert sum(len(lines) for _, lines in found) <= MANY[name].count("\n") + 1


# Markdown cells; without a bound the first alone takes minutes.
PROSE = {
    "the beginnings of environments": ["\\begin{a}" * 100_000],
    "many beginnings": ["\\begin{a}" * 1_000] * 60,
    "formulas without end": ["$a$ " * 200_000],
    "many cells of formulas": ["$a_1$ " * 1_500] * 40,
    "a formula without end": ["$" + "a" * 500_000 + "$"],
    "nested braces": ["$$" + "{" * 50_000 + "}" * 50_000 + "$$"],
    "nested fractions": ["$" + "\\frac{1}{" * 90 + "1" + "}" * 90 + "$"] * 100,
    "no formula at all": ["$\\nothing_{$ " * 700] * 30,
}


def page_of(cells: list[str]) -> str:
    made = v4.new_notebook(cells=[v4.new_markdown_cell(text) for text in cells])
    return FeedbackExporter().from_notebook_node(made)[0].partition("</head>")[2]


@pytest.mark.parametrize("name", PROSE)
def test_a_page_is_made_of_markdown_with_bounded_work(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    converted: list[str] = []
    real = pages.mathml
    monkeypatch.setattr(
        pages, "mathml", lambda latex, inline: (converted.append(latex), real(latex, inline=inline))[1]
    )
    assert len(page_of(PROSE[name])) < 3_000_000
    assert max(map(len, converted), default=0) <= 1_000
    assert sum(map(len, converted)) <= 30_000


def test_an_ordinary_text_is_read_and_a_long_one_stands_as_it_is() -> None:
    page = page_of(["so $a_1$ is **bold**\n\n$$b$$", "**no**\n\n</pre><script>x</script>\n" + "x" * 10_000])
    assert page.count("<math") == 2
    assert "<strong>bold</strong>" in page
    assert "**no**" in page
    assert "<script" not in page
