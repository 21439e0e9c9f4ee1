"""The class whose marks are handed on: complete, of this homework, judged by the rubric as it is now."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autograder import answers, gradebook, views
from autograder.course import digest, insist_on_homework
from autograder.export.errors import ExportError
from autograder.export.people import Graded
from autograder.ledger import Ledger, Run, opened
from autograder.printable import listed, printable
from autograder.report import Report

_SHOWN = 20


@dataclass(frozen=True)
class Outgoing:
    """A class with its marks.

    Parameters
    ----------
    run
        What was graded.
    people
        Everybody.
    faults
        Sentences on marks that are not complete, and go out because somebody said so.
    """

    run: Run
    people: tuple[Graded, ...]
    faults: tuple[str, ...] = ()


def outgoing(place: Path, homework: str, course: Path, *, accept_faults: bool = False) -> Outgoing:
    """Read a class from the output folder of `autograder grade`.

    Parameters
    ----------
    place
        The folder.
    homework, course
        Whose marks are expected, and where its rubric is.
    accept_faults
        Whether marks that are not complete go out as well.

    Raises
    ------
    ExportError
        When it holds marks of another homework or rubric, or marks that are not complete.
    """
    with opened(place) as ledger:
        run = insist_on_this(ledger, homework, course)
        people = tuple(
            Graded(member, report, report is not None and _is_unread(report))
            for member, report in views.everybody(ledger, run)
        )
    faults, unread = [], []
    for person in people:
        if person.report is None:
            continue
        if person.report.rubric not in ("", run.facts.rubric):
            raise _stale(homework, place)
        if failed := gradebook.faults_of(person.report):
            faults.append(f"{printable(person.member.student)} ({', '.join(failed)})")
        if waiting := gradebook.unread_of(person.report):
            unread.append(f"{printable(person.member.student)} ({', '.join(waiting)})")
    if faults and not accept_faults:
        raise ExportError(
            f"Nothing is written: the grader failed at the work of {listed(faults, _SHOWN)}. Grade again; "
            "give points with `autograder set`; or write what there is with --accept-faults."
        )
    if unread and not accept_faults:
        raise ExportError(
            f"Nothing is written: answers in words are still to be read of {listed(unread, _SHOWN)}. Put "
            f"points into {place / answers.NAME}, and grade again with --written; or write what there is "
            "with --accept-faults."
        )
    return Outgoing(run, people, (*faults, *unread))


def insist_on_this(ledger: Ledger, homework: str, course: Path) -> Run:
    """The current run of a ledger.

    Parameters
    ----------
    ledger
        Open, of the class whose marks are handed on.
    homework, course
        Whose marks are expected, and the folder that holds ``solutions/``.

    Raises
    ------
    ExportError
        When it is of another homework, or of a rubric that was changed since.
    HomeworkError, LedgerError
        When there is no such homework, or no run came to its end.
    """
    insist_on_homework(homework, course)
    run = ledger.insist_on_current()
    if run.facts.outline.name != homework:
        raise ExportError(
            f"{ledger.folder} holds marks of {run.facts.outline.name}: name the folder of {homework} with "
            "--graded."
        )
    if run.facts.rubric != digest(homework, course):
        raise _stale(homework, ledger.folder)
    return run


def _stale(homework: str, place: Path) -> ExportError:
    return ExportError(
        f"{homework} was changed since {place} was graded: run `autograder grade {homework} SUBMISSIONS` "
        "again first."
    )


def _is_unread(report: Report) -> bool:
    """Whether nothing of it was judged, and nobody gave points."""
    by_hand = any(exercise.by_hand for exercise in report.exercises)
    return gradebook.status_of(report) == "unreadable" and not by_hand
