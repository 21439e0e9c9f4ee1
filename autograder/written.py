"""Answers in words: which text of a notebook answers which question, and how it waits for a reader."""

from __future__ import annotations

import re
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
# A person looks for it: where its question was deleted nobody can tell which text is the answer.
_NO_QUESTION = (
    "The question is not in the notebook any more. Whoever grades looks for the answer in the file."
)
_QUOTES = ('"', "'")
# What no sentence has, and code nearly always; and the words that a sentence has at least.
_LIKE_CODE = re.compile(
    r"^(?:def|class|import|from|return|try|[@%!])\b|^(?:for|while|if|with)\b.*:$|=|\w\(|\w\["
)
_FEW_WORDS = 3


def waiting(homework: Homework, submission: Submission) -> list[ExerciseReport]:
    """Each written answer as an exercise without points yet. One that is empty has none for good, but where
    its question is not in the notebook any more.

    Parameters
    ----------
    homework
        The one with the written answers.
    submission
        What was handed in; only a notebook has answers.
    """
    return [_report(homework, written, submission) for written in homework.written]


def answer_in(homework: Homework, written: WrittenAnswer, submission: Submission) -> str:
    """What was answered, cut where it is far too long; empty where nothing was.

    Parameters
    ----------
    homework
        The one with the questions.
    written
        Which of its answers.
    submission
        What was handed in; only a notebook has answers.
    """
    answer = answer_to(written.name, homework.questions.get(written.name, ""), submission)
    return answer if len(answer) <= _LONGEST else answer[:_LONGEST] + _CUT


def _report(homework: Homework, written: WrittenAnswer, submission: Submission) -> ExerciseReport:
    points = float(written.points)
    answer = answer_in(homework, written, submission)
    if not answer and submission.prose and not any(asks_for(written.name, t) for _, t in submission.prose):
        answer = _NO_QUESTION
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
    found = filter(None, map(_own, _texts(name, question, submission)))
    return "\n\n".join(found).strip() or "\n\n".join(_in_other_cells(name, submission))


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


def _in_other_cells(name: str, submission: Submission) -> Iterator[str]:
    """What is written below a question in cells of another kind: raw ones, and code that is words alone."""
    place = next((k for k, (_, text) in enumerate(submission.prose) if asks_for(name, text)), None)
    if place is None:
        return
    number, end = submission.prose[place][0], place + 1
    while end < len(submission.prose) and submission.prose[end][0] == number:
        text = submission.prose[end][1]
        if text.strip() and ends_an_answer(text):
            break
        end += 1
    else:  # code comes next, and no other part
        code = submission.cells[number] if number < len(submission.cells) else ""
        if words := _words(code):
            yield words
    for count, above, text in submission.raw:
        if count == number and place < above <= end and (own := _own(text)):
            yield own


def _words(code: str) -> str:
    """The text of a code cell that holds nothing but comments, a string or words; it is not parsed."""
    text = code.strip()
    lines = [line.strip() for line in text[:_LONGEST].splitlines() if line.strip()]
    if (text.startswith(_QUOTES) and text.endswith(_QUOTES)) or all(line.startswith("#") for line in lines):
        bare = (line.lstrip("#").strip().strip("\"'") for line in code.splitlines())
        return _own("\n".join(bare))
    is_words = len(code.split()) >= _FEW_WORDS and not any(map(_LIKE_CODE.search, lines))
    return _own(code) if is_words else ""


def _beyond(question: str, text: str) -> str:
    """What was added to a question; nothing where that cannot be told from what was changed in it."""
    given = question.strip()
    return text.strip().removeprefix(given) if given and text.strip().startswith(given) else ""


def _own(text: str) -> str:
    return text.replace(WRITE_HERE, "").strip()
