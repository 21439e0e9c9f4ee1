"""What is installed: names for rubrics, files of the wheel, and a grader that needs little."""

import ast
import csv
import importlib
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import autograder
from autograder.sandbox import levels

ROOT = Path(__file__).parents[1]
RUBRICS = sorted(ROOT.glob("solutions/*/rubric.py"))
NOT_FOR_GRADING = (
    "canvasapi",
    "distributed",
    "hypothesis",
    "jupytext",
    "latex2mathml",
    "matplotlib",
    "nbconvert",
    "nbformat",
    "nbgrader",
    "pygments",
    "pytest",
    "sqlalchemy",
    "traitlets",
)
# Starts the command where these packages cannot be imported.
COMMAND = f"""
import sys

class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {NOT_FOR_GRADING!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Blocker())
from autograder.cli import main
main(prog_name="autograder")
"""


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", COMMAND, *arguments], capture_output=True, text=True, cwd=ROOT, timeout=300
    )


# -- names


def test_type_checkers_see_the_names_that_are_there() -> None:
    stub = ast.parse((ROOT / "autograder" / "__init__.pyi").read_text())
    found = {}
    for node in stub.body:
        if isinstance(node, ast.ImportFrom):
            found |= {alias.name: node.module for alias in node.names}
    assert sorted(found) == sorted(autograder.__all__)
    for name, module in found.items():
        try:
            there = getattr(importlib.import_module(str(module)), name)
        except AttributeError:  # a module of a package
            there = importlib.import_module(f"{module}.{name}")
        assert getattr(autograder, name) is there


@pytest.mark.parametrize("path", RUBRICS, ids=lambda path: path.parent.name)
def test_a_rubric_imports_public_names_only(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names, modules = [], [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names, modules = [alias.name for alias in node.names], [node.module or ""]
        else:
            continue  # no import, or of what lies beside the rubric
        for module in modules:
            top = module.partition(".")[0]
            assert top in {"autograder", "symbolic_checks", "numpy", *sys.stdlib_module_names}, module
            assert module == "autograder" or top != "autograder", module
        assert not [name for name in (*names, *".".join(modules).split(".")) if name.startswith("_")]
        if modules == ["autograder"]:
            assert set(names) <= set(autograder.__all__)


# -- files


def test_each_package_carries_its_types_and_the_wheel_leaves_nothing_out() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]
    wheel = settings["targets"]["wheel"]
    assert wheel == {"packages": ["autograder", "symbolic_checks"]}
    assert set(settings) == {"targets"}
    for package in wheel["packages"]:
        assert (ROOT / package / "py.typed").is_file()
    inside = [path.relative_to(ROOT).as_posix() for path in (ROOT / "autograder").rglob("*.*")]
    done = subprocess.run(["git", "check-ignore", *inside], capture_output=True, text=True, cwd=ROOT)
    if done.returncode in (0, 1):  # hatch leaves out what Git ignores
        assert not [path for path in done.stdout.split() if "__pycache__" not in path]


def built(folder: Path) -> Path:
    """The wheel, made in a folder of its own."""
    for part in (
        "autograder",
        "symbolic_checks",
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "DATA_LICENSE.md",
    ):
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, folder / part)
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel"], cwd=folder, check=True)
    (wheel,) = (folder / "dist").glob("*.whl")
    return wheel


@pytest.mark.slow
def test_the_wheel_holds_templates_kit_and_types(tmp_path: Path) -> None:
    pytest.importorskip("hatchling")
    wheel = built(tmp_path)
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = [path for package in ("autograder", "symbolic_checks") for path in (ROOT / package).rglob("*")]
    files = {path.relative_to(ROOT).as_posix() for path in wanted if path.is_file()}
    assert {name for name in files if "__pycache__" not in name} <= held


# -- a machine that only grades


def test_grading_needs_no_package_of_an_extra() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for needed in project["dependencies"]:
        assert not needed.lower().startswith(NOT_FOR_GRADING)
    assert {"release", "nbgrader", "cluster", "canvas", "docs", "dev"} == set(
        project["optional-dependencies"]
    )


@pytest.mark.slow
def test_a_machine_that_only_grades_gives_the_right_marks(tmp_path: Path) -> None:
    try:
        levels.choose("auto")
    except levels.SandboxError as error:
        pytest.skip(f"no sandbox on this machine: {error}")
    (tmp_path / "in").mkdir()
    shutil.copy(ROOT / "docs" / "demo" / "derivatives" / "ada.py", tmp_path / "in")
    out = tmp_path / "out"
    done = command("grade", "derivatives", str(tmp_path / "in"), "--out", str(out), "--workers", "1")
    assert done.returncode == 0, done.stdout + done.stderr
    with open(out / "grades.csv", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["student"], row["score"], row["max_score"]) == ("ada", "45", "45")
    assert (out / "feedback" / "ada.html").is_file()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "extra"),
    [
        (["generate", "sgd"], "release"),
        (["handbook", "sgd", "--out", "{here}"], "release"),
        (["audit", "sgd"], "release"),
        (["export", "sgd", "--to", "nbgrader", "--graded", "{here}"], "nbgrader"),
        (["export", "sgd", "--to", "canvas", "--into", "https://x.edu/courses/1/assignments/2"], "canvas"),
    ],
)
def test_there_other_commands_say_what_to_install(arguments: list[str], extra: str, tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    text = (
        '{"homework": "sgd", "student": "a", "score": 0, "max_score": 0, "sandbox": "none", "exercises": []}'
    )
    (tmp_path / "reports" / "a.json").write_text(text)
    done = command(*(argument.format(here=tmp_path) for argument in arguments))
    assert done.returncode == 1
    assert f"pip install 'gradient-autograder[{extra}]'" in done.stderr
    assert "Traceback" not in done.stderr


# -- what tells who may use it, and how it changes


def test_the_version_stands_in_one_place() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    newest = next(line for line in (ROOT / "CHANGELOG.md").read_text().splitlines() if line.startswith("## "))
    assert newest.split()[1] == version
    for path in [*(ROOT / "autograder").rglob("*.py"), ROOT / "CITATION.cff", ROOT / "README.md"]:
        assert version not in path.read_text(encoding="utf-8"), path


def test_every_document_for_contributors_leads_to_what_is_there() -> None:
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / link).exists(), f"{path.name}: {link}"


def test_templates_and_hooks_are_well_formed() -> None:
    yaml = pytest.importorskip("yaml")
    names = [
        *ROOT.glob(".github/ISSUE_TEMPLATE/*.yml"),
        ROOT / "CITATION.cff",
        ROOT / ".pre-commit-config.yaml",
    ]
    assert len(names) > 4
    for path in names:
        assert yaml.safe_load(path.read_text(encoding="utf-8")), path
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    assert [each["repo"] for each in hooks] == ["local"]  # nothing is fetched
