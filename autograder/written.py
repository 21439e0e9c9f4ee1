"""Answers in words: which text of a notebook answers which question, and how it waits for a reader."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.homework import Homework, WrittenAnswer
from autograder.printable import printable_lines
from autograder.questions import WRITE_HERE, asks_for, ends_an_answer
from autograder.report import ANSWER, ExerciseReport, Verdict
from autograder.submission import Submission

# Characters of an answer that are kept: about six pages.
_LONGEST = 20_000
_CUT = " … (the rest is cut off: see the file)"
_TITLE = "Your answer"


def waiting(homework: Homework, submission: Submission) -> list[ExerciseReport]:
    """Each written answer as an exercise without points yet; one that is empty has none for good."""
    return [_report(homework, written, submission) for written in homework.written]


def answer_in(homework: Homework, written: WrittenAnswer, submission: Submission) -> str:
    """What was answered, cut where it is far too long; empty where nothing was."""
    answer = answer_to(written.name, homework.questions.get(written.name, ""), submission)
    return answer if len(answer) <= _LONGEST else answer[:_LONGEST] + _CUT


def _report(homework: Homework, written: WrittenAnswer, submission: Submission) -> ExerciseReport:
    points = float(written.points)
    answer = answer_in(homework, written, submission)
    if not answer:
        text = "No answer stands below the question in your notebook."
        return ExerciseReport(
            written.name, 0.0, points, "missing", [Verdict(ANSWER, 0.0, points, text, title=_TITLE)]
        )
    verdict = Verdict(ANSWER, 0.0, points, printable_lines(answer, 2 * _LONGEST), title=_TITLE)
    return ExerciseReport(written.name, 0.0, points, "written", [verdict])


def answer_to(name: str, question: str, submission: Submission) -> str:
    """What a student wrote below a question: in the cells after it, up to code or the next part, or in the
    question's own cell.

    Parameters
    ----------
    name
        Of the answer: the heading of the question has it between backquotes.
    question
        As students were given it.
    submission
        A notebook; Python has no text cells, and so no answer.
    """
    return "\n\n".join(filter(None, map(_own, _texts(name, question, submission)))).strip()


def _texts(name: str, question: str, submission: Submission) -> Iterator[str]:
    """The text cells that may hold an answer, without what was given."""
    found: int | None = None
    for number, text in submission.prose:
        if asks_for(name, text):
            found = number
            yield _beyond(question, text)
        elif number != found or (text.strip() and ends_an_answer(text)):
            found = None
        else:
            yield text


def _beyond(question: str, text: str) -> str:
    """What was added to a question; nothing where that cannot be told from what was changed in it."""
    given = question.strip()
    return text.strip().removeprefix(given) if given and text.strip().startswith(given) else ""


def _own(text: str) -> str:
    return text.replace(WRITE_HERE, "").strip()
