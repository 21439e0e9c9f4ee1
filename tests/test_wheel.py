"""The wheel works where nothing of this repository is: in a bare environment, with what it declares."""

import csv
import os
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from test_package import built

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]
PROJECT = "gradient-autograder"


def needed(name: str, extras: tuple[str, ...] = ()) -> dict[str, metadata.Distribution]:
    """The packages that one declares to need, and that these need, as they are installed here."""
    packaging = pytest.importorskip(
        "packaging.requirements", reason="packaging reads what a package declares"
    )
    found: dict[str, metadata.Distribution] = {}
    waiting = [(name, extras)]
    while waiting:
        current, wanted = waiting.pop()
        for text in metadata.distribution(current).requires or ():
            requirement = packaging.Requirement(text)
            environments = [{"extra": extra} for extra in ("", *wanted)]
            if requirement.marker and not any(map(requirement.marker.evaluate, environments)):
                continue
            key = re.sub(r"[-_.]+", "-", requirement.name).lower()
            if key not in found and key != PROJECT:
                found[key] = metadata.distribution(requirement.name)
                waiting.append((requirement.name, tuple(requirement.extras)))
    return found


class Environment:
    """A bare virtual environment with the wheel and what it needs, and nothing else."""

    def __init__(self, folder: Path, wheel: Path, extras: tuple[str, ...]) -> None:
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        self.scripts = folder / "bin"
        (packages,) = folder.glob("lib/python*/site-packages")
        for distribution in needed(PROJECT, extras).values():
            for file in distribution.files or ():
                top = file.parts[0]
                there = Path(str(distribution.locate_file(top)))
                if top not in ("..", "__pycache__") and there.exists() and not (packages / top).exists():
                    (packages / top).symlink_to(there)
        install = [
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--no-index",
            "--disable-pip-version-check",
        ]
        subprocess.run([self.scripts / "python", *install, str(wheel)], check=True)

    def run(self, *words: object, cwd: Path) -> str:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        command = [str(self.scripts / "autograder"), *map(str, words)]
        done = subprocess.run(command, cwd=cwd, env=kept, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("hatchling")
    return built(tmp_path_factory.mktemp("built"))


def test_a_course_is_begun_and_released_outside_the_repository(wheel: Path, tmp_path: Path) -> None:
    environment = Environment(tmp_path / "env", wheel, ("release",))
    said = environment.run("--version", cwd=tmp_path)
    assert metadata.version(PROJECT) in said
    environment.run("new", "course", "mine", cwd=tmp_path)
    course = tmp_path / "mine"
    assert environment.run("preview", cwd=course).rstrip().endswith("All is well.")
    environment.run("generate", cwd=course)
    assert (course / "assignments" / "homework1" / "homework1.ipynb").is_file()


def test_a_machine_that_only_grades_needs_no_extra(wheel: Path, tmp_path: Path) -> None:
    environment = Environment(tmp_path / "env", wheel, ())
    environment.run("new", "course", "mine", cwd=tmp_path)
    course = tmp_path / "mine"
    (course / "in").mkdir()
    solution = (course / "solutions" / "homework1" / "homework1.py").read_text(encoding="utf-8")
    (course / "in" / "ada.py").write_text(solution, encoding="utf-8")
    environment.run("grade", "homework1", "in", "--sandbox", "none", "--workers", "1", cwd=course)
    with open(course / "graded" / "homework1" / "grades.csv", newline="", encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert row["student"] == "ada"
    assert row["score"] == row["max_score"]
    assert (course / "graded" / "homework1" / "index.html").is_file()
