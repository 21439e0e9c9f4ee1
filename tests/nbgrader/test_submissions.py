"""Whatever became of a notebook, its functions earn what they earn elsewhere, or a sentence says why not."""

import copy
import json
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from course import ROOT, SCRIPTS, Course, hand_in, source
from in_a_browser import chromium, needs_chromium, visit

from autograder.report import from_json

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("nbgrader")]
WRONG = "def predict(X, w, b):\n    return X @ w - b\n"
HOSTILE = (
    "<script>alert(1)</script> [here](javascript:alert(1)) [there](&#106;avascript:alert(1)) [ref][r] a<b\n"
    "<img src=x onerror=alert(1)> ![seen](x)\n\n[r]: javascript:alert(1)\n\n    <svg onload=alert(1)>"
)


def code(text, **metadata):
    return {"cell_type": "code", "source": text, "metadata": metadata, "outputs": [], "execution_count": None}


def checks(notebook):
    """The places of the check cells."""
    return [
        place
        for place, cell in enumerate(notebook["cells"])
        if "".join(cell["source"]).startswith("checks.check(")
    ]


def without_checks(notebook):
    notebook["cells"] = [c for k, c in enumerate(notebook["cells"]) if k not in checks(notebook)]


def checks_twice(notebook):
    for place in reversed(checks(notebook)):
        notebook["cells"].insert(place, copy.deepcopy(notebook["cells"][place]))


def checks_that_pay(notebook):
    for place in checks(notebook):
        notebook["cells"][place]["source"] = "100.0"


def checks_with_more_points(notebook):
    for place in checks(notebook):
        cell = notebook["cells"][place]
        cell["source"] = "".join(cell["source"]).replace("points=", "points=10")
        cell["metadata"]["nbgrader"]["points"] = 1000


def checks_as_text(notebook):
    for place in checks(notebook):
        cell = notebook["cells"][place]
        notebook["cells"][place] = {
            "cell_type": "markdown",
            "source": cell["source"],
            "metadata": cell["metadata"],
        }


def no_metadata(notebook):
    """As after Colab, VS Code or marimo."""
    for cell in notebook["cells"]:
        cell["metadata"] = {}
    notebook["metadata"] = {}


def broken_metadata(notebook):
    for cell in notebook["cells"]:
        cell["metadata"] = {"nbgrader": {"grade": "yes", "grade_id": 7, "schema_version": -1}}


def exchanged_ids(notebook):
    ids = [c["metadata"]["nbgrader"] for c in notebook["cells"] if c["metadata"].get("nbgrader")]
    for about, name in zip(ids, [about["grade_id"] for about in reversed(ids)], strict=True):
        about["grade_id"] = name


def old_schema(notebook):
    for cell in notebook["cells"]:
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["schema_version"] = 1


def of_an_older_release(notebook):
    notebook["cells"] = [c for c in notebook["cells"] if "neuron_gradient" not in "".join(c["source"])]
    notebook["cells"].append(code("1", nbgrader={"grade_id": "gone", "grade": True, "points": 3}))


def all_in_one_cell(notebook):
    text = ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "code"]
    notebook["cells"] = [code("\n\n".join(t for t in text if "### BEGIN SOLUTION" in t or "import" in t))]


def written_twice(notebook):
    notebook["cells"].insert(2, code(WRONG))


def wrong(notebook):
    notebook["cells"].append(code(WRONG))


def a_mistake_in_the_syntax(notebook):
    notebook["cells"].insert(3, code("x = (1,\nprint('never')"))


def an_error(notebook):
    notebook["cells"].insert(3, code("x = 1\nnot_there\nprint(x)"))


def hostile_text(notebook):
    notebook["cells"].insert(0, {"cell_type": "markdown", "source": HOSTILE, "metadata": {}})


def hostile_output(notebook):
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [
                {"output_type": "execute_result", "execution_count": 1, "metadata": {},
                 "data": {"text/plain": "100.0", "text/html": HOSTILE}}
            ]  # fmt: skip


