"""What is wrong with a folder of submissions, or with what was asked of it."""

from __future__ import annotations

from autograder.errors import AutograderError, CommandError


class SubmissionError(AutograderError):
    """Submissions that cannot be used; the message says what, where, and what to do next."""


class AskedError(SubmissionError, CommandError):
    """What was asked for cannot be: a place that is not there, a date or a rule that is none."""
