"""Public checks on GitHub: for Classroom 50, and as a workflow of a repository's own."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from handing_on import ROOT, Class
from importers import classroom50

from autograder.course import load_homework
from autograder.export.actions import score
from autograder.export.actions.bundle import bundle, whole_points
from autograder.release import are_near

DEMO = ROOT / "docs" / "demo" / "derivatives"
IDENTITY = {
    "CLASSROOM": "dl-2026",
    "ASSIGNMENT": "derivatives",
    "SUBMISSION_TAG": "submit/2026-11-30T14-32-05Z-a1b2c3d",
    "COMMIT_URL": "https://github.com/x/y/commit/a1b2c3d",
    "RELEASE_URL": "https://github.com/x/y/releases/tag/submit",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, course: Path) -> Path:
    """Both bundles; an exercise may take five seconds there."""
    place = tmp_path_factory.mktemp("actions")
    here = Class(place, course)
    here.run("export", "derivatives", "--to", "classroom50", "--out", place / "bundle")
    said = here.run("export", "derivatives", "--to", "github", "--out", place / "repo")
    assert "what they say is not a mark" in said
    program = place / "bundle" / "autograder.py"
    program.write_text(program.read_text().replace("SECONDS = 60", "SECONDS = 5"))
    return place


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A student's repository, with the kit in a folder."""
    kit = tmp_path / "checkout" / "homework"
    shutil.copytree(
        ROOT / "assignments" / "derivatives", kit, ignore=shutil.ignore_patterns("*.ipynb", "__pycache__")
    )
    git = ("git", "-c", "user.name=x", "-c", "user.email=x@x.org")
    for words in (
        ("init", "-q"),
        ("add", "-A"),
        ("commit", "-q", "-m", "x", "--date", "2026-11-30T15:32:01+01:00"),
    ):
        environment = {**os.environ, "GIT_COMMITTER_DATE": "2026-11-30T15:32:01+01:00"}
        subprocess.run([*git, *words], cwd=tmp_path / "checkout", check=True, env=environment)
    return tmp_path / "checkout"


def run(program: Path, checkout: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, str(program)], cwd=checkout, env={**known, **environment},
        capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip


def test_classroom_50_collects_whole_numbers(made: Path, checkout: Path) -> None:
    shutil.copy(DEMO / "chen.py", checkout / "homework" / "derivatives.py")
    done = run(made / "bundle" / "autograder.py", checkout, **IDENTITY)
    assert done.returncode == 0, done.stderr
    total, most, scores = classroom50((checkout / "result.json").read_bytes(), IDENTITY)
    assert most == 45
    assert 0 < total < 45
    assert scores["predict"] == 3
    assert scores["mse_gradient"] == 0
    assert json.loads((checkout / "result.json").read_text())["datetime"] == "2026-11-30T14:32:01Z"
    body = (checkout / "release-body.md").read_text()
    assert body.startswith(f"## The derivatives behind gradient descent: {total} of 45\n")
    assert "no mark" in body
    assert "| ✗ `mse_gradient` | 0 of 8 |" in body


@pytest.mark.slow
def test_whatever_a_file_does_there_is_a_result(made: Path, checkout: Path) -> None:
    (checkout / "homework" / "derivatives.py").write_text(
        "import os\n"
        "def predict(X, w, b):\n    return X @ w + b\n"
        "def dL_dw1(x1, x2, y, w1, w2, b):\n    while True: pass\n"
        "def dL_dw2(x1, x2, y, w1, w2, b):\n    os._exit(3)\n"
        "def dL_db(x1, x2, y, w1, w2, b):\n    raise KeyError('```\\n</details><script>\\x1b[31m')\n"
        "def mse_loss(X, y, w, b):\n    raise KeyError(str(sorted(n for n in os.environ if 'TOKEN' in n)))\n"
    )
    secret = {"GITHUB_TOKEN": "x", "ACTIONS_RUNTIME_TOKEN": "y"}
    done = run(made / "bundle" / "autograder.py", checkout, **IDENTITY, **secret)
    assert done.returncode == 0, done.stderr
    total, _, scores = classroom50((checkout / "result.json").read_bytes(), IDENTITY)
    assert total == scores["predict"] == 3
    body = (checkout / "release-body.md").read_text()
    assert "dL_dw1 was stopped after 5 seconds" in body
    assert "Your code ended the process (exit status 3) before dL_dw2 could be checked." in body
    assert "\x1b" not in body
    inside, fence = False, ""
    for line in body.splitlines():
        if line.startswith("```") and not inside:
            inside, fence = True, line.removesuffix("text")
        elif line == fence:
            inside = False
        assert inside or "<script>" not in line
    assert "KeyError" in body
    assert not [name for name in secret if name in body]


