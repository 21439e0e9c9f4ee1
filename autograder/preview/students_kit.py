"""The kit's check as students have it: the same files, written to a folder and imported from there."""

from __future__ import annotations

import importlib.util
import json
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Self

from autograder.course import data_file
from autograder.homework import Homework
from autograder.release.examples import examples
from autograder.release.kit import FOLDER, checks

_number = count(1)


@dataclass(frozen=True)
class Said:
    """What the check says of a function: whether it is right, the line that tells why, or why the check
    itself fails."""

    right: bool
    line: str
    failure: str = ""


class StudentsKit:
    """A homework's checks, until they are closed."""

    def __init__(self, homework: Homework, course: Path) -> None:
        self._place = tempfile.TemporaryDirectory(prefix="autograder-preview-")
        folder = Path(self._place.name)
        for file, data in checks(homework).items():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_bytes(data)
        published = {**examples(homework), "released": {}}
        (folder / FOLDER / "examples.json").write_text(json.dumps(published), encoding="utf-8")
        for name in homework.data:
            path = data_file(homework.name, name, course)
            if path is not None:
                (folder / name).write_bytes(path.read_bytes())
        self._name = f"checks_of_preview_{next(_number)}"
        spec = importlib.util.spec_from_file_location(self._name, folder / FOLDER / "__init__.py")
        assert spec is not None
        assert spec.loader is not None
        self._package = sys.modules[self._name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self._package)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        for name in [name for name in sys.modules if name.startswith(self._name)]:
            del sys.modules[name]
        self._place.cleanup()

    def says(self, name: str, namespace: Mapping[str, Any]) -> Said:
        """What the check of an exercise says where these names are defined.

        Parameters
        ----------
        name
            The exercise's function.
        namespace
            What is defined, as in a student's notebook: the function, and what it calls.
        """
        try:
            right, text, _ = self._package.judge(name, namespace, 0)
        except Exception as error:  # of a check of one's own
            return Said(False, "", f"{type(error).__name__}: {error}")
        return Said(right, _line(name, text))


def _line(name: str, text: str) -> str:
    """What is told first: what the mistake likely is, or else what was seen."""
    first, *rest = text.splitlines()
    lines = {line[2:11].strip(): line[11:].strip() for line in rest if line.startswith("  ")}
    found = lines.get("likely") or lines.get("seen")
    return found or first.removeprefix(f"{name}: ")
