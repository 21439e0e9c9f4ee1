"""The class at a glance: what a class did not understand, and who, as one page for staff.

`glance` is what is kept of one person, `counting` counts a class, `overlay` and `histogram` lay out what is
drawn, `page` makes the file, `plain` a few
lines for a terminal.
"""

from autograder.class_page.glance import Alike, Glance, Portrait, glance_of
from autograder.class_page.page import MOST_ROWS, SIMILAR, pieces
from autograder.class_page.plain import lines

__all__ = ["MOST_ROWS", "SIMILAR", "Alike", "Glance", "Portrait", "glance_of", "lines", "pieces"]
