"""`autograder set`: a person's points in place of the grader's."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from autograder import views
from autograder.answers import Given, GivenNow
from autograder.errors import CommandError
from autograder.ledger import Ledger, Mark, Outline, Participant, Run, held, insist_on_one, whose
from autograder.naming import called, the_one, was_called
from autograder.outdated import Exercises
from autograder.printable import listed, number, printable

_SHOWN = 5


class MarkError(CommandError):
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
    insist_on_one(out)
    with held(out) as ledger:
        views.insist_on_places(out)
        views.finish(ledger)
        current = ledger.insist_on_current()
        outline = current.facts.outline
        people = list(ledger.people(current.number))
        if points is None:
            said = _take_back(ledger, outline, people, student, exercise)
        else:
            said = _give(ledger, outline, people, student, Mark((), "", exercise, points, why))
        written = views.write(ledger, current)
    edited = f" What somebody had changed there is in {out / written.aside}." if written.edited else ""
    return f"{said} It is in {out}.{edited}"


def give_all(ledger: Ledger, run: Run, given: Sequence[Given], source: Path) -> GivenNow:
    """Give all points of a table of answers, or none.

    Parameters
    ----------
    ledger
        The one of the class; it keeps the points.
    run
        The run whose students and exercises count.
    given
        The lines of the table.
    source
        The path of the table, for messages.

    Raises
    ------
    MarkError
        When a line is nobody's or two people's, about no answer, or gives more points than there are.
    """
    exercises = Exercises(ledger, run)
    people = {person.slug: person for person in exercises.people}
    called: dict[str, list[str]] = {}
    for person in exercises.people:
        called.setdefault(person.student, []).append(person.slug)
    known = ledger.whose_marks(run)
    new: list[tuple[Mark, list[Mark]]] = []
    stale: list[str] = []
    cleared: list[str] = []
    for each in given:
        if each.points is None:
            if (before := known.of(each.slug, each.question)) and each.slug in people:
                told = f"{printable(people[each.slug].student)}, {printable(each.question)}"
                cleared.append(f"line {each.line}: {told}, {number(before[-1].points)} points")
            continue
        where = f"{source}, line {each.line}: "
        member = people.get(each.slug)
        if member is None:
            raise MarkError(
                f"{where}nobody in this run has the row {printable(each.slug)!r}. No points were given."
            )
        if each.slug not in (others := called.get(each.student, [each.slug])):
            raise MarkError(
                f"{where}the row {printable(each.slug)} is {printable(member.student)}'s, and beside it "
                f"stands {printable(each.student)}, whose row is {printable(others[0])}. Was a column sorted "
                "alone? No points were given."
            )
        if each.question not in run.facts.outline.criteria:
            raise MarkError(
                f"{where}{run.facts.outline.name} has no question {printable(each.question)!r}. "
                "No points were given."
            )
        before = known.of(each.slug, each.question)
        if before and (before[-1].points, before[-1].why) == (each.points, each.why):
            continue
        answer = exercises.of(each.slug, each.question)
        if answer is not None and not each.is_for(answer):
            stale.append(f"line {each.line}: {printable(member.student)}, {printable(each.question)}")
            continue
        try:
            mark = Mark((), "", each.question, each.points, each.why)
            new.append((_mark_of(run.facts.outline, exercises.people, member, mark), before))
        except MarkError as error:
            raise MarkError(f"{where}{error} No points were given.") from None
    ledger.set_marks(run.facts.outline.name, new)
    read = sum(each.points is not None for each in given)
    return GivenNow(read, len(new), tuple(stale), tuple(cleared))


def _give(ledger: Ledger, outline: Outline, people: Sequence[Participant], student: str, mark: Mark) -> str:
    """Put down what a student is given."""
    member = the_one(people, student)
    mark = _mark_of(outline, people, member, mark)
    before = whose(ledger.marks(outline.name), people).of(member.slug, mark.exercise)
    ledger.set_marks(outline.name, [(mark, before)])
    most = dict(outline.exercises)[mark.exercise]
    return f"{member.student}: {mark.exercise} has {number(mark.points)} of {number(most)} points."


def _mark_of(outline: Outline, people: Sequence[Participant], member: Participant, mark: Mark) -> Mark:
    """The mark as somebody's."""
    most = dict(outline.exercises).get(mark.exercise)
    if most is None:
        raise _no_exercise(outline, mark.exercise)
    if mark.points > most:
        raise MarkError(f"{mark.exercise} has {number(most)} points, and {number(mark.points)} are more.")
    mark = Mark(member.known_as, member.student, mark.exercise, mark.points, mark.why)
    alike = next((names for _, names in whose([mark], people).nobodys), ())
    if alike:
        raise MarkError(
            f"Nothing but a name is known of {' and '.join(alike)}, so that the points could become "
            "another's when the class changes: give the roster a column with numbers or logins, and grade "
            "again."
        )
    return mark


def _take_back(
    ledger: Ledger, outline: Outline, people: Sequence[Participant], student: str, exercise: str
) -> str:
    """Drop what a student was given; also of somebody, or for an exercise, that is not there any more."""
    given = whose(ledger.marks(outline.name), people)
    some = called(people, student)
    marks = given.of(some[0].slug, exercise) if len(some) == 1 else []
    if marks:
        ledger.unset_marks(marks)
        now = "the grader's points again" if exercise in dict(outline.exercises) else "no points by hand now"
        return f"{some[0].student}: {printable(exercise)} has {now}."
    marks = [mark for mark, _ in given.nobodys if mark.exercise == exercise and was_called(mark, student)]
    others = {mark.known_as: mark for mark in marks}
    if len(others) > 1:
        names = listed([f'"{(*each.known_as, each.student)[0]}"' for each in others.values()], _SHOWN)
        raise MarkError(f"{printable(student)} may be {names}: name one so.")
    if marks:
        ledger.unset_marks(marks)
        points = number(marks[-1].points)
        return f"{marks[-1].student}, who is not in this run: the {points} for {exercise} are taken back."
    member = the_one(people, student)
    if exercise not in dict(outline.exercises):
        raise _no_exercise(outline, exercise)
    raise MarkError(f"Nobody gave {member.student} points for {exercise} by hand.")


def _no_exercise(outline: Outline, exercise: str) -> MarkError:
    names = listed([name for name, _ in outline.exercises], len(outline.exercises))
    return MarkError(f"{outline.name} has no exercise {printable(exercise)!r}: it has {names}.")
