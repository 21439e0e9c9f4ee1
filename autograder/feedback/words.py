"""How a report is put into words: headlines, standings, the names of checks and their marks."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.printable import number
from autograder.report import ExerciseReport, Report, Status, Verdict, is_open, is_written, lost, made_up

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
        "○", "Not started", "This function is not written yet, so there was nothing to check."
    ),
    "missing": Standing("?", "Not found"),
    "error": Standing(
        "!", "Stopped with an error", "Your code raised an error before its result could be judged."
    ),
    "timeout": Standing(
        "∞", "Took too long", "Your code was stopped after the time limit. Look for a loop that never ends."
    ),
    "grader_fault": Standing(
        "⚑",
        "Not judged",
        "Something broke on our side while this exercise was graded. It is not your mistake. Your mark is "
        "not complete until it is graded again: tell your instructor.",
    ),
    "written": Standing(
        "✎",
        "To be read",
        "A person reads this answer and gives the points. Until then your mark is not complete.",
    ),
}


def headline(report: Report) -> str:
    """The report in a sentence or two: what is done, and where to look first."""
    exercises = [exercise for exercise in report.exercises if exercise.status != "written"]
    ours = any(exercise.status == "grader_fault" for exercise in exercises)
    excuse = " Part of the grading failed on our side: this mark is not complete yet." if ours else ""
    if len(exercises) < len(report.exercises):
        excuse += " What you wrote in words is still to be read."
    if not exercises:
        return "Nothing could be graded; the note on your file says why."
    done = [exercise for exercise in exercises if exercise.status == "passed"]
    if len(done) == len(exercises):
        return f"Everything is right. Well done!{excuse}"
    if all(exercise.status == "not_started" for exercise in exercises):
        return "Nothing is started yet. Pick any exercise: each is graded on its own."
    if report.score == 0 and report.notes:
        return f"No points yet, but that can change: start with the note on your file.{excuse}"
    if report.score == 0:
        return f"No points yet, but that can change: start with what each exercise below says first.{excuse}"
    return f"{len(done)} of {len(exercises)} exercises are all right.{excuse}"


def guessed(report: Report) -> str:
    """How many guesses a student committed to, and what they give back; empty where they have no points."""
    guesses = report.guesses
    if not guesses:
        return ""
    back = number(made_up(report.exercises, guesses))
    if back != "0":
        what = f"{back} lost {'point comes' if back == '1' else 'points come'} back"
    elif number(lost(report.exercises)) == "0":
        what = "you lost no points that they could give back"
    else:
        what = "whoever commits to some gets lost points back, right or wrong"
    return f"Guesses: {guesses.committed} of {guesses.count} committed; {what}. {guesses.text}".strip()


def handed_in(report: Report) -> str:
    """Which attempt was graded, and what lateness cost; empty where there is nothing to be told."""
    told = report.handed_in
    if told is None:
        return ""
    which = f"This is your attempt {told.attempt} of {told.attempts}." if told.attempts else ""
    return " ".join(filter(None, (which, told.note)))


def sentence(exercise: ExerciseReport) -> str:
    """What an exercise's standing means; where a person gave the points, how many, and why."""
    if exercise.by_hand is None:
        unwritten = exercise.status == "missing" and is_written(exercise)
        return "" if unwritten else STANDINGS[exercise.status].sentence
    points = f"{number(exercise.score)} of {number(exercise.max_score)} points were given by hand"
    why = exercise.by_hand.why.rstrip(".")
    if is_written(exercise):
        return f"{points}{f': {why}' if why else ''}."
    return f"{points}: {why}. The automatic checks gave {number(exercise.by_hand.judged)}."


def points(exercise: ExerciseReport, check: Verdict | None = None) -> str:
    """How many of how many, of one of its checks where that is given; a dash where it is not known yet.

    Parameters
    ----------
    exercise
        Whose points are told, or whose check it is.
    check
        One of its checks; None for the exercise as a whole.
    """
    part = check or exercise
    return f"{'–' if is_open(exercise) else number(part.score)} of {number(part.max_score)}"


def check_name(verdict: Verdict) -> str:
    """What a check is called; in reports that do not say, its id."""
    return verdict.title or verdict.check


def mark(verdict: Verdict, exercise: ExerciseReport) -> str:
    """How a check went: ``right``, ``part`` or ``wrong``; ``open`` where nothing was judged.

    Parameters
    ----------
    verdict
        On the check.
    exercise
        The exercise that the check is of.
    """
    if exercise.status in ("not_started", "missing") or is_open(exercise):
        return "open"
    if verdict.score >= verdict.max_score:
        return "right"
    return "part" if verdict.score > 0 else "wrong"
