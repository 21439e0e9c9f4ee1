"""An entry is put into any rubric that is written as rubrics are; nothing else of it changes."""

import ast
from pathlib import Path

import pytest

from autograder.scaffold.insertion import with_entry
from autograder.scaffold.names import ScaffoldError

PATH = Path("rubric.py")
ENTRY = '        Exercise(\n            function="new",\n        ),\n'
NEEDED = {"np": "", "Exercise": "autograder", "gradient": "autograder"}
IMPORTS = "import numpy as np\nfrom autograder import Exercise, Homework, gradient\n\n"


def functions(text):
    (call,) = [node.value for node in ast.parse(text).body if isinstance(node, ast.Assign)]
    (exercises,) = [keyword.value for keyword in call.keywords if keyword.arg == "exercises"]
    return [ast.literal_eval(each.keywords[0].value) for each in exercises.elts]


@pytest.mark.parametrize(
    "exercises",
    [
        '(Exercise(function="one"),)',
        '(\n        Exercise(function="one"),\n    )',
        '(\n        Exercise(function="one"),  # the last, so far\n    )',
        '[Exercise(function="one")]',
        '[\n        Exercise(function="one")  # no comma, here\n    ]',
        '(Exercise(function="one"), )',
        '[Exercise(function="one") ] ',
    ],
)
@pytest.mark.parametrize("title", ["plain", "of ∂L/∂w₁"])
def test_the_entry_is_the_last_one_and_all_else_stays(exercises, title):
    text = f'{IMPORTS}HOMEWORK = Homework(title="{title}", exercises={exercises}, data=("a",))\n'
    made = with_entry(text, ENTRY, "", NEEDED, PATH)
    assert functions(made) == ["one", "new"]
    assert made.startswith(text[: text.index("Exercise(function")])
    assert made.endswith(', data=("a",))\n')


def test_what_is_not_imported_yet_is():
    text = '"""A rubric."""\nfrom autograder import Homework\nHOMEWORK = Homework(exercises=())\n'
    made = with_entry(text, ENTRY, "above = 1\n", NEEDED, PATH)
    assert made.splitlines()[:6] == [
        '"""A rubric."""',
        "from autograder import Homework",
        "import numpy as np",
        "",
        "from autograder import Exercise, gradient",
        "above = 1",
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("HOMEWORK = Homework(exercises=EXERCISES)\n", "no place for an exercise"),
        ("HOMEWORK = make()\n", "no place for an exercise"),
        ("HOMEWORK = (\n", "line 1, is not valid Python"),
        ("gradient = 3\nHOMEWORK = Homework(exercises=())\n", "has a gradient of its own"),
        ("from numpy import gradient\nHOMEWORK = Homework(exercises=())\n", "has a gradient of its own"),
    ],
)
def test_where_it_cannot_be_put_the_reason_is_said(text, reason):
    with pytest.raises(ScaffoldError, match=reason):
        with_entry(text, ENTRY, "", NEEDED, PATH)
