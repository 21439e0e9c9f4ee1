"""A class that handed in on a platform, was graded here, and whose marks go back there."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from autograder.cli import main

ROOT = Path(__file__).parents[2]
# Points of these files in `derivatives`, whose `predict` has 3 of 45.
THREE = "def predict(X, w, b):\n    return X @ w + b\n"
NONE = "def predict(X, w, b):\n    return X @ w - b\n"


@dataclass(frozen=True)
class Class:
    """A course, what was handed in, and the folder with the marks."""

    place: Path
    course: Path

    @property
    def graded(self) -> Path:
        return self.place / "graded"

    def copy(self, place: Path) -> Class:
        """The same, graded already, in another folder."""
        shutil.copytree(self.graded, place / "graded")
        return Class(place, self.course)

    def run(self, *words: object, status: int = 0) -> str:
        """Run a command; what it said, on one line."""
        done = CliRunner().invoke(main, ["--course", str(self.course), *map(str, words)])
        assert done.exit_code == status, done.output
        assert "Traceback" not in done.output
        return " ".join(done.output.split())

    def grade(self, files: Mapping[str, str | bytes], *options: object, name: str = "download.zip") -> str:
        """Grade a download with these files."""
        download = self.place / name
        download.write_bytes(zipped(files))
        common = ("--out", self.graded, "--sandbox", "none", "--workers", 1)
        return self.run("grade", "derivatives", download, *common, *options)

    def points(self, student: str, points: float) -> None:
        """Give points for `predict` by hand."""
        self.run("set", student, "predict", points, "--why", "Seen at the board", "--graded", self.graded)

    def export(self, platform: str, into: Path, *options: object, status: int = 0) -> str:
        return self.run(
            "export", "derivatives", "--to", platform, "--into", into, "--graded", self.graded, *options,
            status=status,
        )  # fmt: skip

    def put(self, name: str, data: str | bytes) -> Path:
        """A file that the platform exported."""
        path = self.place / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """A zip of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def differences(before: bytes, after: bytes, encoding: str = "utf-8") -> list[tuple[str, str]]:
    """The lines that differ; both files must have as many, with the same ends."""
    old, new = (data.decode(encoding).splitlines(keepends=True) for data in (before, after))
    assert len(old) == len(new)
    return [(one, other) for one, other in zip(old, new, strict=True) if one != other]
