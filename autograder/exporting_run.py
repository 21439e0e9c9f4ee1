"""`autograder export`: from the ledger into a platform's own file, and what is to be said of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from rich.console import Console

from autograder.export import archives, pages, platforms
from autograder.export.errors import ExportError
from autograder.export.filling import Filled, filled
from autograder.export.outgoing import Outgoing, outgoing
from autograder.export.platforms import sakai
from autograder.export.replacing import Writes, write_all
from autograder.printable import listed, printable
from autograder.submission.roster import OF_ROSTER

_SHOWN = 20
_WITH_PAGES = ("moodle", "brightspace")


@dataclass(frozen=True)
class Order:
    """What is to be handed on, and how.

    Parameters
    ----------
    platform
        One of `autograder.export.platforms.READERS`.
    into
        The file that the platform exported.
    out
        Where it is written; the same place where it is not named.
    column
        Which one; empty where it is to be found.
    comments
        The header of the column that takes comments; empty where it is to be found.
    pages
        Where a zip of students' pages goes.
    marks_only
        Whether comments and pages inside the file are left out.
    dry
        Whether only to tell what would be done.
    """

    platform: str
    into: Path
    out: Path | None = None
    column: str = ""
    comments: str = ""
    pages: Path | None = None
    marks_only: bool = False
    dry: bool = False


def run(homework: str, place: Path, course: Path, order: Order, *, accept_faults: bool = False) -> bool:
    """Hand marks on.

    Parameters
    ----------
    homework, course
        Whose marks, and where its rubric is.
    place
        The output folder of `autograder grade`.
    order
        What is wished.
    accept_faults
        Whether marks that are not complete go out as well.

    Returns
    -------
    bool
        Whether everybody has a row, and every row is somebody's.

    Raises
    ------
    ExportError
        When nothing can be written; everything is as it was then.
    """
    if order.pages and order.platform not in _WITH_PAGES:
        raise ExportError(f"--pages is for {' and '.join(_WITH_PAGES)}: {order.platform} takes no such zip.")
    class_ = outgoing(place, homework, course, accept_faults=accept_faults)
    plan = _planned(order, class_)
    if not order.dry:
        write_all(plan.writes)
    _tell(Console(highlight=False, soft_wrap=True), order, class_, plan)
    return not plan.done.paired.lost and not plan.done.paired.unknown


@dataclass(frozen=True)
class _Plan:
    """What will be written, and what is to be told of it."""

    done: Filled
    title: str
    writes: Mapping[Path, Writes]
    pages: int
    notes: tuple[str, ...]


def _planned(order: Order, class_: Outgoing) -> _Plan:
    download = sakai.opened(order.into) if order.platform == "sakai" else None
    data = download.data if download else platforms.load(order.into)
    file = platforms.read(order.platform, data, str(order.into))
    done = filled(
        file,
        class_.people,
        class_.run.facts.outline,
        column=order.column,
        own=class_.run.facts.layout == order.platform,
        comments=not order.marks_only,
        comments_in=order.comments,
    )
    target = order.out or order.into
    writes: dict[Path, Writes] = {}
    made: dict[str, bytes] = {}
    notes = list(done.notes)
    if download is None:
        writes[target] = partial(_write, done.grid.encoded())
    else:
        if not order.marks_only:
            made, told = _into_download(download, done, class_)
            notes += told
        writes[target] = partial(_repack, download.place, {download.table: done.grid.encoded(), **made})
    if order.pages:
        made, told = _apart(order.platform, done, class_)
        notes += told
        writes[order.pages] = partial(_pack, made)
    return _Plan(done, file.title, writes, len(made), tuple(notes))


def _into_download(
    download: sakai.SakaiZip, done: Filled, class_: Outgoing
) -> tuple[dict[str, bytes], list[str]]:
    """Students' pages by their paths in Sakai's zip, and what is to be told of them."""
    outline = class_.run.facts.outline
    if not download.takes_feedback:
        return {}, ["No pages: the download has no feedback attachments. Download it again and tick them."]
    people = [(line, person.report) for person, line in done.paired.pairs if person.report]
    given = ((line, pages.page_of(report, outline)) for line, report in people)
    made = sakai.pages(download, given, pages.file_name(outline))
    missing = len(people) - len(made)
    return made, [f"{missing} pages have no place: the download has no folder for them."] if missing else []


def _apart(platform: str, done: Filled, class_: Outgoing) -> tuple[dict[str, bytes], list[str]]:
    """Students' pages by their paths in a zip of their own, and what is to be told of them."""
    outline = class_.run.facts.outline
    if platform == "moodle":
        return pages.for_moodle(done.paired.pairs, outline), []
    if class_.run.facts.layout != platform:
        raise ExportError(
            "Pages go back to Brightspace in its own folders: grade its download as it is, first."
        )
    made, without = pages.for_brightspace(class_.people, outline)
    return made, [f"No page: {listed(without, _SHOWN)}."] if without else []


