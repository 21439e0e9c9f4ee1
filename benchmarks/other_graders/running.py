"""Runs a grader in an environment of its own, and measures what all its processes take."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from other_graders.given import Submission

Full = dict[str, set[str]]


@dataclass(frozen=True)
class Measured:
    """Which functions of which students earned all their points; processor seconds; the largest process."""

    full: Full
    seconds: float
    kilobytes: int


def measured(words: Sequence[Any], folder: Path, environment: Mapping[str, str]) -> tuple[float, int]:
    """Processor seconds of a command with all its processes, and kilobytes of the largest of them."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            list(map(str, words)), cwd=folder, env=environment, stdout=said, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read().decode(errors="replace")
    if process.returncode not in (0, 1):  # 1: some tests failed
        raise SystemExit(f"{' '.join(map(str, words))} failed ({process.returncode}):\n{text[-3000:]}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss


_PACKAGES = {
    "nbgrader": ("nbgrader", "ipykernel", "numpy"),
    "otter run": ("otter-grader", "ipykernel", "numpy"),
    "gradescope-utils": ("gradescope-utils", "numpy"),
    "check50": ("check50", "numpy"),
    "pytest": ("pytest", "numpy"),
}


def environment(folder: Path, name: str) -> Path:
    """The Python of a tool's environment, which is made where it is not there yet."""
    place = folder.resolve() / name.replace(" ", "_")
    python, complete = place / "bin" / "python", place / ".complete"
    if not complete.exists():
        print(f"Setting up {name} ...", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", "--clear", place], check=True)
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, *_PACKAGES[name]], check=True)
        complete.touch()
    return python


def surroundings(python: Path, home: Path) -> dict[str, str]:
    """What a tool finds: its own environment first, one thread, and a home that nobody else has."""
    return {
        **os.environ,
        "PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}",
        "VIRTUAL_ENV": str(python.parent.parent),
        "OPENBLAS_NUM_THREADS": "1",
        "HOME": str(home),
        "JUPYTER_PREFER_ENV_PATH": "1",
    }


def one_by_one(
    folder: Path,
    python: Path,
    made: Sequence[Submission],
    run: Callable[[Path, Submission], tuple[Sequence[Any], Callable[[], set[str]]]],
) -> Measured:
    """Let a grader judge each submission in a folder and a process of its own; ``run`` gives the command, and
    what reads the marks afterwards."""
    full: Full = {}
    seconds, largest = 0.0, 0
    around = surroundings(python, folder)
    for each in made:
        place = folder / each.student
        place.mkdir()
        (place / "submission.py").write_text(each.module, encoding="utf-8")
        words, marks = run(place, each)
        took, kilobytes = measured(words, place, around)
        seconds, largest = seconds + took, max(largest, kilobytes)
        full[each.student] = marks()
    return Measured(full, seconds, largest)
