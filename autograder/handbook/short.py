"""The handbook on a few printed pages: each formula once, the commonest mistakes alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from autograder.handbook.chapter import Derived, Line, Section
from autograder.handbook.guesses import AnsweredGuess
from autograder.homework import CONSTANT_FACTORS, Exercise, Homework
from autograder.judging.misconception import Misconception

_COMMONEST = 3


@dataclass(frozen=True)
class Place:
    """A slide, and the exercises that rest on it, each with its homework."""

    slide: str
    exercises: tuple[tuple[Homework, Exercise], ...]


@dataclass(frozen=True)
class Summary:
    """An exercise in short: the part of its derivation that stands nowhere before, and common mistakes."""

    section: Section
    derived: tuple[Derived, ...]
    mistakes: tuple[Misconception, ...]


@dataclass(frozen=True)
class Abridged:
    """A homework in short."""

    homework: Homework
    summaries: tuple[Summary, ...]
    guesses: tuple[AnsweredGuess, ...]


def slide_map(homeworks: Iterable[Homework]) -> list[Place]:
    """Every slide that an exercise rests on: the lecture's in its order, then all others."""
    from symbolic_checks.slides import SLIDES

    found: dict[str, list[tuple[Homework, Exercise]]] = {slide: [] for slide in SLIDES}
    for homework in homeworks:
        for exercise in homework.exercises:
            found.setdefault(exercise.slide, []).append((homework, exercise))
    return [Place(slide, tuple(exercises)) for slide, exercises in found.items() if exercises]


def parts(made: Sequence[tuple[Homework, Sequence[Section], Sequence[AnsweredGuess]]]) -> list[Abridged]:
    """The homeworks in short, in order. A line of a derivation that was shown before is left out."""
    seen: set[str] = set()
    return [
        Abridged(homework, tuple(_summary(section, seen) for section in sections), tuple(guesses))
        for homework, sections, guesses in made
    ]


def _summary(section: Section, seen: set[str]) -> Summary:
    derived = tuple(
        Derived(each.title, lines, each.proof)
        for each in section.derived
        if (lines := tuple(_unseen(each.lines, seen)))
    )
    return Summary(section, derived, commonest(section.exercise, section.misconceptions))


def _unseen(lines: Iterable[Line], seen: set[str]) -> Iterator[Line]:
    for line in lines:
        if str(line.formula) not in seen:
            seen.add(str(line.formula))
            yield line


def commonest(exercise: Exercise, known: Iterable[Misconception]) -> tuple[Misconception, ...]:
    """Three mistakes to look for first.

    Those that keep a share of the points come first, then the others in the order in which the rule lists
    them. Only one of the constant factors counts: the rest of that kind is easy to imagine.

    Parameters
    ----------
    exercise
        Its credit says which mistakes an instructor thought of.
    known
        All mistakes that feedback can name.
    """
    every = {mistake.name: mistake for mistake in known}
    factors = [name for name in CONSTANT_FACTORS if name in every and name in exercise.credit][:1]
    others = [name for name in every if name not in CONSTANT_FACTORS and not name.endswith("_returned")]
    credited = [name for name in others if name in exercise.credit]
    found = {every[name].sentence: every[name] for name in (*factors, *credited, *others)}
    return tuple(found.values())[:_COMMONEST]  # no sentence twice
