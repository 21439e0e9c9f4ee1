"""`autograder export --to canvas` with an address: marks, comments and pages through Canvas's API."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from autograder.export import canvas_api
from autograder.export.canvas_api import Parcel, There
from autograder.export.comments import comment
from autograder.export.filling import Filled, filled
from autograder.export.outgoing import Outgoing, outgoing
from autograder.export.pages import page_of
from autograder.export.points import read
from autograder.printable import listed, printable

_SHOWN = 20


@dataclass(frozen=True)
class Posting:
    """What is to be sent, and how.

    Parameters
    ----------
    address
        Of the assignment, as a browser shows it.
    token_file
        Where the token is; in the environment where no file is named.
    column
        The assignment's number or name, where its points are not the homework's and that is meant.
    marks_only
        Whether no comments are sent.
    pages
        Whether each student's page is attached to a comment.
    send
        Whether to send; else it is only told what would be.
    """

    address: str
    token_file: Path | None = None
    column: str = ""
    marks_only: bool = False
    pages: bool = False
    send: bool = False


def run(homework: str, place: Path, course: Path, posting: Posting, *, accept_faults: bool = False) -> bool:
    """Hand marks on through the API.

    Parameters
    ----------
    homework, course
        Whose marks, and where its rubric is.
    place
        The output folder of `autograder grade`.
    posting
        What is wished.
    accept_faults
        Whether marks that are not complete go out as well.

    Returns
    -------
    bool
        Whether everybody is known on both sides, and Canvas has the marks.

    Raises
    ------
    ExportError
        When nothing can be sent, or Canvas stopped in the middle.
    """
    console = Console(highlight=False, soft_wrap=True)

    def say(text: str) -> None:
        console.print(text, markup=False)

    where = canvas_api.place_of(posting.address)
    class_ = outgoing(place, homework, course, accept_faults=accept_faults)
    token = canvas_api.token_from(posting.token_file)
    there = canvas_api.look(where, token)
    outline = class_.run.facts.outline
    own = class_.run.facts.layout == "canvas"
    done = filled(there.file, class_.people, outline, column=posting.column, own=own, comments=False)
    parcels = _parcels(there, done, class_, posting)
    _tell(say, posting, class_, done, parcels)
    everybody = not done.paired.lost and not done.paired.unknown
    if not posting.send:
        say("Nothing was sent: look at it, and add --send.")
        return everybody
    canvas_api.send(there, parcels, homework, say)
    missing = _missing(canvas_api.look(where, token), parcels)
    if missing:
        say(f"Canvas shows another mark than was sent: {listed(missing, _SHOWN)}. Look there for a reason.")
    say("Sent." if parcels else "Everything was there already.")
    return everybody and not missing


def _parcels(there: There, done: Filled, class_: Outgoing, posting: Posting) -> list[Parcel]:
    """What each student does not have yet."""
    outline = class_.run.facts.outline
    marks = {change.row: change.new for change in done.changes}
    stays = {student for student, _ in done.stays}
    parcels = []
    for person, line in done.paired.pairs:
        if person.report is None or line.locked:
            continue
        known = there.known[line.ids[0]]
        text = ""
        if not posting.marks_only and printable(person.member.student) not in stays:
            text = comment(person.report, outline.title, "text")
        page = page_of(person.report, outline) if posting.pages else b""
        parcel = Parcel(
            line.ids[0],
            marks.get(line.row, ""),
            "" if text in known.comments else text,
            b"" if canvas_api.page_name(outline.name, page) in known.files else page,
        )
        if parcel.mark or parcel.comment or parcel.page:
            parcels.append(parcel)
    return parcels


def _missing(there: There, parcels: list[Parcel]) -> list[str]:
    """Students of whom Canvas shows another mark than was sent."""
    return [
        parcel.user
        for parcel in parcels
        if parcel.mark and read(there.known[parcel.user].score) != read(parcel.mark)
    ]


def _tell(
    say: Callable[[str], None], posting: Posting, class_: Outgoing, done: Filled, parcels: list[Parcel]
) -> None:
    say(f"{canvas_api.TITLE}: {printable(done.column.header)!r} at {printable(posting.address)}")
    for change in done.changes:
        say(f"  {change.student}: {printable(change.old) or '–'} → {change.new}")
    comments, pages = (sum(bool(getattr(each, what)) for each in parcels) for what in ("comment", "page"))
    say(
        f"To be sent: {len(done.changes)} marks, {comments} comments, {pages} pages; {done.same} marks are "
        "there already"
    )
    for note in done.notes:
        say(f"Note: {note}")
    if class_.run.facts.late:
        late = class_.run.facts.late
        say(f"Note: Lateness was counted ({late}). Let Canvas's late policy not count it again.")
    if class_.faults:
        say(f"Not complete: {listed(class_.faults, _SHOWN)}")
    if done.stays:
        shown = [f"{student} ({reason})" for student, reason in done.stays]
        say(f"Marks that stay as they are: {listed(shown, _SHOWN)}")
    for person, reason in done.paired.lost:
        say(f"Not in the course: {printable(person.member.student)}: {printable(reason)}")
    if alone := done.paired.unknown:
        say(f"{len(alone)} students of whom nothing is known: {listed(alone, _SHOWN)}")
