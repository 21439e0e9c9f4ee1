"""nbgrader's feedback pages, complete in themselves: no script, nothing fetched, formulas as MathML."""

from __future__ import annotations

import html
import re
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from nbconvert.exporters import HTMLExporter

from autograder.errors import HomeworkError
from autograder.handbook.formulas import mathml

# The styles of nbconvert and Bootstrap stand in the page, some of them at elements.
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; "
    "form-action 'none'"
)
_META = f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n<link rel="icon" href="data:,">'
# scripts, and fonts that lie beside a style sheet somewhere else
_FETCHED = re.compile(r"<script\b.*?</script\s*>|@font-face\s*\{[^}]*\}", re.IGNORECASE | re.DOTALL)
_FORMULA = re.compile(r"\$\$(?P<display>[^$]+)\$\$|\$(?P<inline>[^$\n]+)\$")
# Characters of a formula, of all formulas, of a cell's Markdown and of all Markdown; what is more is shown as
# it stands. The reader of Markdown takes the square of the length where \begin stands again and again.
_LONGEST_FORMULA, _MOST_FORMULAS = 1_000, 30_000
_LONGEST_MARKDOWN, _MOST_MARKDOWN = 10_000, 200_000


class FeedbackExporter(HTMLExporter):
    """Makes the page of a graded notebook as nbgrader does, and takes out whatever could run or be fetched.

    nbgrader's own template loads MathJax and jQuery from other hosts, and forbids nothing.
    """

    def from_notebook_node(self, nb: Any, resources: Any = None, **keywords: Any) -> tuple[str, Any]:
        """The page of a notebook, and nbconvert's resources.

        Parameters
        ----------
        nb
            A graded notebook of `nbformat`; it is not changed.
        resources, keywords
            As nbconvert hands them on.
        """
        nb = deepcopy(nb)
        shown = _Shown()
        for cell in nb.cells:
            if cell.cell_type == "markdown":
                cell.source = shown.markdown(cell.source)
        page, resources = super().from_notebook_node(nb, resources, **keywords)
        head, marker, body = page.partition("</head>")
        head = _FETCHED.sub("", head).replace("<head>", f"<head>\n{_META}", 1)
        return head + marker + body, resources


@dataclass
class _Shown:
    """How much Markdown, and how much of its formulas, may still be worked on in one notebook."""

    left: int = _MOST_MARKDOWN
    left_for_formulas: int = _MOST_FORMULAS

    def markdown(self, text: str) -> str:
        """A cell's text with its formulas as MathML; as it stands, where there is too much of it."""
        if len(text) > min(self.left, _LONGEST_MARKDOWN):
            lines = html.escape(text).replace("\n", "&#10;")  # a blank line would end the HTML in Markdown
            return f"<pre>{lines}</pre>"
        self.left -= len(text)
        return _FORMULA.sub(self._formula, text)

    def _formula(self, match: re.Match[str]) -> str:
        """The formula, or the text as it stands where that is none."""
        latex = match["display"] or match["inline"]
        if len(latex) > min(self.left_for_formulas, _LONGEST_FORMULA):
            return match[0]
        self.left_for_formulas -= len(latex)
        try:
            made = str(mathml(" ".join(latex.split()), inline=match["display"] is None))
        except HomeworkError:
            return match[0]
        return made if match["inline"] else f"\n\n<div>{made}</div>\n\n"
