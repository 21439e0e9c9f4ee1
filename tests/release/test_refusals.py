"""What would slip out of a release, or stop it without a word of help, is refused or found."""

import json
import shutil

import pytest

from autograder import release
from autograder.course import load_homework
from autograder.errors import AutograderError

RUBRIC = """
import numpy as np
from autograder.rules.values import probes
from autograder.homework import Exercise, Homework
from autograder.rules.values import Values
from symbolic_checks import lecture
from symbolic_checks.reference import value

HOMEWORK = Homework(
    name="tiny",
    title="One function",
    exercises=(
        Exercise(
            function="squash",
            slide="Neurons",
            points={"value": 2},
            rule=Values(reference=value(lecture.SIGMOID), probes=probes.elementwise()),
            example=(np.array([-2.0, 0.5]),),
        ),
    ),
    data=("numbers.csv",),
)
"""

NOTEBOOK = '''\
# %%
# Given: what the notebook needs
import numpy as np

BOUND = 30


# %%
def squash(z):
    """One over one plus exp(-z)."""
    ### BEGIN SOLUTION
    bounded = np.clip(z, -700, 700)
    return 1 / (1 + np.exp(-bounded))
    ### END SOLUTION
'''
MARKED = NOTEBOOK.partition('exp(-z)."""\n')[2]


@pytest.fixture
def course(tmp_path):
    """A course with one small homework, which can be spoilt."""
    write(tmp_path)
    return tmp_path


def write(course, notebook=NOTEBOOK, rubric=RUBRIC):
    place = course / "solutions" / "tiny"
    place.mkdir(parents=True, exist_ok=True)
    (place / "tiny.py").write_text(notebook, encoding="utf-8")
    (place / "rubric.py").write_text(rubric, encoding="utf-8")
    (place / "numbers.csv").write_text("1, 2\n", encoding="utf-8")


def spoilt(text, old, new):
    assert text.count(old) == 1
    return text.replace(old, new)


def generate(course):
    list(release.generate([load_homework("tiny", course)], course))
    return release.folder("tiny", course)


def refusal(course):
    with pytest.raises(AutograderError) as failure:
        generate(course)
    said = str(failure.value)
    assert "\n" not in said
    assert said.endswith(".")
    assert ".." not in said.replace("../", "")
    assert not (course / "assignments").exists()
    return said


# -- other homeworks' solutions


def test_a_line_of_another_homeworks_solution_counts_as_a_leak_though_it_is_given(course):
    generate(course)
    place = course / "solutions" / "later"
    place.mkdir()
    later = NOTEBOOK.replace("def squash(z)", "def other(z)").replace("bounded", "limited")
    given = "# %%\n# Given: a line of the first homework\nbounded = np.clip(BOUND, -700, 700)\n"
    shutil.copy(course / "solutions" / "tiny" / "numbers.csv", place)
    (place / "later.py").write_text(later + given.replace("BOUND", "z"), encoding="utf-8")
    text = RUBRIC.replace('"tiny"', '"later"').replace('"squash"', '"other"')
    (place / "rubric.py").write_text(text, encoding="utf-8")
    list(release.generate([load_homework("later", course)], course))
    assert release.leaks("later", course) == ["later.ipynb: bounded = np.clip(z, -700, 700)"]
    assert release.leaks("tiny", course) == []


# -- functions that are given


def test_functions_given_before_the_first_exercise_stand_in_the_module_too(course):
    helper = "# %%\n# Given: twice\ndef double(z):\n    return 2 * z\n\n\n"
    write(
        course,
        NOTEBOOK.replace("# %%\ndef squash", helper + "# %%\ndef squash") + helper.replace("double", "late"),
    )
    module = (generate(course) / "tiny.py").read_text(encoding="utf-8")
    assert "\n\n\ndef double(z):\n    return 2 * z\n\n\ndef squash(z):" in module
    assert "late" not in module
    assert "BOUND" not in module


# -- what stays of an exercise's cell

OUTSIDE = {
    "code after the solution": spoilt(NOTEBOOK, MARKED, MARKED + "    return np.tanh(z / 2) / 2 + 0.5\n"),
    "code between two solutions": spoilt(
        NOTEBOOK, MARKED, MARKED + "    other = np.tanh(z / 2)\n" + MARKED.replace("bounded", "again")
    ),
    "markers around the whole function": spoilt(NOTEBOOK, MARKED, MARKED.replace("    ###", "###"))
    .replace("### BEGIN SOLUTION\n", "")
    .replace("def squash", "### BEGIN SOLUTION\ndef squash"),
    "markers that leave the head of a block": spoilt(
        NOTEBOOK, "    ### BEGIN SOLUTION\n", "    while True:\n        ### BEGIN SOLUTION\n"
    )
    .replace("    bounded", "        bounded")
    .replace("    return", "        return"),
}


