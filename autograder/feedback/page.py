"""A report as a self-contained page.

The page has no script, no link out and no way to load anything. All text is escaped by the template engine,
and control characters become visible.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.feedback.plot import layout
from autograder.feedback.words import (
    SIGNS,
    STANDINGS,
    check_name,
    guessed,
    handed_in,
    headline,
    mark,
    points,
    sentence,
)
from autograder.printable import number, printable_lines
from autograder.report import Curves, ExerciseReport, Report

if TYPE_CHECKING:
    import jinja2
    from markupsafe import Markup

_CODE = re.compile(r"`([^`\n]+)`")
_TEMPLATES = Path(__file__).parents[1] / "templates"


def page(report: Report, homework_title: str = "") -> str:
    """One self-contained HTML page for a student.

    Parameters
    ----------
    report
        Any report; all its text is taken for hostile.
    homework_title
        As students read it; the homework's name where it is left out.
    """
    from markupsafe import Markup

    sheet, digest = style("palette.css", "checks.css", "feedback.css")
    return _template("feedback.html.jinja").render(
        report=report,
        title=homework_title or report.homework,
        headline=headline(report),
        guessed=guessed(report),
        handed_in=handed_in(report),
        share=_share(report),
        standings=STANDINGS,
        style=Markup(sheet),
        style_hash=digest,
    )


def cell(exercise: ExerciseReport) -> str:
    """One exercise as HTML to be shown below its cell of a notebook; its style touches nothing else there."""
    from markupsafe import Markup

    sheet, _ = style("cell.css", "checks.css")
    # a rem is the size that the page around it chose
    sheet = re.sub(r"([\d.]+)rem", lambda match: f"{16 * float(match[1]):g}px", sheet)
    return _template("cell.html.jinja").render(
        exercise=exercise, standing=STANDINGS[exercise.status], style=Markup(sheet)
    )


def image(curves: Curves) -> str:
    """A learning curve as an SVG that needs no page around it: light, whatever the reader's screen is."""
    from markupsafe import Markup

    palette = style("palette.css")[0].partition("@media")[0].replace("light dark", "light")
    sheet = f"{palette}{style('checks.css')[0]}.plot {{ background: var(--page); }}"
    return _template("plot.svg.jinja").render(curves=curves, style=Markup(sheet)).strip()


def _share(report: Report) -> float:
    """Score as a percentage of the maximum, whatever nonsense the two are."""
    if not report.max_score > 0:
        return 0.0
    share = 100 * report.score / report.max_score
    return round(min(max(share, 0.0), 100.0), 2) if share == share else 0.0


@cache
def _template(name: str) -> jinja2.Template:
    environment = template_environment()
    environment.globals.update(mark=mark, sentence=sentence, worth_opening=_worth_opening, signs=SIGNS)
    return environment.get_template(name)


def template_environment() -> jinja2.Environment:
    """What pages are made with: everything is escaped, and control characters become visible."""
    import jinja2

    from autograder.feedback.compiled import compiled_templates

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=compiled_templates(),
        # Called on every value that is printed, so none can be forgotten.
        finalize=_visible,
    )
    environment.filters.update(
        number=number, check_name=check_name, layout=layout, points=points, codes=codes
    )
    return environment


def style(*names: str) -> tuple[str, str]:
    """Style sheets of the templates as one text, and its SHA-256 as a page's security policy takes it."""
    text = "".join((_TEMPLATES / name).read_text("utf-8") for name in names)
    return text, base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def codes(text: str) -> Markup:
    """A sentence, escaped, its words between backticks as code.

    Examples
    --------
    >>> print(codes("Is `x < 1`?"))
    Is <code>x &lt; 1</code>?
    """
    from markupsafe import Markup, escape

    parts = _CODE.split(printable_lines(text))
    return Markup("").join(
        Markup("<code>{}</code>").format(p) if k % 2 else escape(p) for k, p in enumerate(parts)
    )


def _visible(value: Any) -> Any:
    return printable_lines(value) if type(value) is str else value


def _worth_opening(exercise: ExerciseReport, notes: list[str]) -> bool:
    """Whether the page shows it unfolded: not what is right, nor what is absent for a reason told above."""
    if exercise.status in ("not_started", "missing"):
        return any(verdict.message not in ("", *notes) for verdict in exercise.verdicts)
    return exercise.status != "passed"
