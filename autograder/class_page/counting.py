"""A class is counted, one person after another; what is kept does not grow with their reports."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from autograder.class_page.glance import ExerciseGlance, Learning, Marked, Portrait
from autograder.class_page.overlay import Overlay
from autograder.feedback.words import STANDINGS
from autograder.gradebook import NOTHING
from autograder.ledger.rows import Outline
from autograder.report import OPEN, Status

# Names that a list holds, and things of a kind that are told apart in one exercise.
NAMES = 200
_KINDS = 300
_TITLES = 3
# Statuses of a line of the table, of whom nothing could be judged.
_NOT_THERE = (NOTHING, "unreadable")
_NUMBER = re.compile(r"-?\d[\d.,]*(e[-+]?\d+)?")

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Someone:
    """A name, and the page's name in its folder; what else is to be told of them here."""

    student: str
    slug: str
    why: str = ""


@dataclass
class Names:
    """How many people something is true of, and the first of them."""

    count: int = 0
    some: list[Someone] = field(default_factory=list)

    def add(self, someone: Someone) -> None:
        """One more."""
        self.count += 1
        if len(self.some) < NAMES:
            self.some.append(someone)

    @property
    def more(self) -> int:
        """How many are not among the first."""
        return self.count - len(self.some)


@dataclass
class Sighting:
    """A mistake or an outcome: an example of what students read, and who has it."""

    sentence: str
    who: Names = field(default_factory=Names)


@dataclass
class Spread:
    """Points of a check: how many there were, of how many."""

    title: str
    score: float = 0.0
    max_score: float = 0.0

    @property
    def share(self) -> float:
        """Between 0 and 1."""
        return min(max(self.score / self.max_score, 0.0), 1.0) if self.max_score > 0 else 0.0


@dataclass
class ExerciseTally:
    """What became of one exercise; ``judged`` counts those of whom it was judged."""

    name: str
    max_score: float
    judged: int = 0
    points: float = 0.0
    statuses: Counter[Status] = field(default_factory=Counter)
    checks: dict[str, Spread] = field(default_factory=dict)
    mistakes: dict[str, Sighting] = field(default_factory=dict)
    outcomes: dict[str, Sighting] = field(default_factory=dict)
    curves: dict[str, Overlay] = field(default_factory=dict)

    @property
    def passed(self) -> float:
        """The share of those who have all points."""
        return self.statuses["passed"] / self.judged if self.judged else 0.0

    @property
    def stack(self) -> list[tuple[Status, float, float, int]]:
        """How it stands with how many: status, where its share begins, its length in percent, count."""
        total = sum(self.statuses.values())
        found, x = [], 0.0
        for status in STANDINGS:
            if count := self.statuses[status]:
                width = 100 * count / total
                found.append((status, round(x, 2), round(width, 2), count))
                x += width
        return found

    @property
    def mean(self) -> float:
        """Points, on average."""
        return self.points / self.judged if self.judged else 0.0

    def add(self, part: ExerciseGlance, someone: Someone) -> None:
        """One more person.

        Parameters
        ----------
        part
            What the page keeps of the exercise's report.
        someone
            Whose it is, as lists of names show it.
        """
        self.statuses[part.status] += 1
        if part.status in OPEN:
            return
        self.judged += 1
        self.points += part.score
        for check in part.checks:
            self._add_check(check)
        for named in part.mistakes:
            if seen := _known(self.mistakes, named.name, Sighting(named.sentence), _KINDS):
                seen.who.add(someone)
        if part.outcome:
            alike = _NUMBER.sub("…", part.outcome)
            if seen := _known(self.outcomes, alike, Sighting(part.outcome), _KINDS):
                seen.who.add(someone)
        for curve in part.curves:
            self._add_curve(curve, part, someone)

    def _add_check(self, check: Marked) -> None:
        if spread := _known(self.checks, check.check, Spread(check.title), _KINDS):
            spread.score += check.score
            spread.max_score += check.max_score

    def _add_curve(self, curve: Learning, part: ExerciseGlance, someone: Someone) -> None:
        overlay = _known(self.curves, curve.title, Overlay(curve.x_label, curve.y_label), _TITLES)
        if overlay:
            overlay.add(curve, someone.student, someone.slug, part.mistakes[0].name if part.mistakes else "")


@dataclass
class Topic:
    """A mistake that was recognised, in whatever exercises: what it is, where, and how many have it."""

    name: str
    sentence: str
    count: int = 0
    exercises: Counter[str] = field(default_factory=Counter)


class ClassTally:
    """All that the page tells of a class, but for the table.

    Parameters
    ----------
    outline
        Of the homework.
    """

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.people = 0
        self.guesses = False  # whether guesses gave anybody points back
        self.scores = array("d")
        self.sections: dict[str, array[float]] = {}
        self.states: dict[str, Names] = {}
        self.late, self.by_hand, self.stopped = Names(), Names(), Names()
        self.exercises = [ExerciseTally(name, points) for name, points in outline.exercises]
        self.topics: dict[str, Topic] = {}
        self._by_name = {each.name: each for each in self.exercises}

    @property
    def handed_in(self) -> int:
        """How many handed in anything."""
        return self.people - self.count_of(NOTHING)

    def count_of(self, state: str) -> int:
        """How many people's line of the table has this status."""
        return self.states[state].count if state in self.states else 0

    def add_all(self, people: Iterable[Portrait]) -> None:
        """Count people."""
        for person in people:
            self.add(person)

    def add(self, person: Portrait) -> None:
        """Count one more."""
        row, glance = person.row, person.glance
        self.people += 1
        someone = Someone(row.student, person.slug if glance else "")
        self.states.setdefault(row.status, Names()).add(_with(someone, row.note))
        self.guesses = self.guesses or row.guesses not in ("", "0")
        if row.late:
            self.late.add(_with(someone, row.late))
        if row.section:
            self.sections.setdefault(row.section, array("d"))
        if glance is None:
            return
        given = [part.name for part in glance.parts if part.by_hand]
        if given:
            self.by_hand.add(_with(someone, ", ".join(given)))
        if row.status in _NOT_THERE:
            return
        if row.status != "grader fault":
            self.scores.append(row.score)
            if row.section:
                self.sections[row.section].append(row.score)
        for part in glance.parts:
            if part.name in self._by_name:
                self._by_name[part.name].add(part, someone)
        stopped = [part.name for part in glance.parts if part.status == "timeout"]
        if stopped:
            self.stopped.add(_with(someone, ", ".join(stopped)))
        self._add_topics(glance.parts)

    def _add_topics(self, parts: list[ExerciseGlance]) -> None:
        known: set[str] = set()
        for part in parts:
            for named in part.mistakes:
                topic = _known(self.topics, named.name, Topic(named.name, named.sentence), _KINDS)
                if topic:
                    topic.exercises[part.name] += 1
                    topic.count += named.name not in known
                    known.add(named.name)


def _with(someone: Someone, why: str) -> Someone:
    return Someone(someone.student, someone.slug, why)


def _known(kinds: dict[str, _Item], key: str, new: _Item, most: int) -> _Item | None:
    """What is kept under a key, new where it is the first; None where there are too many."""
    if key not in kinds:
        if len(kinds) >= most:
            return None
        kinds[key] = new
    return kinds[key]
