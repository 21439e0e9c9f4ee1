"""The guesses of a homework with their answers, for instructors; the questions come from the notebook."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.asking import asked
from autograder.handbook.formulas import prose
from autograder.homework import Guess, Homework

if TYPE_CHECKING:
    from markupsafe import Markup

# Where a choice begins, on a line of its own.
_CHOICE = r"^(?:[-*] *)?\((?:{})\) +"


@dataclass(frozen=True)
class AnsweredGuess:
    """A guess as the handbook shows it, with MathML.

    Parameters
    ----------
    name
        Of the guess.
    question
        As students read it, without the choices.
    answer
        The right choice with its text, or the number with its unit.
    why
        As the rubric has it.
    """

    name: str
    question: Markup
    answer: Markup
    why: Markup


def answered(homework: Homework, course: Path) -> list[AnsweredGuess]:
    """The guesses in the rubric's order.

    Parameters
    ----------
    homework
        Has the guesses with their answers.
    course
        The folder that holds ``solutions/``.

    Raises
    ------
    HomeworkError
        When a formula cannot be shown.
    """
    notebook = course / "solutions" / homework.name / f"{homework.name}.py"
    texts = {cell.name: cell.question for cell in asked(notebook) or ()}
    return [_answered(guess, texts.get(guess.name, "")) for guess in homework.guesses]


def _answered(guess: Guess, text: str) -> AnsweredGuess:
    question, choices = _parts(guess, text)
    if guess.number:
        answer = f"{guess.right:g} {guess.unit}".strip() + "."
    else:
        answer = f"({guess.right}) {choices.get(str(guess.right), '')}".strip()
    return AnsweredGuess(guess.name, prose(question), prose(answer), prose(guess.why))


def _parts(guess: Guess, text: str) -> tuple[str, dict[str, str]]:
    """The last paragraph before the choices, and the text of each choice, as plain lines."""
    found: list[re.Match[str]] = []
    if guess.choices:
        pattern = _CHOICE.format("|".join(map(re.escape, guess.choices)))
        found = list(re.finditer(pattern, text, re.MULTILINE))
    ends = [match.start() for match in found[1:]] + [len(text)]
    choices = {
        match[0].strip(" -*()"): _plain(text[match.end() : end])
        for match, end in zip(found, ends, strict=False)
    }
    before = text[: found[0].start()] if found else text
    question = before.strip().split("\n\n")[-1]
    return _plain(re.sub(r"^\*\*[^*]+\*\* ", "", question)), choices


def _plain(text: str) -> str:
    """On one line, without Markdown's signs for bold text and code."""
    return " ".join(re.sub(r"\*\*|`", "", text).split())