def test_a_workflow_of_ones_own_checks_at_each_push(made: Path, checkout: Path) -> None:
    shutil.copytree(made / "repo", checkout, dirs_exist_ok=True)
    workflow = yaml.safe_load((checkout / ".github" / "workflows" / "checks.yml").read_text())
    (job,) = workflow["jobs"].values()
    assert workflow["permissions"] == {"contents": "read"}
    command = job["steps"][-1]["run"].split()
    assert command[0] == "python"
    shutil.copy(DEMO / "ada.py", checkout / "homework" / "derivatives.py")
    summary = checkout.parent / "summary.md"
    done = run(checkout / command[1], checkout, GITHUB_STEP_SUMMARY=str(summary))
    assert done.returncode == 0, done.stdout + done.stderr
    assert summary.read_text().startswith("## The derivatives behind gradient descent: 45 of 45\n")
    assert not (checkout / "result.json").exists()
    (checkout / "homework" / "derivatives.py").write_text("")
    assert run(checkout / command[1], checkout).returncode == 1


@pytest.mark.parametrize("where", ["classroom50", "github"])
def test_only_what_students_have_anyway_is_there(where: str) -> None:
    homework = load_homework("derivatives", ROOT)
    kit = {
        path.relative_to(ROOT / "assignments" / "derivatives").as_posix(): path.read_bytes()
        for path in (ROOT / "assignments" / "derivatives").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    own = {"autograder.py", "score.py", "exercises.json", ".github/workflows/checks.yml"}
    for path, data in bundle(homework, ROOT, where).items():  # type: ignore[arg-type]
        name = path.removeprefix(".github/checks/")
        if name.endswith("examples.json"):  # its last digits depend on the processor
            assert are_near(json.loads(kit[name]), json.loads(data))
        else:
            assert name in own or kit[name] == data, path
    told = json.loads(bundle(homework, ROOT, "classroom50")["exercises.json"])
    assert set(told) == {"homework", "title", "scale", "exercises"}


def test_half_points_become_whole_ones() -> None:
    homework = load_homework("derivatives", ROOT)
    first, *others = homework.exercises
    half = replace(homework, exercises=(replace(first, points={"value": 0.5, "edges": 1.0}), *others))
    scale, points = whole_points(half)
    assert scale == 2
    assert points[0] == ("predict", 3)
    assert points[1] == ("dL_dw1", 8)
    assert whole_points(homework)[0] == 1
    told = {"title": "HW", "scale": 2}
    assert "Scores are points times 2." in score.body(told, [score.Checked("predict", 3, "")])


def test_the_file_is_found_wherever_the_kit_lies(tmp_path: Path) -> None:
    (tmp_path / ".github" / "x").mkdir(parents=True)
    (tmp_path / ".github" / "x" / "sgd.py").touch()
    assert score.find_work(tmp_path, "sgd") == tmp_path / "sgd"
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "sgd.ipynb").touch()
    assert score.find_work(tmp_path, "sgd") == tmp_path / "a" / "b" / "sgd"
    (tmp_path / "sgd.py").touch()
    assert score.find_work(tmp_path, "sgd") == tmp_path / "sgd"
