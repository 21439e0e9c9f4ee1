"""What people read of a class: grades.csv, a report and a page for each; made from the ledger's current run.

All of it is made beside what is there, and takes its place when it is whole.
"""

from autograder.views.changing import finish
from autograder.views.making import reports
from autograder.views.writing import Written, rows, write

__all__ = ["Written", "finish", "reports", "rows", "write"]
