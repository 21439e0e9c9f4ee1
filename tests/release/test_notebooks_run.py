"""The notebooks run from top to bottom in a real kernel, and nbgrader reads the right points from them."""

import shutil
from pathlib import Path

import jupytext
import nbformat
import pytest
from nbclient import NotebookClient
from nbgrader.utils import determine_grade

from autograder.course import homework_names, load_homework

pytestmark = pytest.mark.slow

COURSE = Path(__file__).parents[2]
NAMES = homework_names(COURSE)


@pytest.fixture(params=NAMES)
def name(request):
    return request.param


@pytest.fixture
def kit(name, tmp_path):
    ignore = shutil.ignore_patterns("__pycache__")
    return Path(shutil.copytree(COURSE / "assignments" / name, tmp_path / name, ignore=ignore))


def released(name):
    return nbformat.read(COURSE / "assignments" / name / f"{name}.ipynb", as_version=4)


def solved(name):
    return jupytext.read(COURSE / "solutions" / name / f"{name}.py", fmt="py:percent")


def executed(notebook, folder):
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources=resources).execute()
    return notebook


def outputs(notebook):
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


def grades(notebook):
    return [determine_grade(c) for c in notebook.cells if c.metadata.get("nbgrader", {}).get("locked")]


def printed(cell):
    return "".join(output.get("text", "") for output in cell.outputs)


def test_the_notebook_that_students_get_runs_without_an_error_and_earns_nothing(name, kit):
    notebook = executed(released(name), kit)
    assert not [output for output in outputs(notebook) if output.output_type == "error"]
    assert not [output for output in outputs(notebook) if output.get("name") == "stderr"]
    points = [exercise.max_score for exercise in load_homework(name, COURSE).exercises]
    assert grades(notebook) == [(0, most) for most in points]
    checks = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("locked")]
    assert all("not written yet" in printed(cell) for cell in checks)
    assert any("waits for" in printed(cell) for cell in notebook.cells if cell.cell_type == "code")


def assert_silent(notebook):
    """It runs without an error and a warning, and shows its figures."""
    found = outputs(notebook)
    assert not [output for output in found if output.output_type == "error"]
    assert [output.text for output in found if output.get("name") == "stderr"] == []
    assert [output for output in found if "image/png" in output.get("data", {})]
    assert not any("waits for" in printed(cell) for cell in notebook.cells if cell.cell_type == "code")


@pytest.mark.thorough
def test_the_solved_notebook_runs_in_silence_and_draws(name, kit):
    assert_silent(executed(solved(name), kit))


def test_the_notebook_filled_in_runs_in_silence_and_earns_all_points(name, kit):
    notebook = released(name)
    answers = iter([cell.source for cell in solved(name).cells if "### BEGIN SOLUTION" in cell.source])
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = next(answers)
    points = [exercise.max_score for exercise in load_homework(name, COURSE).exercises]
    assert_silent(executed(notebook, kit))
    assert grades(notebook) == [(most, most) for most in points]


@pytest.mark.parametrize(
    "name", ["gradient_descent", pytest.param("sgd", marks=pytest.mark.thorough)], indirect=True
)
@pytest.mark.parametrize("written", [True, pytest.param(False, marks=pytest.mark.thorough)])
def test_the_experiments_use_the_derivatives_of_the_first_homework_if_they_are_there(name, kit, written):
    notebook = solved("derivatives") if written else released("derivatives")
    script = "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    (kit / "derivatives.py").write_text(script, encoding="utf-8")
    found = outputs(executed(solved(name), kit))
    text = "".join(output.get("text", "") for output in found)
    assert ("your mse_gradient from derivatives.py" in text) == written
    assert ("central differences (NotImplementedError" in text) != written
    assert [output.text for output in found if output.get("name") == "stderr"] == []
    pictures = [output for output in found if "image/png" in output.get("data", {})]
    assert len(pictures) == {"gradient_descent": 6, "sgd": 3}[name]
