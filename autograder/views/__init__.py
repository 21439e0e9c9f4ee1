"""What people read of a class: index.html, grades.csv, a report and a page for each, of the current run.

All of it is made beside what is there, and takes its place when it is whole.
"""

from autograder.views.changing import finish, insist_on_places
from autograder.views.files import ANSWERS, FEEDBACK, INDEX
from autograder.views.making import Sheets, everybody, report_of, reports
from autograder.views.writing import Written, portraits, rows, set_alike, write

__all__ = [
    "ANSWERS",
    "FEEDBACK",
    "INDEX",
    "Sheets",
    "Written",
    "everybody",
    "finish",
    "insist_on_places",
    "portraits",
    "report_of",
    "reports",
    "rows",
    "set_alike",
    "write",
]
