"""What a report depends on, as digests: where they are the same, nothing needs to be judged again."""

from __future__ import annotations

import hashlib

from autograder.homework import Homework
from autograder.own_code import JUDGES, code_digest
from autograder.sandbox.limits import Limits
from autograder.submission import Submission


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
