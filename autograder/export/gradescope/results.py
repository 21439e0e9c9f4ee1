"""A report as Gradescope's ``results.json``: a test for each check, and nothing of a student's as markup."""

from __future__ import annotations

import base64
import html
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from autograder.feedback import STANDINGS, headline, image, verdict_text
from autograder.feedback.words import check_name, guessed, handed_in, sentence
from autograder.homework import GUESSES, Visibility
from autograder.printable import number, printable, printable_lines
from autograder.report import ExerciseReport, Report, Verdict, made_up

# Characters of one test's output.
_MOST = 12_000
_LATER: dict[Visibility, str] = {
    "after_due_date": "after the due date",
    "after_published": "when the grades are published",
    "hidden": "to your instructors only",
}
# From what students see at once to what they never see.
_STRICT: tuple[Visibility, ...] = ("visible", *_LATER)
FAILED = (
    "Your work could not be graded: the grader failed, and it is not your mistake. Your instructors see why, "
    "and can grade it again."
)


def results(report: Report, visibility: Mapping[str, Visibility], seconds: float) -> dict[str, Any]:
    """What Gradescope shows of a report.

    Parameters
    ----------
    report
        Any report; all its text is taken for hostile.
    visibility
        By exercise: when students see it.
    seconds
        How long it took.
    """
    tests: list[dict[str, Any]] = []
    for position, exercise in enumerate(report.exercises, start=1):
        when = visibility.get(exercise.name, "visible")
        for each in _tests(exercise, position):
            tests.append(each if when == "visible" else {**each, "visibility": when})
    tests += _guesses(report, [visibility.get(e.name, "visible") for e in report.exercises])
    shown = [e for e in report.exercises if visibility.get(e.name, "visible") == "visible"]
    if len(shown) < len(report.exercises):
        held = [visibility[e.name] for e in report.exercises if e not in shown]
        tests.insert(0, _summary(shown, held))
    return {
        "score": round(report.score, 4),
        "execution_time": round(seconds, 2),
        "output": _about(report, shown),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "tests": tests,
        "extra_data": {
            "grader": report.grader,
            "rubric": report.rubric,
            "submission": report.submission,
            "sandbox": report.sandbox,
            "not_judged": [e.name for e in report.exercises if e.status == "grader_fault"],
        },
    }


def failed(maximum: float) -> dict[str, Any]:
    """What Gradescope shows where nothing could be graded.

    Parameters
    ----------
    maximum
        The homework's points; 0 where they are not known.
    """
    test = {"name": "Not graded", "score": 0.0, "max_score": maximum, "status": "failed", "output": FAILED}
    return {
        "score": 0.0,
        "output": FAILED,
        "output_format": "text",
        "tests": [{**test, "output_format": "text"}],
    }


def _tests(exercise: ExerciseReport, position: int) -> Iterable[dict[str, Any]]:
    standing = STANDINGS[exercise.status]
    said = ""
    for count, verdict in enumerate(exercise.verdicts, start=1):
        intro = f"{standing.word}. {sentence(exercise)}".strip() if count == 1 else ""
        # checks that fail for one reason say so once
        told = verdict if verdict.message != said else msgspec.structs.replace(verdict, message="")
        said = verdict.message
        yield {
            "name": f"{printable(exercise.name)}: {printable(check_name(verdict))}",
            "number": f"{position}.{count}",
            "score": round(verdict.score, 4),
            "max_score": round(verdict.max_score, 4),
            "status": "passed" if verdict.score >= verdict.max_score else "failed",
            "output": _cut("\n\n".join(filter(None, (intro, verdict_text(told))))),
            "output_format": "text",
            "tags": _tags(exercise, verdict),
        }
        if verdict.curves is not None:
            yield _curve(exercise, verdict, f"{position}.{count}.1")


def _guesses(report: Report, visibilities: Iterable[Visibility]) -> Iterable[dict[str, Any]]:
    """What guesses give back. It tells how many points were lost, so it is shown when all exercises are."""
    if not report.guesses:
        return
    when = max(visibilities, key=_STRICT.index, default=_STRICT[0])
    yield {
        "name": "Guesses before the experiments",
        "number": f"{len(report.exercises) + 1}.1",
        "score": round(made_up(report.exercises, report.guesses), 4),
        "max_score": 0.0,
        "status": "passed",
        "output": guessed(report),
        "output_format": "text",
        "tags": [GUESSES],
        **({} if when == "visible" else {"visibility": when}),
    }


def _curve(exercise: ExerciseReport, verdict: Verdict, place: str) -> dict[str, Any]:
    """The drawing, as an extra: the same stands as a sentence in the check's own text.

    Only what the rubric wrote and numbers are in it.
    """
    assert verdict.curves is not None
    picture = base64.b64encode(image(verdict.curves).encode()).decode()
    title = html.escape(printable(verdict.curves.title))
    return {
        "name": f"{printable(exercise.name)}: learning curve",
        "number": place,
        "output": f'<p>{title}: yours (solid), reference (dashed)</p><img alt="{title}" '
        f'src="data:image/svg+xml;base64,{picture}">',
        "output_format": "html",
        "status": "passed" if verdict.score >= verdict.max_score else "failed",
        "tags": [printable(exercise.name), "curve"],
    }


def _tags(exercise: ExerciseReport, verdict: Verdict) -> list[str]:
    names = (exercise.name, verdict.check, exercise.status, verdict.misconception or "")
    return [printable(name) for name in dict.fromkeys(names) if name]


def _summary(shown: Sequence[ExerciseReport], held: Sequence[Visibility]) -> dict[str, Any]:
    """What can be seen now: while a test is held back, Gradescope shows no total."""
    score = f"{number(sum(e.score for e in shown))} of {number(sum(e.max_score for e in shown))} points"
    later = ", ".join(f"{held.count(when)} {_LATER[when]}" for when in dict.fromkeys(held))
    exercises = "exercise is" if len(held) == 1 else "exercises are"
    text = f"{score} for what is shown below. {len(held)} more {exercises} graded, and shown later: {later}."
    return {"name": "Shown now", "number": "0", "output": text, "output_format": "text", "status": "passed"}


def _about(report: Report, shown: Sequence[ExerciseReport]) -> str:
    """The report as a whole; of exercises that are held back it tells nothing."""
    everything = len(shown) == len(report.exercises)
    part = msgspec.structs.replace(
        report,
        exercises=list(shown),
        score=report.score if everything else sum(e.score for e in shown),
    )
    first = headline(part) if shown else "Your work is graded; the results are shown later."
    lines = [line for line in (first, handed_in(report)) if line]
    lines += [f"- {printable_lines(note)}" for note in report.notes]
    if report.output.strip() and everything:
        lines += ["", "Your code printed:", printable_lines(report.output).rstrip()]
    return _cut("\n".join(lines))


def _cut(text: str) -> str:
    text = printable_lines(text, limit=2 * _MOST)
    return text if len(text) <= _MOST else f"{text[:_MOST]}…"
