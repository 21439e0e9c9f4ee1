"""What people read of a class: index.html, grades.csv, a report and a page for each, of the current run.

All of it is made beside what is there, and takes its place when it is whole.
"""

from autograder.views.changing import INDEX, finish
from autograder.views.making import FEEDBACK, Sheets, everybody, report_of, reports
from autograder.views.writing import Written, portraits, rows, set_alike, write

__all__ = [
    "FEEDBACK",
    "INDEX",
    "Sheets",
    "Written",
    "everybody",
    "finish",
    "portraits",
    "report_of",
    "reports",
    "rows",
    "set_alike",
    "write",
]
