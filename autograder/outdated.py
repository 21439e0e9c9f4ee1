"""Points by hand that were given for something else: an answer that has changed since, other work, or another
class."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cached_property

from autograder.changes import paired
from autograder.errors import AutograderError
from autograder.ledger import Ledger, Mark, Run
from autograder.printable import number, printable
from autograder.report import ExerciseReport, is_written
from autograder.views import Sheets, report_of

_ANOTHER_CLASS = (
    "most of the class of then is not here, and nothing of its work. Another class needs a folder of its "
    "own: name it with --out."
)


def outdated(ledger: Ledger, run: Run) -> Iterator[str]:
    """A sentence for each mark by hand that counts in this run and was given when its exercise was another.

    A mark is never taken back for it: a person decides. What was there when it was given is in the run that
    was the current one then; where that is gone, or cannot be read, nothing is told.

    Parameters
    ----------
    ledger
        The one of the class, with the runs before.
    run
        Whose marks by hand are looked at.
    """
    marks = ledger.whose_marks(run).marks()
    if not marks:
        return
    before: dict[int, Exercises] = {}
    now = Exercises(ledger, run)
    runs = _ended(ledger, run.facts.outline.name)
    for slug, given in marks.items():
        for mark in given.values():
            then = _current_at(mark.when, runs)
            if then is None or then.number == run.number:
                continue
            try:
                if then.number not in before:
                    before[then.number] = Exercises(ledger, then, now)
                what = _what_changed(before[then.number], now, slug, mark.exercise)
                if not what and before[then.number].are_of_another_class:
                    what = _ANOTHER_CLASS
            except AutograderError:  # that run is damaged
                continue
            if what:
                yield f"{_told(mark)}: {what}"


def _ended(ledger: Ledger, homework: str) -> list[Run]:
    """The runs of a homework that came to their end; none where one of them cannot be read."""
    try:
        return [each for each in ledger.runs() if each.ended and each.facts.outline.name == homework]
    except AutograderError:
        return []


def _current_at(when: str, runs: list[Run]) -> Run | None:
    """The last run that had come to its end at a time."""
    moment = _moment(when)
    ended = [run for run in runs if moment is not None and (_moment(run.ended) or moment) <= moment]
    return max(ended, key=lambda run: run.number, default=None)


def _moment(text: str) -> datetime | None:
    """A time of the ledger's; None where it is none, as the ledger was damaged."""
    try:
        return datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError):
        return None


def _told(mark: Mark) -> str:
    who, what = printable(mark.student), printable(mark.exercise)
    return f"{who}: {number(mark.points)} for {what}, given on {mark.when[:10]}"


def _what_changed(before: Exercises, after: Exercises, slug: str, exercise: str) -> str:
    """What is not as it was; empty where nothing is known, or nothing changed."""
    if before.attempts(slug) == after.attempts(slug):
        return ""
    then, now = before.of(slug, exercise), after.of(slug, exercise)
    if then is None or now is None or then.by_hand is None or now.by_hand is None:
        return ""
    if is_written(now):
        same = [each.message for each in then.verdicts] == [each.message for each in now.verdicts]
        return "" if same else "the answer is another one now."
    was, is_now = then.by_hand.judged, now.by_hand.judged
    if was == is_now:
        return ""
    return f"the automatic checks give {number(is_now)} now, and gave {number(was)} then."


class Exercises:
    """The exercises of the people in a run, by the names that they have in `later`, or in the run itself."""

    def __init__(self, ledger: Ledger, run: Run, later: Exercises | None = None) -> None:
        self._ledger, self._run, self._later = ledger, run, later
        self._sheets = Sheets(ledger, run)
        self.people = list(ledger.people(run.number))
        known = paired(self.people, later.people) if later else {each.slug: each for each in self.people}
        self._slugs = {slug: person.slug for slug, person in known.items()}
        self._found: dict[str, Mapping[str, ExerciseReport]] = {}

    @cached_property
    def are_of_another_class(self) -> bool:
        """Whether most of the people are not in `later`, and nothing of anybody's work."""
        if self._later is None or 2 * len(set(self._slugs.values())) >= len(self.people):
            return False
        return not self._ledger.have_work_in_common(self._run.number, self._later._run.number)

    def attempts(self, slug: str) -> list[str]:
        """What was judged of somebody: the names of the reports."""
        if slug not in self._slugs:
            return []
        return [file.key for file in self._ledger.entry(self._run.number, self._slugs[slug]).files]

    def of(self, slug: str, exercise: str) -> ExerciseReport | None:
        """Somebody's exercise; None where there is none, or it cannot be read.

        Parameters
        ----------
        slug
            The name of somebody's files, in `later` where that was given, else in the run.
        exercise
            The name of an exercise or of a written answer.
        """
        if slug not in self._found:
            self._found[slug] = self._read(slug)
        return self._found[slug].get(exercise)

    def _read(self, slug: str) -> Mapping[str, ExerciseReport]:
        if slug not in self._slugs:
            return {}
        try:
            report = report_of(self._sheets.sheet(self._slugs[slug]))
        except AutograderError:  # a part of the ledger that is damaged is told of elsewhere
            return {}
        return {each.name: each for each in report.exercises} if report else {}