def unfinished(notebook):
    for cell in notebook["cells"]:
        if "def mse_gradient" in "".join(cell["source"]):
            cell["source"] = "def mse_gradient(X, y, w, b):\n    raise NotImplementedError\n"


DAMAGES = [
    without_checks, checks_twice, checks_that_pay, checks_with_more_points, checks_as_text, no_metadata,
    broken_metadata, exchanged_ids, old_schema, of_an_older_release, all_in_one_cell, written_twice, wrong,
    a_mistake_in_the_syntax, an_error, hostile_text, hostile_output, unfinished,
]  # fmt: skip
# What all of it earns: 45, but for what is wrong.
FULL = {d.__name__: 45.0 for d in DAMAGES} | {"of_an_older_release": 37, "wrong": 42, "unfinished": 37}
UNREADABLE = {
    "empty": ("", "The file is empty."),
    "not_json": ('{"cells": [', "The notebook is damaged"),
    "nothing": ('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', "holds no code"),
    "deep": ('{"cells": ' + "[" * 100_000, "nested without end"),
}


MY_PREDICT = "def predict(X, w, b):\n    return X @ w + b\n"
# The notebook stands under the empty name; its function lies in another file of the same folder.
WITH_MODULES = {
    "imports_a_module": {"": "from my_functions import predict", "my_functions.py": MY_PREDICT},
    "imports_a_package": {
        "": "from lib.models import predict", "lib/models.py": MY_PREDICT, "lib/__init__.py": "",
    },
    "runs_a_file": {"": "%run helper.py", "helper.py": MY_PREDICT},
    "imports_what_imports": {
        "": "import a\npredict = a.p", "a.py": "from b import predict as p", "b.py": MY_PREDICT,
    },
    "imports_a_wrong_one": {"": "from my_functions import predict", "my_functions.py": WRONG},
    "imports_nothing_there": {"": "from my_functions import predict"},
}  # fmt: skip


@pytest.fixture(scope="module")
def graded(course: Course, tmp_path_factory) -> dict[str, dict[str, float]]:
    """All of them through nbgrader at once: the scores of every student's check cells."""
    right = source(course)
    for damage in DAMAGES:
        notebook = copy.deepcopy(right)
        damage(notebook)
        hand_in(course, damage.__name__, notebook)
    for name, (text, _) in UNREADABLE.items():
        hand_in(course, name, text)
    hand_in(course, "renamed", right, "my final one (2).ipynb")
    hand_in(course, "two", {**right, "cells": right["cells"][:9]})
    hand_in(course, "two", right, "derivatives-copy.ipynb")
    for name, files in WITH_MODULES.items():
        hand_in(course, name, {**right, "cells": [code(files[""])]})
        for file, text in files.items():
            if file:
                hand_in(course, name, text, file)
    course.nbgrader("autograde", "derivatives")
    return course.cells()


@pytest.mark.parametrize("name", [d.__name__ for d in DAMAGES])
def test_a_damaged_notebook_earns_what_its_functions_earn(name, graded):
    assert sum(graded[name].values()) == FULL[name]


def test_a_notebook_of_another_name_is_graded(graded):
    assert sum(graded["renamed"].values()) == 45


def test_of_several_notebooks_the_best_counts(graded):
    assert sum(graded["two"].values()) == 45


@pytest.mark.parametrize("name", WITH_MODULES)
def test_other_files_of_the_folder_can_be_imported(name, graded):
    assert graded[name]["check_predict"] == (0 if "wrong" in name or "nothing" in name else 3)


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_gets_no_points_and_a_sentence(name, graded, course):
    assert sum(graded[name].values()) == 0
    shown = (course.folder / "autograded" / name / "derivatives" / "derivatives.ipynb").read_text()
    assert UNREADABLE[name][1] in shown


