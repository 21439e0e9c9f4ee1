"""A course and a class of three that are graded again and again."""

import shutil
from pathlib import Path

import pytest
from classes import RIGHT, ROOT, WRONG


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of its own, whose rubric a test may change."""
    folder = tmp_path_factory.mktemp("course")
    for name in ("derivatives", "data"):
        shutil.copytree(ROOT / "solutions" / name, folder / "solutions" / name)
    return folder


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a class of three."""
    (tmp_path / "in").mkdir()
    for name, text in (("ada", RIGHT), ("bo", WRONG), ("cy", WRONG)):
        (tmp_path / "in" / f"{name}.py").write_text(text)
    return tmp_path
