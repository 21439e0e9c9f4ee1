"""What is known of a class that was graded: runs, people, attempts, reports and marks given by hand.

`ledger.sqlite` in the output folder is the truth; tables, reports and pages are views of its current run.
"""

from autograder.ledger.errors import LedgerError
from autograder.ledger.opening import held, insist_on_one, known_at, opened
from autograder.ledger.rows import (
    JudgedFile,
    Mark,
    NewReport,
    Outline,
    Participant,
    Record,
    Run,
    RunFacts,
    outline_of,
)
from autograder.ledger.shown import is_shown_in
from autograder.ledger.store import Ledger
from autograder.ledger.whose import Whose, whose

__all__ = [
    "JudgedFile",
    "Ledger",
    "LedgerError",
    "Mark",
    "NewReport",
    "Outline",
    "Participant",
    "Record",
    "Run",
    "RunFacts",
    "Whose",
    "held",
    "insist_on_one",
    "is_shown_in",
    "known_at",
    "opened",
    "outline_of",
    "whose",
]
