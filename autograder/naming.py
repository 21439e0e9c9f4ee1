"""Who is called so: people as those who grade name them."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.errors import CommandError
from autograder.gradebook import as_cell
from autograder.ledger.rows import Mark, Participant
from autograder.printable import folded, listed, printable

_SHOWN = 5


class NamingError(CommandError):
    """A name that is nobody's, or several people's; the message says which, and how to name one."""


def called(people: Sequence[Participant], wanted: str) -> list[Participant]:
    """Who is called so: by what identifies them; as in the table, or by a number; by the name of their
    files; or so but for capitals and how accents are stored. What comes first decides.

    Parameters
    ----------
    people
        Everybody in a run.
    wanted
        What somebody typed: a name, a number or a login.
    """
    text, alike = printable(wanted), folded(printable(wanted))
    for names in (_identities, _names, _files):
        if some := [each for each in people if text in names(each)]:
            return some
    return [
        each
        for each in people
        if alike in {folded(name) for name in (*_names(each), *_files(each), each.name)}
    ]


def only_name(people: Sequence[Participant], person: Participant) -> str:
    """What nobody else is called.

    Parameters
    ----------
    people
        Everybody in a run.
    person
        One of them.
    """
    names = (*person.ids, person.student, person.slug, *person.known_as)
    return next((name for name in names if called(people, name) == [person]), person.slug)


def the_one(people: Sequence[Participant], wanted: str) -> Participant:
    """The person who is called so.

    Parameters
    ----------
    people
        Everybody in a run.
    wanted
        What somebody typed: a name, a number or a login.

    Raises
    ------
    NamingError
        When there is nobody, or more than one.
    """
    some = called(people, wanted)
    if len(some) == 1:
        return some[0]
    if some:
        names = listed([f'{each.student}, as "{only_name(people, each)}"' for each in some], _SHOWN)
        raise NamingError(f"{printable(wanted)} may be one of {len(some)}. Name one: {names}.")
    raise NamingError(f"Nobody is called {printable(wanted)}: name the student as grades.csv does.")


def was_called(mark: Mark, wanted: str) -> bool:
    """Whether it is the mark of somebody who was called so.

    Parameters
    ----------
    mark
        Points that a person gave, perhaps in an earlier run.
    wanted
        What somebody typed: a name, a number or a login.
    """
    names = [mark.student, as_cell(mark.student), *mark.known_as]
    names += [text.partition(": ")[2] for text in mark.known_as]
    return folded(printable(wanted)) in map(folded, names)


def _identities(person: Participant) -> tuple[str, ...]:
    return person.known_as


def _names(person: Participant) -> tuple[str, ...]:
    return (person.student, as_cell(person.student), *person.ids)


def _files(person: Participant) -> tuple[str, ...]:
    return (person.slug,)