@pytest.mark.parametrize("case", OUTSIDE)
def test_code_that_would_stay_behind_a_stub_is_refused(course, case):
    write(course, OUTSIDE[case])
    said = refusal(course)
    assert "squash must be the last thing in its function" in said
    assert "tiny.py" in said


@pytest.mark.parametrize(
    "head", ["def squash(z, bound=BOUND):", "def squash(z: BOUND.kind):", "@given\ndef squash(z):"]
)
def test_a_stub_that_needs_the_rest_of_the_notebook_is_refused(course, head):
    write(course, spoilt(NOTEBOOK, "def squash(z):", head))
    said = refusal(course)
    assert "cannot be imported" in said
    assert "NameError" in said


def test_a_stub_may_use_numpy_in_its_head(course):
    write(course, spoilt(NOTEBOOK, "def squash(z):", "def squash(z: np.ndarray, bound: float = np.inf):"))
    assert "np.inf" in (generate(course) / "tiny.py").read_text(encoding="utf-8")


def test_a_raw_cell_stays_a_raw_cell(course):
    write(course, NOTEBOOK + "\n# %% [raw]\n# for the printer\n")
    notebook = json.loads((generate(course) / "tiny.ipynb").read_text(encoding="utf-8"))
    assert [cell["cell_type"] for cell in notebook["cells"]] == ["code", "code", "code", "raw"]


# -- what nbgrader, the references and the rubric say


def test_nbgraders_own_reason_is_passed_on(course, capfd):
    write(course, NOTEBOOK + "\n# %%\n### BEGIN HIDDEN TESTS\nprint(1)\n")
    said = refusal(course)
    assert "nbgrader could not release" in said
    assert "traceback" not in said
    assert capfd.readouterr() == ("", "")


def test_an_unclosed_marker_of_nbgraders_own_is_passed_on(course):
    write(course, NOTEBOOK + "\n# %%\n### BEGIN HIDDEN TESTS\nprint(1)\n")
    assert "hidden tests" in refusal(course)


@pytest.mark.parametrize("number", ["np.nan", "np.inf"])
def test_an_example_that_is_not_finite_is_refused(course, number):
    write(course, rubric=spoilt(RUBRIC, "0.5]", f"{number}]"))
    said = refusal(course)
    assert "squash: its worked example does not fit" in said
    assert "nan or infinity" in said


def test_a_probe_that_is_not_finite_is_named(course):
    bad = 'probes=(*probes.elementwise(), probes.fixed("a hole", np.array([1.0, np.nan])))'
    write(course, rubric=spoilt(RUBRIC, "probes=probes.elementwise()", bad))
    said = refusal(course)
    assert "squash: the probe 'a hole' cannot be used" in said
    assert "nan or infinity" in said


@pytest.mark.parametrize("name", ["../batch.py", "tiny.py", "checks/trial.py", "README.md"])
def test_data_can_neither_leave_the_folder_nor_take_the_place_of_another_file(course, name):
    write(course, rubric=spoilt(RUBRIC, "numbers.csv", name))
    assert repr(name) in refusal(course)


# -- what is found in a release that lies there


@pytest.mark.parametrize(
    "text", ["return 1 / (\n    1 + np.exp(-bounded)\n)\n", "return 1 / \\\n    (1 + np.exp(-bounded))\n"]
)
@pytest.mark.parametrize("file", ["README.md", "tiny.py", "tiny.ipynb"])
def test_a_line_of_a_solution_that_was_broken_is_found(course, file, text):
    path = generate(course) / file
    assert release.leaks("tiny", course) == []
    if file == "tiny.ipynb":
        notebook = json.loads(path.read_text(encoding="utf-8"))
        notebook["cells"][0]["source"] = text.splitlines(keepends=True)
        path.write_text(json.dumps(notebook), encoding="utf-8")
    else:
        path.write_text(text, encoding="utf-8")
    assert release.leaks("tiny", course) == [f"{file}: return 1 / (1 + np.exp(-bounded))"]


def test_a_damaged_notebook_is_searched_and_out_of_date(course):
    path = generate(course) / "tiny.ipynb"
    path.write_text('{"cells": ["bounded = np.clip(z, -700, 700)', encoding="utf-8")
    assert len(release.leaks("tiny", course)) == 1
    assert release.stale("tiny", course) == ["tiny.ipynb is out of date"]


def test_a_file_in_a_subfolder_is_no_part_of_the_release_but_a_cache_is_no_matter(course):
    folder = generate(course)
    for name in ("__pycache__", ".pytest_cache", ".ipynb_checkpoints"):
        (folder / name).mkdir()
        shutil.copy(folder / "tiny.ipynb", folder / name)
    assert release.stale("tiny", course) == [".ipynb_checkpoints/tiny.ipynb is not part of the release"]
