"""What lateness costs a report: the points that were earned and those that were taken off are kept apart."""

from __future__ import annotations

import msgspec

from autograder.printable import number
from autograder.report import HandedIn, Report
from autograder.submission.lateness import LateRule, in_words


def with_lateness(report: Report, told: HandedIn | None, rule: LateRule | None) -> Report:
    """The report with when it was handed in, and with what a rule takes off.

    Parameters
    ----------
    report
        Its score is what was earned.
    told
        What is known of the time; None leaves the report as it is.
    rule
        What lateness costs; None where it costs nothing.
    """
    if told is None:
        return report
    penalty = 0.0
    if rule is not None:
        penalty = rule.penalty(report.score, report.max_score, told.late_seconds, told.late)
    note = _note(told, penalty, report.score, rule)
    told = msgspec.structs.replace(told, raw_score=report.score if rule else None, penalty=penalty, note=note)
    return msgspec.structs.replace(report, score=report.score - penalty, handed_in=told)


def _note(told: HandedIn, penalty: float, earned: float, rule: LateRule | None) -> str:
    if not told.late and not told.late_seconds:
        return ""
    how = f"{in_words(told.late_seconds)} after it was due" if told.late_seconds else "late"
    came = f"It was handed in {how}"
    if penalty:
        return f"{came}: {number(penalty)} of {number(earned)} points are taken off."
    if rule is not None and told.late_seconds is None and rule.per:
        return f"{came}; the platform does not say how late, so nothing is taken off."
    return f"{came}." if rule is None else f"{came}: nothing is taken off."
