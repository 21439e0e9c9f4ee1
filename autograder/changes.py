"""What a run changed: whose mark is another one than in a run before, and why, check by check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder.feedback.words import check_name
from autograder.ledger import Ledger, Participant, Run
from autograder.printable import number, printable
from autograder.report import ExerciseReport, Report, Verdict, made_up
from autograder.views import Sheets, report_of

_MESSAGE = 160


@dataclass(frozen=True)
class GradedRun:
    """A run, and the ledger it stands in."""

    ledger: Ledger
    run: Run


@dataclass(frozen=True)
class Compared:
    """One person in two runs; without a report where nothing was handed in, or the person was not there.

    ``there`` tells whether they were in the run before, and in the one after it.
    """

    student: str
    before: Report | None
    after: Report | None
    there: tuple[bool, bool] = (True, True)

    @property
    def change(self) -> float:
        """How many points more they have."""
        return _score(self.after) - _score(self.before)

    @property
    def has_other_mark(self) -> bool:
        """Whether the mark is another one, or the person is in one of the runs alone."""
        return round(self.change, 4) != 0 or not all(self.there)

    @property
    def reads_other(self) -> bool:
        """Whether anything that they read of their exercises is another text."""
        return _told(self.before) != _told(self.after)


def compared(old: GradedRun, new: GradedRun, only: str = "") -> Iterator[Compared]:
    """Everybody in two runs of whom anything is not the same, sorted by name.

    Parameters
    ----------
    old, new
        What is compared.
    only
        A slug in the new run, where only one person is asked for.
    """
    sheets, sheets_before = Sheets(new.ledger, new.run), Sheets(old.ledger, old.run)
    people = list(new.ledger.people(new.run.number))
    pairs = paired(list(old.ledger.people(old.run.number)), people)
    for person in people:
        if only and person.slug != only:
            continue
        before = pairs.get(person.slug)
        if before is not None and sheets.inputs(person.slug) == sheets_before.inputs(before.slug):
            continue
        after = report_of(sheets.sheet(person.slug))
        was = report_of(sheets_before.sheet(before.slug)) if before else None
        yield Compared(person.student, was, after, (before is not None, True))
    if not only:
        known = {person.slug for person in pairs.values()}
        for person in old.ledger.people(old.run.number):
            if person.slug not in known:
                was = report_of(sheets_before.sheet(person.slug))
                yield Compared(person.student, was, None, (True, False))


def paired(old: Sequence[Participant], new: Sequence[Participant]) -> dict[str, Participant]:
    """Who of an old run is who of a new one, by the new one's slugs: by what identifies them. Where that is
    the same of several, as of names that are stored in two ways, the name of their files tells them apart.

    Parameters
    ----------
    old, new
        Everybody with a row in the old run, and in the new one.
    """
    known: dict[str, list[Participant]] = {}
    for person in old:
        for text in person.known_as:
            known.setdefault(text, []).append(person)
    found = {}
    for person in new:
        for text in person.known_as:
            some = known.get(text, [])
            alike = [each for each in some if (each.slug, each.student) == (person.slug, person.student)]
            if len(some) == 1 or alike:
                found[person.slug] = (alike or some)[0]
                break
    return found


def about_runs(old: Run, new: Run) -> Iterator[str]:
    """What is not the same of two runs as a whole, in sentences.

    Parameters
    ----------
    old, new
        The run before, and the one after it.
    """
    yield (
        f"Run {old.number} ({old.begun[:16].replace('T', ' ')}) and run {new.number} "
        f"({new.begun[:16].replace('T', ' ')})."
    )
    if old.facts.rubric != new.facts.rubric:
        yield "The homework's rubric or solution was changed."
    if old.facts.judge != new.facts.judge:
        yield "The grader, a limit or the sandbox's level was changed."
    if old.facts.late != new.facts.late:
        rules = [f'"{printable(rule)}"' if rule else "nothing" for rule in (old.facts.late, new.facts.late)]
        yield f"Lateness now costs {rules[1]}; before, it was {rules[0]}."


def lines(person: Compared) -> Iterator[str]:
    """Why somebody has another mark, as text for a terminal."""
    name = printable(person.student)
    if not person.there[1]:
        yield f"{name}: {number(_score(person.before))} → not in this run"
        return
    was = number(_score(person.before)) if person.there[0] else "not there"
    most = person.after or person.before
    of = f" of {number(most.max_score)}" if most else ""
    why = _why(person.before, person.after, person.there[0])
    yield f"{name}: {was} → {number(_score(person.after))}{of}{f' ({why})' if why else ''}"
    if person.before is None or person.after is None:
        return
    exercises = {exercise.name: exercise for exercise in person.before.exercises}
    for exercise in person.after.exercises:
        yield from _exercise_lines(exercises.pop(exercise.name, None), exercise)
    for exercise in exercises.values():
        yield f"  {printable(exercise.name)}: {number(exercise.score)} → no exercise any more"
    before, after = (made_up(report.exercises, report.guesses) for report in (person.before, person.after))
    if number(before) != number(after):
        yield f"  Guesses: {number(before)} given back → {number(after)}"
    before, after = (_penalty(report) for report in (person.before, person.after))
    if before != after:
        yield f"  Lateness: {number(before)} taken off → {number(after)}"


def _exercise_lines(before: ExerciseReport | None, after: ExerciseReport) -> Iterator[str]:
    was = number(before.score) if before else "no such exercise"
    if before and (before.score, before.max_score) == (after.score, after.max_score):
        return
    yield f"  {printable(after.name)}: {was} → {number(after.score)} of {number(after.max_score)}"
    for report, word in ((before, "was"), (after, "is")):
        if report and report.by_hand:
            yield f"    {word} given by hand: {printable(report.by_hand.why)}"
    verdicts = {verdict.check: verdict for verdict in before.verdicts} if before else {}
    for verdict in after.verdicts:
        yield from _check_lines(verdicts.get(verdict.check), verdict)


def _check_lines(before: Verdict | None, after: Verdict) -> Iterator[str]:
    if before and (before.score, before.max_score) == (after.score, after.max_score):
        return
    was = number(before.score) if before else "no such check"
    yield f"    {printable(check_name(after))}: {was} → {number(after.score)} of {number(after.max_score)}"
    if before and before.message != after.message:
        yield from (f"      {word} {_cut(text)}" for word, text in _messages(before, after))


def _messages(before: Verdict, after: Verdict) -> Iterator[tuple[str, str]]:
    if before.message:
        yield "before:", before.message
    if after.message:
        yield "now:   ", after.message


def _why(before: Report | None, after: Report | None, was_there: bool) -> str:
    """What else is not the same of somebody's work."""
    if after is None:
        return "" if before is None else "handed in nothing"
    if before is None:
        return "had handed in nothing" if was_there else ""
    if before.submission != after.submission:
        return "other work"
    return ""


def _score(report: Report | None) -> float:
    return report.score if report else 0.0


def _penalty(report: Report) -> float:
    return report.handed_in.penalty if report.handed_in else 0.0


def _told(report: Report | None) -> list[str]:
    if report is None:
        return []
    return [verdict.message for exercise in report.exercises for verdict in exercise.verdicts]


def _cut(text: str) -> str:
    line = " ".join(printable(text, keep="\n").split())
    return line if len(line) <= _MESSAGE else f"{line[:_MESSAGE]}…"
