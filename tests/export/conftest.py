"""A course that the tests of exports share."""

import shutil
from pathlib import Path

import pytest
from handing_on import ROOT, Class


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("course")
    for name in ("derivatives", "data"):
        shutil.copytree(ROOT / "solutions" / name, folder / "solutions" / name)
    return folder


@pytest.fixture
def class_(course: Path, tmp_path: Path) -> Class:
    return Class(tmp_path, course)
