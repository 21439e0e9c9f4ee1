"""Whose marks by hand are: people are known again by what identifies them, and never by a name alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from autograder.ledger.rows import Mark, Participant


@dataclass(frozen=True)
class Whose:
    """Marks by hand as they are in a run.

    Parameters
    ----------
    owned
        Each mark of somebody in the run, with the name of their files; the last that was given comes last.
    nobodys
        Marks of nobody in the run, each with the names of people who may be meant.
    """

    owned: Sequence[tuple[str, Mark]] = ()
    nobodys: Sequence[tuple[Mark, tuple[str, ...]]] = ()

    def marks(self) -> dict[str, dict[str, Mark]]:
        """What counts, by the name of somebody's files and by exercise: of two marks the last."""
        found: dict[str, dict[str, Mark]] = {}
        for slug, mark in self.owned:
            found.setdefault(slug, {})[mark.exercise] = mark
        return found

    def of(self, slug: str, exercise: str) -> list[Mark]:
        """All marks of somebody for an exercise.

        Parameters
        ----------
        slug
            The name of the person's files.
        exercise
            Its name, or that of a written answer.
        """
        return [mark for whose, mark in self.owned if (whose, mark.exercise) == (slug, exercise)]


def whose(marks: Iterable[Mark], people: Iterable[Participant]) -> Whose:
    """Find whose each mark is, of marks from the oldest on.

    A mark is somebody's who alone is known as it says. Where several are, it is nobody's: a person has to
    say again whose it is.

    Parameters
    ----------
    marks
        The oldest first, as `Ledger.marks` gives them.
    people
        Everybody with a row in the run.
    """
    marks = list(marks)
    wanted = {text for mark in marks for text in mark.known_as}
    holders: dict[str, dict[str, str]] = {text: {} for text in wanted}
    if wanted:
        for person in people:
            for text in wanted.intersection(person.known_as):
                holders[text][person.slug] = person.student
    owned: list[tuple[str, Mark]] = []
    nobodys: list[tuple[Mark, tuple[str, ...]]] = []
    for mark in marks:
        some = _narrowed([holders[text] for text in mark.known_as])
        if len(some) == 1:
            (slug,) = some
            owned.append((slug, mark))
        else:
            nobodys.append((mark, tuple(some.values())))
    return Whose(owned, nobodys)


def _narrowed(known: Iterable[Mapping[str, str]]) -> Mapping[str, str]:
    """Who is known by the surest, and of several by the others too."""
    some: Mapping[str, str] = {}
    for people in known:
        both = {slug: name for slug, name in people.items() if slug in some} if some else people
        some = both or some
        if len(some) == 1:
            break
    return some
