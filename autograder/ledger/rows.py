"""What stands in a ledger, a class a kind of row."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from autograder.homework import Homework
from autograder.report import HandedIn


class Outline(msgspec.Struct, frozen=True):
    """What those who read marks need to know of a homework.

    Parameters
    ----------
    name, title
        As its folder is called, and as students read it.
    exercises
        Names and most points, in the notebook's order; then those of written answers.
    criteria
        By the name of each written answer, what it gets points for.
    guess_points
        How many lost points committed guesses give back at most.
    """

    name: str
    title: str
    exercises: list[tuple[str, float]]
    criteria: dict[str, list[str]] = {}
    guess_points: float = 0.0

    @property
    def max_score(self) -> float:
        """All points."""
        return float(sum(points for _, points in self.exercises))


def outline_of(homework: Homework) -> Outline:
    """What those who read marks need to know of it."""
    criteria = {written.name: list(written.criteria) for written in homework.written}
    return Outline(homework.name, homework.title, homework.parts, criteria, float(homework.guess_points))


@dataclass(frozen=True)
class RunFacts:
    """What is known of a run when it begins.

    Parameters
    ----------
    outline
        Of the homework.
    rubric, judge
        Digests: of the homework's files, and of all that a report depends on beside rubric and submission.
    place, layout
        What was graded, and as whose download.
    level
        Of the sandbox.
    late
        What lateness costs, as it was asked for; empty where nothing.
    """

    outline: Outline
    rubric: str
    judge: str
    place: str
    layout: str
    level: str
    late: str = ""


@dataclass(frozen=True)
class Run:
    """A run as it stands in the ledger.

    ``begun`` and ``ended`` are in ISO 8601 with an offset; ``ended`` is empty where the run did not come to
    its end. ``graded`` and ``unchanged`` count hand-ins, ``people`` who has a row.
    """

    number: int
    facts: RunFacts
    begun: str
    ended: str
    graded: int
    unchanged: int
    people: int


class Regrade(msgspec.Struct, frozen=True):
    """Who was to be judged again, and since which run."""

    names: list[str] = []
    since: int = 0


@dataclass(frozen=True)
class Participant:
    """Somebody with a row: the names of the report and of its file, and what platform and roster know.

    ``known_as`` identifies them in other runs, the surest first: their name alone may be another's there.
    """

    student: str
    slug: str
    name: str = ""
    ids: tuple[str, ...] = ()
    section: str = ""
    known_as: tuple[str, ...] = ()


@dataclass(frozen=True)
class JudgedFile:
    """A file that was judged: the key of its report, when it was handed in, and a digest of the report."""

    key: str
    told: HandedIn | None = None
    digest: str = ""


@dataclass(frozen=True)
class Record:
    """Whose work something is, and what of it was judged; without a slug where nothing was handed in."""

    slug: str
    people: tuple[Participant, ...]
    files: tuple[JudgedFile, ...] = ()


@dataclass(frozen=True)
class NewReport:
    """A report that was just made: its key, what was judged, whether the grader failed nowhere, and itself,
    packed as `autograder.report.packed` does it."""

    key: str
    submission: str
    complete: bool
    data: bytes


@dataclass(frozen=True)
class Mark:
    """Points that a person gave for an exercise in place of the grader's.

    They are those of whoever is ``known_as`` this; ``student`` is what they were called then.
    """

    known_as: tuple[str, ...]
    student: str
    exercise: str
    points: float
    why: str
    when: str = ""
    number: int = 0
