"""`autograder set`: a person's points in place of the grader's."""

from __future__ import annotations

from pathlib import Path

from autograder import views
from autograder.errors import AutograderError
from autograder.ledger import Ledger, Mark, Participant, Run, held
from autograder.printable import listed, number, printable


class MarkError(AutograderError):
    """A mark that cannot be given; the message says why, and what there is."""


def run(out: Path, student: str, exercise: str, points: float | None, why: str) -> str:
    """Give points, or take them back where there are none, and show that at once.

    Parameters
    ----------
    out
        The output folder of `autograder grade`.
    student
        A name or a number as the class has it.
    exercise, points, why
        What is given, and why.

    Returns
    -------
    str
        A sentence on what holds now.

    Raises
    ------
    MarkError
        When there is no such student or exercise, or fewer points.
    """
    with held(out) as ledger:
        views.finish(ledger)
        current = ledger.insist_on_current()
        outline = current.facts.outline
        most = dict(outline.exercises).get(exercise)
        if most is None:
            names = listed([name for name, _ in outline.exercises], len(outline.exercises))
            raise MarkError(f"{outline.name} has no exercise {printable(exercise)!r}: it has {names}.")
        if points is not None and points > most:
            raise MarkError(f"{exercise} has {number(most)} points, and {number(points)} are more.")
        member = _found(ledger, current, student)
        if points is None:
            if not ledger.unset_mark(outline.name, member.student, exercise):
                raise MarkError(f"Nobody gave {member.student} points for {exercise} by hand.")
            said = f"{member.student}: {exercise} has the grader's points again."
        else:
            ledger.set_mark(outline.name, Mark(member.student, exercise, points, why))
            said = f"{member.student}: {exercise} has {number(points)} of {number(most)} points."
        views.write(ledger, current)
    return f"{said} It is in {out}."


def _found(ledger: Ledger, current: Run, wanted: str) -> Participant:
    """The student who is called so: by the name in the table, else by any name or number."""
    people = list(ledger.people(current.number))
    exact = [each for each in people if wanted in (each.student, each.slug)]
    folded = wanted.casefold()
    some = exact or [
        each
        for each in people
        if folded in (name.casefold() for name in (each.student, each.slug, each.name, *each.ids))
    ]
    if len(some) == 1:
        return some[0]
    if some:
        names = listed([each.student for each in some], 5)
        raise MarkError(f"{printable(wanted)} may be {names}: name one as grades.csv does.")
    raise MarkError(f"Nobody is called {printable(wanted)}: name the student as grades.csv does.")
