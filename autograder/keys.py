"""What a report depends on, as digests: where they are the same, nothing needs to be judged again."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from pathlib import Path

import numpy as np

from autograder.homework import Homework
from autograder.sandbox.limits import Limits
from autograder.submission import Submission

# All code that a report of one submission depends on; tests/test_house.py compares it with what is imported.
JUDGES = (
    *("symbolic_checks", "autograder/sandbox", "autograder/judging", "autograder/rules", "autograder/kit"),
    *("autograder/errors.py", "autograder/printable.py", "autograder/report.py", "autograder/handouts.py"),
    *("autograder/homework.py", "autograder/rubric.py", "autograder/course.py", "autograder/explaining.py"),
    *("autograder/apart.py", "autograder/budget.py", "autograder/grading.py", "autograder/grader.py"),
    *("autograder/questions.py", "autograder/written.py", "autograder/committed.py"),
    "autograder/percent.py",
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


def judge_digest(homework: Homework, level: str, limits: Limits) -> str:
    """Of all that a report depends on beside the rubric, the student's secret and the submission.

    Parameters
    ----------
    homework
        Has what the other homeworks of the course hand out.
    level
        Of the sandbox.
    limits
        What a submission may use.
    """
    given = sorted(
        (each.homework, sorted(each.exercises), sorted(each.given.items())) for each in homework.handouts
    )
    return _digest(code_digest(*JUDGES), level, repr(limits), repr(given))


def key_of(submission: Submission, rubric: str, judge: str, secret: bytes) -> str:
    """The key of the report that these make.

    Parameters
    ----------
    submission
        The file as it was read.
    rubric
        A digest of the homework's files, see `autograder.course.digest`.
    judge
        As `judge_digest` gives it.
    secret
        What the student's probes are drawn from.
    """
    return _digest(repr(submission), rubric, judge, hashlib.sha256(secret).hexdigest())


def _digest(*texts: str) -> str:
    total = hashlib.sha256()
    for text in texts:
        total.update(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest())
    return total.hexdigest()
