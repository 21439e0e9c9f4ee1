"""The kits of all homeworks lie in one folder, and one run of pytest from its top tests them all."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.course import homework_names, load_homework

pytestmark = pytest.mark.slow

COURSE = Path(__file__).parents[2]
NAMES = homework_names(COURSE)
COUNT = sum(len(load_homework(name, COURSE).exercises) for name in NAMES)
WAYS = [["-p", "no:cacheprovider"], ["-n", "2"], ["--import-mode=importlib"]]


@pytest.fixture(scope="module")
def stubs(tmp_path_factory):
    top = tmp_path_factory.mktemp("stubs")
    for name in NAMES:
        shutil.copytree(COURSE / "assignments" / name, top / name)
    return top


@pytest.fixture(scope="module")
def solved(tmp_path_factory):
    top = tmp_path_factory.mktemp("solved")
    for name in NAMES:
        shutil.copytree(COURSE / "assignments" / name, top / name)
        shutil.copy(COURSE / "solutions" / name / f"{name}.py", top / name)
    return top


def pytest_in(folder, *arguments):
    env = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PYTEST"))}
    command = [sys.executable, "-m", "pytest", "--color=no", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=env).stdout


@pytest.mark.parametrize("way", WAYS, ids=" ".join)
def test_stubs_fail_and_each_says_that_it_is_not_written(stubs, way):
    said = pytest_in(stubs, *way)
    assert f"{COUNT} failed" in said.splitlines()[-1], said
    assert "passed" not in said.splitlines()[-1]
    assert len(re.findall(r"^\w+: not written yet \(", said, re.MULTILINE)) == COUNT


@pytest.mark.parametrize("way", WAYS, ids=" ".join)
def test_solutions_pass(solved, way):
    said = pytest_in(solved, "-W", "error", *way)
    assert re.fullmatch(rf"=+ {COUNT} passed in .*", said.splitlines()[-1]), said


@pytest.mark.parametrize("name", NAMES)
def test_from_within_one_kit_only_this_one_is_tested(solved, name):
    said = pytest_in(solved / name)
    count = len(load_homework(name, COURSE).exercises)
    assert re.fullmatch(rf"=+ {count} passed in .*", said.splitlines()[-1]), said


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_in_a_module_are_tried_as_the_readme_says(solved, name):
    readme = (solved / name / "README.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"`python -m pytest (--doctest-modules [^`]+)`", readme)
    said = pytest_in(solved / name, "-p", "no:cacheprovider", *command.split())
    count = len(load_homework(name, COURSE).exercises)
    assert re.fullmatch(rf"=+ {count} passed in .*", said.splitlines()[-1]), said


@pytest.mark.parametrize("mode", ["prepend", "importlib"])
def test_each_kit_imports_what_lies_beside_it(solved, tmp_path, mode):
    top = shutil.copytree(solved, tmp_path / "top")
    for name in NAMES:
        (top / name / "penguins.py").write_text(f"OWN = {name!r}\n", encoding="utf-8")
        exercise = load_homework(name, COURSE).exercises[0].function
        early = f"\nimport penguins\nassert penguins.OWN == {name!r}\n"
        late = (
            f"def {exercise}(*a):\n    import penguins\n    raise LookupError(penguins.OWN + penguins.OWN)\n"
        )
        (top / name / f"{name}.py").write_text(early + late, encoding="utf-8")
    said = pytest_in(top, f"--import-mode={mode}")
    for name in NAMES:
        assert f"it stops: LookupError: {name}{name} (at" in said, said
