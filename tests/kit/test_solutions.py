"""The solutions pass their own kit in silence, and the kit's modules stand on NumPy alone."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.course import homework_names, load_homework
from autograder.judging.rule import folder
from autograder.release import build, replace_folder

COURSE = Path(__file__).parents[2]

RUN = """
import doctest, matplotlib, sys
matplotlib.use("agg")
import {name} as module
import checks
for function in checks.exercises():
    right, text, _ = checks.judge(function, vars(module))
    assert right, text
failed, tried = doctest.testmod(module)
sys.exit(f"{{failed}} of {{tried}} examples fail" if failed or not tried else 0)
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", homework_names(COURSE))
def test_a_solution_runs_without_a_warning_its_examples_hold_and_its_checks_pass(name, tmp_path):
    kit = tmp_path / "kit"
    replace_folder(kit, build(load_homework(name, COURSE), COURSE))
    (kit / f"{name}.py").write_bytes((COURSE / "solutions" / name / f"{name}.py").read_bytes())
    command = [sys.executable, "-W", "error::RuntimeWarning", "-W", "error::UserWarning"]
    env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [*command, "-c", RUN.format(name=name)],
        cwd=kit, capture_output=True, text=True, env=env, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""


@pytest.mark.parametrize("name", homework_names(COURSE))
def test_the_checks_need_numpy_and_the_standard_library_alone(name):
    files = build(load_homework(name, COURSE), COURSE)
    checks = [file for file in files if file.startswith("checks/") and file.endswith(".py")]
    assert "checks/judging.py" in checks
    for file in checks:
        for node in ast.walk(ast.parse(files[file])):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [str(node.module)]
            assert {name.partition(".")[0] for name in names} <= {*sys.stdlib_module_names, "numpy"}, file


@pytest.mark.parametrize("name", homework_names(COURSE))
def test_the_checks_hold_the_rules_of_this_homework_and_no_other(name):
    homework = load_homework(name, COURSE)
    found = {file.split("/")[1] for file in build(homework, COURSE) if file.count("/") == 2}
    assert found == {folder(exercise.rule).name for exercise in homework.exercises}
