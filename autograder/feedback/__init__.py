"""A report becomes what its student reads: a self-contained page, or text for a terminal.

Every string of a report may come from a hostile student.
"""

from autograder.feedback.page import cell, image, page, style, template_environment
from autograder.feedback.plain import cell_text, text, verdict_text
from autograder.feedback.words import SIGNS, STANDINGS, Standing, headline

__all__ = [
    "SIGNS",
    "STANDINGS",
    "Standing",
    "cell",
    "cell_text",
    "headline",
    "image",
    "page",
    "style",
    "template_environment",
    "text",
    "verdict_text",
]
