"""What people read of a class: index.html, grades.csv, a report and a page for each, of the current run.

All of it is made beside what is there, and takes its place when it is whole.
"""

from autograder.views.changing import INDEX, finish
from autograder.views.making import everybody, reports
from autograder.views.writing import Written, portraits, rows, write

__all__ = ["INDEX", "Written", "everybody", "finish", "portraits", "reports", "rows", "write"]