def test_scores_are_those_of_autograder_grade_to_the_last_digit(graded, course, tmp_path):
    subprocess.run(
        [SCRIPTS / "autograder", "grade", "derivatives", "submitted", "--out", tmp_path],
        cwd=course.folder, check=True, capture_output=True,
    )  # fmt: skip
    for path in (tmp_path / "reports").glob("*.json"):
        report = from_json(path.read_bytes())
        ours = {f"check_{exercise.name}": exercise.score for exercise in report.exercises}
        if report.student in graded:
            assert graded[report.student] == ours, report.student


def cells_of(course, name):
    path = course.folder / "autograded" / name / "derivatives" / "derivatives.ipynb"
    return json.loads(path.read_text())["cells"]


def test_an_error_stands_below_its_cell(graded, course):
    (cell,) = [c for c in cells_of(course, "an_error") if "not_there" in "".join(c["source"])]
    (output,) = cell["outputs"]
    assert output["ename"] == "NameError"
    assert output["evalue"] == "name 'not_there' is not defined"
    assert "----> 2 not_there" in "".join(output["traceback"])


def test_a_check_cell_shows_what_the_student_should_read(graded, course):
    (cell,) = [c for c in cells_of(course, "wrong") if "checks.check(predict" in "".join(c["source"])]
    shown, score = cell["outputs"]
    assert float("".join(score["data"]["text/plain"])) == graded["wrong"]["check_predict"]
    for kind in ("text/html", "text/plain"):
        text = "".join(shown["data"][kind])
        assert "b` has the wrong sign" in text or "It does not use" in text or "wrong" in text
        assert "X @ w + b" not in text
    assert "<svg" in "".join(shown["data"]["text/html"])


class Active(HTMLParser):
    """What a page would run or load for its student's sake."""

    def __init__(self):
        super().__init__()
        self.active = []

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            script = name.startswith("on") or (value or "").strip().lower().startswith("javascript:")
            if script or (name == "src" and not (value or "").startswith("data:")):
                self.active.append((tag, name, value))

    def handle_data(self, data):
        if self.get_starttag_text() == "<script>" and "alert" in data:
            self.active.append(data)


def test_feedback_of_a_hostile_notebook_runs_nothing(graded, course):
    course.nbgrader("generate_feedback", "derivatives", "--student", "hostile_*")
    for name in ("hostile_text", "hostile_output"):
        page = (course.folder / "feedback" / name / "derivatives" / "derivatives.html").read_text()
        found = Active()
        found.feed(page)
        assert found.active == []
        assert "Content-Security-Policy" in page.partition("<title>")[0]


@needs_chromium
def test_feedback_is_complete_in_itself_and_shows_formulas(graded, course):
    course.nbgrader("generate_feedback", "derivatives", "--student", "hostile_*")
    with chromium() as browser:
        for name in ("hostile_text", "hostile_output"):
            path = course.folder / "feedback" / name / "derivatives" / "derivatives.html"
            page, acts, console = visit(browser, path)
            assert acts == console == []
            assert page.locator("script, iframe, object, [onerror]").count() == 0
            formulas = page.locator("math")
            assert formulas.count() > 20
            assert formulas.first.bounding_box()["height"] > 5
            assert page.locator(".panel").count() > 5


def test_no_solution_and_no_hidden_number_is_in_what_students_get(graded, course):
    course.nbgrader("generate_feedback", "derivatives", "--student", "wrong")
    solution = (ROOT / "solutions/derivatives/derivatives.py").read_text()
    assert "### BEGIN SOLUTION" in solution
    for kind, name in (("feedback", "derivatives.html"), ("autograded", "derivatives.ipynb")):
        text = Path(course.folder, kind, "unfinished", "derivatives", name)
        if text.exists():
            for line in ("X.T @ error / len(y)", "np.mean(error)"):
                cells = text.read_text().split("def neuron_gradient")[0].split("def mse_gradient")[1]
                assert line not in cells
