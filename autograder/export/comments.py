"""What a student reads beside a mark, in a cell or a comment: short, and the same as the page says.

Every string of a report may come from a hostile student: it is escaped in HTML, and printable in both forms.
"""

from __future__ import annotations

import html

from autograder.export.gradefile import Form
from autograder.feedback import STANDINGS, headline
from autograder.feedback.words import guessed
from autograder.printable import number, printable
from autograder.report import ExerciseReport, Report

# By these words a comment is known again, and is replaced when marks go out once more.
OURS = "Automatic feedback"
# Characters of one sentence, and of a whole comment.
_MOST, _WHOLE = 300, 6_000


def comment(report: Report, title: str, form: Form) -> str:
    """What there is to be said, on one line.

    Parameters
    ----------
    report
        Any report; all its text is taken for hostile.
    title
        The homework's, as students read it.
    form
        How the platform shows it.
    """
    score = f"{number(report.score)} of {number(report.max_score)} points"
    intro = [OURS, f"{title}: {score}. {headline(report)}"]
    intro += filter(None, [guessed(report)])
    if report.handed_in is not None and report.handed_in.note:
        intro.append(report.handed_in.note)
    told = [_told(exercise) for exercise in report.exercises]
    if form == "html":
        lead = "".join(f"<p>{_escaped(text)}</p>" for text in intro)
        items, length = [], len(lead)
        for text in told:
            item = f"<li>{_escaped(text)}</li>"
            length += len(item)
            if length > _WHOLE:
                break
            items.append(item)
        return f"{lead}<ul>{''.join(items)}</ul>"
    lead, *more = (printable(text) for text in intro[1:])
    whole = " ".join((f"{OURS}: {lead}", *more, *(f"[{each}]" for each in told)))
    return whole if len(whole) <= _WHOLE else f"{whole[:_WHOLE]}…"


def is_ours(cell: str) -> bool:
    """Whether a comment was made here, or there is none: what people wrote is never replaced."""
    return not cell.strip() or OURS in cell


def _told(exercise: ExerciseReport) -> str:
    """One exercise: its points, and what is wrong first."""
    standing = STANDINGS[exercise.status]
    points = f"{number(exercise.score)} of {number(exercise.max_score)}"
    if exercise.by_hand is not None:
        reason = f"given by hand: {exercise.by_hand.why}"
    else:
        wrong = (v.message for v in exercise.verdicts if v.score < v.max_score and v.message)
        reason = next(wrong, "") if exercise.status != "passed" else ""
    reason = " ".join(printable(" ".join(reason.split())).split())
    if len(reason) > _MOST:
        reason = f"{reason[:_MOST]}…"
    lead = f"{printable(exercise.name)}: {standing.word.lower()}, {points}"
    return f"{lead}. {reason}" if reason else lead


def _escaped(text: str) -> str:
    return html.escape(printable(text))
