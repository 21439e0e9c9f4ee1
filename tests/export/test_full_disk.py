"""A disk without room stops what is written with one sentence, and leaves what was there."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from handing_on import THREE, Class

from autograder.errors import cannot_write, is_full

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it mounts a tmpfs")
TABLE = "User ID,derivatives\njdoe,\n"
FULL = "because the disk is full: make room, and run the command again."


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of three megabytes with a file of a gradebook, and no room."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no disk of its own size can be mounted here")
    try:
        (place / "numeric.csv").write_text(TABLE)
        (place / "ballast").write_bytes(bytes(shutil.disk_usage(place).free))
        assert not shutil.disk_usage(place).free
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory, course: Path) -> Class:
    made = Class(tmp_path_factory.mktemp("plain"), course)
    made.grade({"jdoe.py": THREE})
    return made


def test_marks_stay_out_of_a_file_on_a_full_disk(graded: Class, full_disk: Path) -> None:
    into = full_disk / "numeric.csv"
    assert FULL in graded.export("submitty", into, status=1)
    assert into.read_text() == TABLE
    assert sorted(path.name for path in full_disk.iterdir()) == ["ballast", "numeric.csv"]


@pytest.mark.parametrize(
    "command",
    [
        ["export", "derivatives", "--to", "gradescope", "--out", "{disk}/autograder.zip"],
        ["export", "derivatives", "--to", "github", "--out", "{disk}/repository"],
        ["handbook", "--out", "{disk}/handbook"],
        ["handbook", "--short", "--out", "{disk}/handbook"],
        ["new", "course", "{disk}/course"],
    ],
    ids=lambda command: " ".join(command[:4]),
)
def test_what_is_made_on_a_full_disk_is_told(graded: Class, full_disk: Path, command: list[str]) -> None:
    assert FULL in graded.run(*(part.format(disk=full_disk) for part in command), status=1)
    assert [path.name for path in full_disk.rglob("*") if path.is_file()] == ["ballast", "numeric.csv"]


def test_a_quota_counts_as_a_full_disk_and_other_trouble_does_not() -> None:
    assert is_full(OSError(errno.EDQUOT, os.strerror(errno.EDQUOT)))
    assert not is_full(OSError(errno.EACCES, os.strerror(errno.EACCES)))
    said = cannot_write("out.csv", PermissionError(errno.EACCES, "Permission denied"), "check its rights")
    assert said == "out.csv cannot be written (Permission denied): check its rights."
