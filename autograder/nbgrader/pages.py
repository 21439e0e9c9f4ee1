"""nbgrader's feedback pages, complete in themselves: no script, nothing fetched, formulas as MathML."""

from __future__ import annotations

import re
from copy import deepcopy
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


class FeedbackExporter(HTMLExporter):
    """Makes the page of a graded notebook as nbgrader does, and takes out whatever could run or be fetched.

    nbgrader's own template loads MathJax and jQuery from other hosts, and forbids nothing.
    """

    def from_notebook_node(self, nb: Any, resources: Any = None, **keywords: Any) -> tuple[str, Any]:
        """The page of a notebook, and nbconvert's resources."""
        nb = deepcopy(nb)
        for cell in nb.cells:
            if cell.cell_type == "markdown":
                cell.source = _FORMULA.sub(_as_mathml, cell.source)
        page, resources = super().from_notebook_node(nb, resources, **keywords)
        head, marker, body = page.partition("</head>")
        head = _FETCHED.sub("", head).replace("<head>", f"<head>\n{_META}", 1)
        return head + marker + body, resources


def _as_mathml(match: re.Match[str]) -> str:
    """The formula, or the text as it stands where that is none."""
    latex = match["display"] or match["inline"]
    try:
        made = str(mathml(" ".join(latex.split()), inline=match["display"] is None))
    except HomeworkError:
        return match[0]
    return made if match["inline"] else f"\n\n<div>{made}</div>\n\n"
