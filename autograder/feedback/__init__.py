"""A report becomes what its student reads: a self-contained page, or text for a terminal.

Every string of a report may come from a hostile student. The page has no script, no link out and no way to
load anything; all text is escaped by the template engine, and control characters become visible.
"""

from __future__ import annotations

import base64
import hashlib
import re
import textwrap
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.feedback.plot import layout
from autograder.printable import number, printable, printable_lines
from autograder.report import Example, ExerciseReport, Formula, Report, Status, Verdict

if TYPE_CHECKING:
    import jinja2

_TEMPLATES = Path(__file__).parents[1] / "templates"

SIGNS = {"right": "✓", "part": "◐", "wrong": "✗", "open": "·"}


@dataclass(frozen=True)
class Standing:
    """How an exercise stands, in words: a sign, a few words, and a sentence on what that means."""

    sign: str
    word: str
    sentence: str = ""


STANDINGS: dict[Status, Standing] = {
    "passed": Standing("✓", "All right"),
    "partial": Standing("◐", "Partly right"),
    "failed": Standing("✗", "Not right yet"),
    "not_started": Standing(
        "○", "Not started", "This function still is as it was handed out, so there was nothing to check yet."
    ),
    "missing": Standing(
        "?",
        "Not found",
        "Your file has no function of this name once it has run. Check the spelling, and whether the code "
        "above it stops with an error.",
    ),
    "error": Standing(
        "!", "Stopped with an error", "Your code raised an error before its result could be judged."
    ),
    "timeout": Standing(
        "∞", "Took too long", "Your code was stopped after the time limit. Look for a loop that never ends."
    ),
    "grader_fault": Standing(
        "⚑",
        "Our fault",
        "Something broke on our side while this exercise was graded. It is not your mistake, and you lost no "
        "points for it. Tell your instructor, so that it is graded again.",
    ),
}


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

    sheet, digest = style("checks.css", "feedback.css")
    return _template("feedback.html.jinja").render(
        report=report,
        title=homework_title or report.homework,
        headline=headline(report),
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


def cell_text(exercise: ExerciseReport, width: int = 88) -> str:
    """The same as plain text."""
    return "\n".join(printable_lines(line) for line in _exercise_text(exercise, width))


def text(report: Report, width: int = 88) -> str:
    """The same for a terminal: plain text without a single control character but line breaks."""
    lines = [
        f"{report.homework}: feedback for {report.student}",
        *_wrapped(
            f"{number(report.score)} of {number(report.max_score)} points. {headline(report)}", width, ""
        ),
    ]
    if report.notes:
        lines += [
            "",
            "About your file",
            *(line for note in report.notes for line in _wrapped(note, width, "  ", "- ")),
        ]
    for exercise in report.exercises:
        lines += ["", *_exercise_text(exercise, width)]
    if report.output.strip():
        lines += ["", "Your code printed", textwrap.indent(printable_lines(report.output).rstrip(), "  | ")]
    return "\n".join(printable_lines(line) for line in lines) + "\n"


def headline(report: Report) -> str:
    """The report in a sentence or two: what is done, and where to look first."""
    exercises = report.exercises
    ours = any(exercise.status == "grader_fault" for exercise in exercises)
    excuse = " Part of the grading failed on our side: you lost no points for that." if ours else ""
    if not exercises:
        return "Nothing could be graded; the note on your file says why."
    done = [exercise for exercise in exercises if exercise.status == "passed"]
    if len(done) == len(exercises):
        return "Everything is right. Well done!"
    if all(exercise.status == "not_started" for exercise in exercises):
        return "Nothing is started yet. Pick any exercise: each is graded on its own."
    if report.score == 0 and report.notes:
        return f"No points yet, but that can change: start with the note on your file.{excuse}"
    if report.score == 0:
        return f"No points yet, but that can change: start with what each exercise below says first.{excuse}"
    return f"{len(done)} of {len(exercises)} exercises are all right.{excuse}"


def check_name(verdict: Verdict) -> str:
    """What a check is called; in reports that do not say, its id."""
    return verdict.title or verdict.check


def _share(report: Report) -> float:
    """Score as a percentage of the maximum, whatever nonsense the two are."""
    if not report.max_score > 0:
        return 0.0
    share = 100 * report.score / report.max_score
    return round(min(max(share, 0.0), 100.0), 2) if share == share else 0.0


@cache
def _template(name: str) -> jinja2.Template:
    environment = template_environment()
    environment.globals.update(mark=_mark, worth_opening=_worth_opening, signs=SIGNS)
    return environment.get_template(name)


def template_environment() -> jinja2.Environment:
    """What pages are made with: everything is escaped, and control characters become visible."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # Called on every value that is printed, so none can be forgotten.
        finalize=_visible,
    )
    environment.filters.update(number=number, check_name=check_name, layout=layout)
    return environment


def style(*names: str) -> tuple[str, str]:
    """Style sheets of the templates as one text, and its SHA-256 as a page's security policy takes it."""
    text = "".join((_TEMPLATES / name).read_text("utf-8") for name in names)
    return text, base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _visible(value: Any) -> Any:
    return printable_lines(value) if type(value) is str else value


def _mark(verdict: Verdict, exercise: ExerciseReport) -> str:
    """How a check went: ``right``, ``part`` or ``wrong``; ``open`` where nothing was judged."""
    if exercise.status in ("not_started", "missing", "grader_fault"):
        return "open"
    if verdict.score >= verdict.max_score:
        return "right"
    return "part" if verdict.score > 0 else "wrong"


def _worth_opening(exercise: ExerciseReport, notes: list[str]) -> bool:
    """Whether the page shows it unfolded: not what is right, nor what is absent for a reason told above."""
    if exercise.status in ("not_started", "missing"):
        return any(verdict.message not in ("", *notes) for verdict in exercise.verdicts)
    return exercise.status != "passed"


def _exercise_text(exercise: ExerciseReport, width: int) -> list[str]:
    standing = STANDINGS[exercise.status]
    points = f"{number(exercise.score)} of {number(exercise.max_score)}"
    lines = [f"{standing.sign} {printable(exercise.name)}: {standing.word}, {points}"]
    lines += _wrapped(standing.sentence, width, "  ")
    said = ""
    for verdict in exercise.verdicts:
        sign = SIGNS[_mark(verdict, exercise)]
        points = f"{number(verdict.score)} of {number(verdict.max_score)}"
        lines.append(f"  {sign} {printable(check_name(verdict))}: {points}")
        # Checks that fail for one reason say so once.
        if verdict.message != said:
            lines += _wrapped(verdict.message, width, "    ")
        said = verdict.message
        lines += _example_text(verdict.example)
        lines += _formula_text(verdict.formula, width)
        if verdict.curves is not None:
            lines += _wrapped(f"{verdict.curves.title}: {layout(verdict.curves).summary}", width, "    ")
    return lines


def _example_text(example: Example | None) -> list[str]:
    if example is None:
        return []
    rows = [("called", example.call), ("returned", example.got), ("expected", example.expected)]
    return [
        f"    {label + ':':<10}" + printable_lines(value).replace("\n", "\n" + " " * 14)
        for label, value in rows
        if value is not None
    ]


def _formula_text(formula: Formula | None, width: int) -> list[str]:
    if formula is None:
        return []
    sizes = f" With {formula.sizes}." if formula.sizes else ""
    sentences = [f"your code computes {formula.yours}.{sizes} {formula.legend}".strip()]
    if formula.right is not None:
        sentences.append(f"the derivative is {formula.right}.")
    if formula.difference is not None:
        sentences.append(f"the difference: {formula.difference}")
    return [line for sentence in sentences for line in _wrapped(sentence, width, "    ")]


def _wrapped(sentences: str, width: int, indent: str, bullet: str = "") -> list[str]:
    lines = [
        line
        for part in printable_lines(sentences).splitlines()
        for line in textwrap.wrap(part, width - len(indent) - len(bullet)) or [""]
    ]
    return [f"{indent}{bullet if i == 0 else ' ' * len(bullet)}{line}" for i, line in enumerate(lines)]
