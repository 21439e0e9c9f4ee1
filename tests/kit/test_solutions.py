"""The solutions pass their own kit in silence, and the kit's modules stand on NumPy alone."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import autograder.kit
from autograder.homework import homework_names, load_homework
from autograder.release import build

COURSE = Path(__file__).parents[2]
KIT = Path(autograder.kit.__file__).parent

RUN = """
import doctest, matplotlib, sys
matplotlib.use("agg")
import {name} as module
import checks
for function in checks.exercises():
    checks.verify(function, module)
failed, tried = doctest.testmod(module)
sys.exit(f"{{failed}} of {{tried}} examples fail" if failed or not tried else 0)
"""


@pytest.mark.parametrize("name", homework_names(COURSE))
def test_a_solution_runs_without_a_warning_its_examples_hold_and_its_checks_pass(name, tmp_path):
    for file, data in build(load_homework(name, COURSE), COURSE).items():
        (tmp_path / file).write_bytes(data)
    (tmp_path / f"{name}.py").write_bytes((COURSE / "solutions" / name / f"{name}.py").read_bytes())
    command = [sys.executable, "-W", "error::RuntimeWarning", "-W", "error::UserWarning"]
    env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [*command, "-c", RUN.format(name=name)],
        cwd=tmp_path, capture_output=True, text=True, env=env, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""


@pytest.mark.parametrize("path", sorted(KIT.glob("*.py")), ids=lambda path: path.name)
def test_the_kit_needs_numpy_and_the_standard_library_alone(path):
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "a module of the kit lies in no package"
            imported.add(str(node.module).partition(".")[0])
    assert imported <= {*sys.stdlib_module_names, "numpy", *(other.stem for other in KIT.glob("*.py"))}
