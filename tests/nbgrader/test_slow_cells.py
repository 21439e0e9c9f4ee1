"""A right notebook with cells that never end keeps its points, and each error stands below its cell."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from nbformat import v4

from autograder.course import load_homework
from autograder.grading import grade
from autograder.nbgrader.outputs import show
from autograder.sandbox.host import Limits, Sandbox
from autograder.submission import Submission

ROOT = Path(__file__).parents[2]
RIGHT = (ROOT / "docs" / "demo" / "derivatives" / "ada.py").read_text(encoding="utf-8")
LOOP = "while True:\n    pass"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """One in which a loop is stopped soon; a machine that is busy may take its time."""
    with Sandbox("auto", Limits(call_seconds=0.3, patience=30.0)) as made:
        yield made


def test_errors_stand_below_their_cells_and_cost_nothing(sandbox: Sandbox) -> None:
    homework = load_homework("derivatives", ROOT)
    cells = ["1 / 0", LOOP, RIGHT, LOOP, "print('fine')", "undefined", LOOP]
    report = grade(
        homework, Submission("s", tuple(cells), "derivatives.ipynb", notebook=True), sandbox, b"a secret" * 4
    )
    assert report.score == homework.max_score
    notebook = v4.new_notebook(cells=[v4.new_code_cell(cell) for cell in cells])
    show(notebook, report)
    below = [[output.ename.split()[0] for output in cell.outputs] for cell in notebook.cells]
    assert below == [["ZeroDivisionError"], ["it"], [], ["it"], [], ["NameError"], ["it"]]
