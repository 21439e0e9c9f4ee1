"""The solutions run from top to bottom, and the numbers in their docstrings are right."""

import ast
import doctest
import json
import os
import subprocess
import sys

import pytest
from examples import COURSE, examples

NAMES = ["derivatives", "gradient_descent", "sgd"]
KIT = COURSE / "autograder" / "kit"

RUN = """
import sys, doctest, matplotlib
matplotlib.use("agg")
import {name} as module
import checks
for function in {functions}:
    checks.verify(getattr(module, function), module)
failed, tried = doctest.testmod(module)
sys.exit(f"{{failed}} of {{tried}} examples fail" if failed or not tried else 0)
"""


@pytest.fixture(scope="module", params=NAMES)
def name(request):
    return request.param


def test_a_solution_runs_without_a_warning_its_examples_hold_and_its_checks_pass(name, tmp_path):
    for file in [*KIT.glob("check*.py"), KIT / "penguins.py", KIT / "penguins.csv"]:
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / f"{name}.py").write_bytes((COURSE / "solutions" / name / f"{name}.py").read_bytes())
    content = examples(name)
    (tmp_path / "examples.json").write_text(json.dumps(content), encoding="utf-8")
    script = RUN.format(name=name, functions=list(content["exercises"]))
    command = [sys.executable, "-W", "error::RuntimeWarning", "-W", "error::UserWarning", "-c", script]
    env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=env, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_exercise_has_a_cell_that_holds_nothing_else(name):
    source = (COURSE / "solutions" / name / f"{name}.py").read_text(encoding="utf-8")
    cells = [cell.partition("\n")[2] for cell in source.split("\n# %%") if not cell.startswith(" [markdown]")]
    for function in examples(name)["exercises"]:
        (cell,) = [cell for cell in cells if f"\ndef {function}(" in f"\n{cell}"]
        (node,) = ast.parse(cell).body
        assert isinstance(node, ast.FunctionDef)
        assert doctest.DocTestParser().get_examples(ast.get_docstring(node) or ""), "no example of use"
        begin, end = (cell.splitlines().index(f"    ### {word} SOLUTION") for word in ("BEGIN", "END"))
        assert begin < end
        assert not "".join(cell.splitlines()[end + 1 :]).strip("# ")


def test_no_line_of_a_solution_stands_in_the_checks(name):
    source = (COURSE / "solutions" / name / f"{name}.py").read_text(encoding="utf-8")
    secret = set()
    for part in source.split("### BEGIN SOLUTION")[1:]:
        lines = part.partition("### END SOLUTION")[0].splitlines()
        secret |= {line.strip() for line in lines if len(line.strip()) > 12}
    for file in KIT.glob("check*.py"):
        public = {line.strip() for line in file.read_text(encoding="utf-8").splitlines()}
        assert not secret & public, file.name


def test_the_checks_need_numpy_and_the_standard_library_alone():
    for file in KIT.glob("check*.py"):
        imported = set()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                imported.add(str(node.module).partition(".")[0])
        assert imported <= {*sys.stdlib_module_names, "numpy", "check_rules"}
