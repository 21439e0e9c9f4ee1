"""Cells as students leave them: magics, unfinished functions, given regions."""

import ast
import time

import pytest

from autograder.sandbox.inside.magics import translated
from autograder.sandbox.inside.statements import Statement, statements


def found(text: str) -> list[Statement]:
    return statements(text, "# Given")


def kept(text: str) -> list[str]:
    """The sound statements as normalised code."""
    return [ast.unparse(s.node) for s in found(text) if s.node is not None]


def problems(text: str) -> list[Statement]:
    return [s for s in found(text) if s.node is None]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("%matplotlib inline\nx = 1", ["pass", "x = 1"]),
        ("!ls -l *.csv\nx = 1", ["pass", "x = 1"]),
        ("files = !ls\nx = 1", ["files = []", "x = 1"]),
        ("a = %timeit -o f()\nx = 1", ["a = get_ipython().run_line_magic('timeit', '-o f()')", "x = 1"]),
        ("%time f()", ["f()"]),
        ("%time y = f(2)", ["y = f(2)"]),
        ("%timeit -n 10 -r 3 f()", ["f()"]),
        ("%time", ["pass"]),
        ("%%time\nx = 1\nfor i in x:\n    f(i)", ["pass", "x = 1", "for i in x:\n    f(i)"]),
        ("%%capture out\nx = 1", ["out = get_ipython()", "x = 1"]),
        ("\n\n%%time\nx = 1", ["pass", "x = 1"]),
        ("%%bash\nrm -rf /\nx = 1", []),
        ("%%writefile a.py\nx = 1", ["get_ipython().run_cell_magic('writefile', 'a.py', 'x = 1')"]),
        ("%%html\n<b>x = 1</b>", []),
        ("np.mean?\nx = 1", ["pass", "x = 1"]),
        ("?np.mean\nx = 1", ["pass", "x = 1"]),
        ("if True:\n    !ls\n    x = 1", ["if True:\n    pass\n    x = 1"]),
        ("def f():\n    %timeit g()\n    return 1", ["def f():\n    g()\n    return 1"]),
    ],
)
def test_magics_and_shell_lines_do_no_harm_and_cost_nothing_else(text: str, left: list[str]) -> None:
    assert kept(text) == left
    assert problems(text) == []


@pytest.mark.parametrize(
    "text", ["x = 7 \\\n  % 4", "x = (7\n% 4)", "s = '''\n%matplotlib\n!ls\n'''", "x = '!ls'", "# %time f()"]
)
def test_a_cell_that_is_python_is_left_as_it_is(text: str) -> None:
    assert kept(text) == [ast.unparse(node) for node in ast.parse(text).body]


def test_line_numbers_are_those_of_the_cell() -> None:
    text = "%matplotlib inline\n\nx = 1\ndef broken(:\n    pass\n\nimport y"
    assert [(s.line, s.node is None) for s in found(text)] == [(1, False), (3, False), (4, True), (7, False)]


@pytest.mark.parametrize(
    "broken",
    [
        "def wrong(x:\n    return x\n",
        "def wrong(x)\n    return x\n",
        "def wrong(x):\n    return (x\n",
        "def wrong(x):\n    return x)\n",
        "def wrong(x):\n",
        "def wrong(x):\nreturn x\n",
        "def wrong(x):\n    y = 'unfinished\n    return y\n",
        "def wrong(x):\n    if x:\n  return x\n",
        "def wrong(x):\n    x = = 1\n    for\n",
        "def wrong(x):\n\treturn x\n        return 2\n",
    ],
)
def test_a_syntax_error_costs_only_its_function(broken: str) -> None:
    text = f"def before():\n    return 1\n\n\n{broken}\n\ndef after():\n    return 2\n\n\nx = after()\n"
    names = [code.split("(")[0] for code in kept(text)]
    assert "def before" in names
    assert "def after" in names
    assert kept(text)[-1] == "x = after()"
    (problem, *_) = problems(text)
    assert problem.text.startswith("def wrong")
    assert problem.problem is not None
    assert problem.problem.startswith("line ")


def test_strings_and_brackets_over_many_lines_stay_whole_beside_an_error() -> None:
    text = (
        'doc = """\ndef not_code(:\nimport nothing\n"""\n'
        "table = [\n1,\n2,\n(3,\n4),\n]\n"
        "@decorate\ndef f():\n    return 1\n"
        "def broken(:\n"
        "import a\nif x:\n    y = 1\nelif z:\n    y = 2\nelse:\n    y = 3\n"
        "try:\n    y = 1\nexcept ValueError:\n    y = 2\nfinally:\n    y = 3\n"
    )
    codes = kept(text)
    assert codes[0] == ast.unparse(ast.parse('doc = """\ndef not_code(:\nimport nothing\n"""'))
    assert codes[1] == "table = [1, 2, (3, 4)]"
    assert codes[2] == "@decorate\ndef f():\n    return 1"
    assert codes[4].startswith("if x:")
    assert "else:" in codes[4]
    assert codes[5].startswith("try:")
    assert "finally:" in codes[5]
    assert [p.text.strip() for p in problems(text)] == ["def broken(:"]


def test_of_a_given_region_only_imports_and_definitions_are_kept() -> None:
    text = (
        "# Given: data\nimport numpy as np\nX = load()\ndef f():\n    return 1\nclass A:\n    pass\n"
        "for i in X:\n    print(i)\n# %% an own cell\ny = f()\n"
    )
    assert kept(text) == ["import numpy as np", "def f():\n    return 1", "class A:\n    pass", "y = f()"]


def test_a_given_cell_of_a_notebook_ends_with_the_cell() -> None:
    assert kept("# Given\nfrom x import y\nprint(y)") == ["from x import y"]
    assert kept("print(1)") == ["print(1)"]


def test_future_imports_are_statements_like_others() -> None:
    text = "from __future__ import annotations\nx: undefined = 1\ndef broken(:\n"
    assert kept(text) == ["from __future__ import annotations", "x: undefined = 1"]


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "    ", "\0", "x = \0", "(" * 5000, "-" * 100_000 + "1", "\\", "é", "\f", "%", "?", "%%"],
)
def test_no_text_makes_the_splitting_fail(text: str) -> None:
    found(text)
    translated(text)


@pytest.mark.slow
def test_a_long_module_with_an_error_is_split_well_within_a_call() -> None:
    functions = "".join(f"def f{k}(x):\n    y = x + {k}\n    return y\n\n\n" for k in range(1000))
    began = time.process_time()
    assert len(kept(f"{functions}def broken(:\n")) == 1000
    assert time.process_time() - began < 60  # far above what it takes; a quadratic blow-up takes longer
