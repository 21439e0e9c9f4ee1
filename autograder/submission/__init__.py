"""Untrusted files become submissions: nothing is executed here, nothing parsed as Python.

`collecting` finds who handed in what: `listing` has all paths, `layouts` says whose each is. `handing` reads
one student's files with `opening`, `archive` and `reading`; `choosing` says which of them is the homework.
"""

from autograder.submission.collecting import Download, collect, collect_one, opened
from autograder.submission.errors import SubmissionError
from autograder.submission.reading import Submission, read
from autograder.submission.students import Candidates, Student
from autograder.submission.wanted import Wanted, wanted_of

__all__ = [
    "Candidates",
    "Download",
    "Student",
    "Submission",
    "SubmissionError",
    "Wanted",
    "collect",
    "collect_one",
    "opened",
    "read",
    "wanted_of",
]
