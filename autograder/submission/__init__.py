"""Untrusted files become submissions: nothing is executed here, nothing parsed as Python.

`collecting` finds who handed in what, `opening` opens it without following anything, `reading` turns
its bytes into cells.
"""

from autograder.submission.collecting import Candidates, SubmissionError, collect, collect_one
from autograder.submission.reading import Submission, read

__all__ = ["Candidates", "Submission", "SubmissionError", "collect", "collect_one", "read"]