def _write(data: bytes, file: BinaryIO) -> None:
    file.write(data)


def _pack(files: Mapping[str, bytes], file: BinaryIO) -> None:
    archives.pack(file, files)


def _repack(source: Path, files: Mapping[str, bytes], file: BinaryIO) -> None:
    archives.repack(source, file, files)


def _tell(console: Console, order: Order, class_: Outgoing, plan: _Plan) -> None:
    """Print what was done, and what could not be."""
    done = plan.done

    def say(text: str, style: str | None = None) -> None:
        console.print(text, markup=False, style=style)

    say(f"{plan.title}: {order.into}, column {printable(done.column.header)!r}")
    if order.dry:
        for change in done.changes:
            say(f"  {change.student}: {printable(change.old) or '–'} → {change.new}")
    over = sum(bool(change.old.strip()) for change in done.changes)
    say(
        f"{len(done.changes)} marks {'would be written' if order.dry else 'written'}"
        + f", {over} in place of another mark" * bool(over)
        + f"; {done.same} are there already" * bool(done.same)
    )
    if done.comments:
        say(f"{done.comments} comments {'would be' if order.dry else 'are'} beside them")
    if plan.pages:
        say(f"{plan.pages} pages{' would be' * order.dry} in {order.pages or order.out or order.into}")
    nothing = sum(person.report is None for person, _ in done.paired.pairs)
    if nothing:
        say(f"{nothing} handed in nothing: their cells stay as they are")
    for note in plan.notes:
        say(f"Note: {note}")
    if class_.run.facts.late:
        say(f"Note: Lateness was counted ({class_.run.facts.late}). Let the platform not count it again.")
    _tell_troubles(say, order, class_, done)


def _tell_troubles(say: Callable[..., None], order: Order, class_: Outgoing, done: Filled) -> None:
    if class_.faults:
        say(f"Not complete: {listed(class_.faults, _SHOWN)}", "bold red")
    if done.stays:
        shown = [f"{student} ({reason})" for student, reason in done.stays]
        say(f"Cells that stay as they are: {listed(shown, _SHOWN)}")
    if done.paired.lost:
        say(f"No row for {len(done.paired.lost)}, whose marks are not written:", "bold")
        for person, reason in done.paired.lost:
            say(f"  {printable(person.member.student)}: {printable(reason)}")
    if alone := done.paired.unknown:
        say(f"{len(alone)} rows of people of whom nothing is known: {listed(alone, _SHOWN)}", "bold")
    if done.paired.lost or alone:
        say(_advice(order.into, class_, lost=bool(done.paired.lost)))
    if order.dry:
        say("Nothing was written.")


def _advice(into: Path, class_: Outgoing, *, lost: bool) -> str:
    """What to do where people and rows do not fit: a roster, or what is missing in the one there was."""
    known = (text for person in class_.people for text in person.member.known_as)
    if not any(text.startswith(OF_ROSTER) for text in known):
        return f"Grade with --roster {into} to say who is who, and who handed in nothing."
    missing = f"a number or login of everybody as it stands in {into}" if lost else "some of these people"
    return f"The roster that you graded with does not have {missing}: add what is missing, and grade again."
