"""A report as plain text, without a single control character but line breaks."""

from __future__ import annotations

import textwrap

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
from autograder.printable import number, printable, printable_lines
from autograder.report import Example, ExerciseReport, Formula, Report, Verdict


def cell_text(exercise: ExerciseReport, width: int = 88) -> str:
    """The feedback on one exercise as plain text.

    Parameters
    ----------
    exercise
        As it counts, with points by hand.
    width
        Characters in a line; only sentences are wrapped.
    """
    return "\n".join(printable_lines(line) for line in _exercise_text(exercise, width))


def text(report: Report, width: int = 88) -> str:
    """All feedback for a terminal: plain text without a single control character but line breaks.

    Parameters
    ----------
    report
        As the student is to read it.
    width
        Characters in a line; only sentences are wrapped.
    """
    lines = [
        f"{report.homework}: feedback for {report.student}",
        *_wrapped(
            f"{number(report.score)} of {number(report.max_score)} points. {headline(report)}", width, ""
        ),
    ]
    for told in filter(None, (guessed(report), handed_in(report))):
        lines += _wrapped(told, width, "")
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


def _exercise_text(exercise: ExerciseReport, width: int) -> list[str]:
    standing = STANDINGS[exercise.status]
    lines = [f"{standing.sign} {printable(exercise.name)}: {standing.word}, {points(exercise)}"]
    lines += _wrapped(sentence(exercise), width, "  ")
    said = ""
    for verdict in exercise.verdicts:
        sign = SIGNS[mark(verdict, exercise)]
        lines.append(f"  {sign} {printable(check_name(verdict))}: {points(exercise, verdict)}")
        # Checks that fail for one reason say so once.
        lines += _verdict_text(verdict, width, with_message=verdict.message != said)
        said = verdict.message
    return lines


def verdict_text(verdict: Verdict, width: int = 88) -> str:
    """What there is to be said of one check, as plain text.

    Parameters
    ----------
    verdict
        On the check.
    width
        Characters in a line; only sentences are wrapped.
    """
    lines = (line.removeprefix("    ") for line in _verdict_text(verdict, width, with_message=True))
    return "\n".join(printable_lines(line) for line in lines)


def _verdict_text(verdict: Verdict, width: int, with_message: bool) -> list[str]:
    lines = _wrapped(verdict.message, width, "    ") if with_message else []
    lines += _example_text(verdict.example)
    lines += _formula_text(verdict.formula, width)
    if verdict.curves is not None:
        lines += _wrapped(f"{verdict.curves.title}: {layout(verdict.curves).summary}", width, "    ")
    return lines


def _example_text(example: Example | None) -> list[str]:
    if example is None:
        return []
    came = "happened" if example.gave_nothing else "returned"
    rows = [("called", example.call), (came, example.got), ("expected", example.expected)]
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
