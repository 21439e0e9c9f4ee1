"""This program's own code as digests: where they are the same, it does the same."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from pathlib import Path

import numpy as np

# All code that a report of one submission depends on, and whether a rubric can be graded by;
# tests/test_house.py compares it with what is imported.
JUDGES = (
    *("symbolic_checks", "autograder/sandbox", "autograder/judging", "autograder/rules", "autograder/kit"),
    *("autograder/errors.py", "autograder/printable.py", "autograder/report.py", "autograder/handouts.py"),
    *("autograder/homework.py", "autograder/rubric.py", "autograder/course.py", "autograder/explaining.py"),
    *("autograder/apart.py", "autograder/budget.py", "autograder/grading.py", "autograder/grader.py"),
    *("autograder/questions.py", "autograder/written.py", "autograder/committed.py"),
    *("autograder/percent.py", "autograder/asking.py"),
)
_PROJECT = Path(__file__).parents[1]


@cache
def code_digest(*places: str) -> str:
    """A SHA-256 of this program's files in some places, and of the versions of Python and NumPy."""
    total = hashlib.sha256(f"{platform.python_version()} {np.__version__}\n".encode())
    for place in places:
        path = _PROJECT / place
        files = [path] if path.is_file() else sorted(path.rglob("*.py"))
        for file in files:
            total.update(f"{file.relative_to(_PROJECT).as_posix()}\0".encode())
            total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()
