"""A kit needs NumPy, Matplotlib and pytest, and nothing of this project: tried in a fresh environment."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.course import homework_names, load_homework

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("kit_environment")]

COURSE = Path(__file__).parents[2]
NAMES = homework_names(COURSE)


@pytest.fixture(scope="session")
def python(tmp_path_factory):
    """The interpreter of a fresh environment with what the README asks for."""
    place = tmp_path_factory.mktemp("student") / "venv"
    subprocess.run([sys.executable, "-m", "venv", place], check=True, capture_output=True)
    own = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    install = [own, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "1"]
    done = subprocess.run([*install, "numpy", "matplotlib", "pytest"], capture_output=True, text=True)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        pytest.skip(f"a fresh environment cannot be filled, as pip reaches no package index: {reason}")
    return own


def kit(name, folder):
    shutil.copytree(COURSE / "assignments" / name, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def run(python, folder, *arguments):
    unwanted = ("PYTHON", "PYTEST", "VIRTUAL_ENV", "COV")
    env = {key: value for key, value in os.environ.items() if not key.startswith(unwanted)}
    command = [python, *arguments]
    return subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**env, "MPLBACKEND": "agg"},
    )


def test_nothing_of_this_project_is_in_the_environment(python, tmp_path):
    for module in ("autograder", "symbolic_checks", "sympy", "nbgrader", "jupytext"):
        assert run(python, tmp_path, "-c", f"import {module}").returncode != 0


@pytest.mark.parametrize("name", NAMES)
def test_with_the_stubs_every_test_fails_and_says_that_nothing_is_written(python, name, tmp_path):
    done = run(python, kit(name, tmp_path / name), "-m", "pytest", "-p", "no:cacheprovider", "--color=no")
    exercises = [exercise.function for exercise in load_homework(name, COURSE).exercises]
    assert f"{len(exercises)} failed" in done.stdout.splitlines()[-1], done.stdout + done.stderr
    assert "passed" not in done.stdout.splitlines()[-1]
    said = re.findall(r"^(\w+): not written yet \(", done.stdout, re.MULTILINE)
    assert said == exercises
    assert "warning" not in done.stdout


@pytest.mark.parametrize("name", NAMES)
def test_with_the_solutions_every_test_passes(python, name, tmp_path):
    folder = kit(name, tmp_path / name)
    shutil.copy(COURSE / "solutions" / name / f"{name}.py", folder)
    done = run(python, folder, "-m", "pytest", "-p", "no:cacheprovider", "--color=no", "-W", "error")
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(load_homework(name, COURSE).exercises)} passed" in done.stdout.splitlines()[-1]


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_in_the_docstrings_hold(python, name, tmp_path):
    folder = kit(name, tmp_path / name)
    shutil.copy(COURSE / "solutions" / name / f"{name}.py", folder)
    done = run(python, folder, "-m", "doctest", f"{name}.py")
    assert "Test Failed" not in done.stdout, done.stdout
    assert done.returncode == 0, done.stdout + done.stderr
