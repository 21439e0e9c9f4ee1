"""New views take the place of the old ones, which are moved aside; after an interruption it is finished."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import msgspec

from autograder.class_page import SIMILAR
from autograder.ledger import Ledger, LedgerError
from autograder.ledger.errors import explained
from autograder.stopping import uninterrupted
from autograder.views.files import (
    ANSWERS,
    FEEDBACK,
    GRADES,
    NAMES,
    REPORTS,
    Kept,
    are_unchanged,
    digest_of,
    digest_of_all,
    files_in,
    is_as_written,
    name_in,
    prints,
    unpacked,
)

EARLIER = "earlier"
_NEW = ".new-views"
# Of the sets of views that were moved aside so many are kept; one that somebody changed is kept for ever.
_KEPT = 5
_CHANGED = "-changed"


class _Change(msgspec.Struct, frozen=True):
    """A change of folders: what the old views are called from now on, a digest of the new table and class
    page, prints of the old views, where they may be forgotten some day, and whether there are new answers."""

    aside: str = ""
    digest: str = ""
    prints: tuple[str, str] | None = None
    answers: bool = True


def insist_on_places(folder: Path) -> None:
    """That there is nothing in the way of what will be written.

    Raises
    ------
    LedgerError
        When there is.
    """
    for name in (EARLIER, _NEW):
        try:
            found = os.lstat(folder / name).st_mode
        except OSError:
            continue
        if not stat.S_ISDIR(found):
            what = "a link" if stat.S_ISLNK(found) else "a file"
            raise LedgerError(
                f"{folder / name} is {what}, and a folder of that name is needed there: move it away, or "
                "name another output folder."
            )


def begin(ledger: Ledger) -> Path:
    """An empty folder for new views."""
    insist_on_places(ledger.folder)
    new = ledger.folder / _NEW
    with explained(new):
        shutil.rmtree(new, ignore_errors=True)
        for name in (REPORTS, FEEDBACK):
            (new / name).mkdir(parents=True)
    ledger.unstage()
    return new


def drop(ledger: Ledger) -> None:
    """Leave everything as it is."""
    ledger.unstage()
    shutil.rmtree(ledger.folder / _NEW, ignore_errors=True)


def take_over(ledger: Ledger, digest: str) -> str:
    """Put the new views in their places.

    Parameters
    ----------
    ledger
        What was staged in it are these views.
    digest
        Of the new table and class page, as `digest_of_all` makes it.

    Returns
    -------
    str
        Where the old ones are now, as a path in the folder; empty where there were none.
    """
    answers = os.path.lexists(ledger.folder / _NEW / ANSWERS)
    change = _Change("", digest, answers=answers)
    if any(os.path.lexists(ledger.folder / name) for name in NAMES):
        changed = were_changed(ledger)
        aside = _free_name(ledger, _CHANGED if changed else "")
        change = _Change(aside, digest, None if changed else _prints(ledger), answers)
    with uninterrupted():
        ledger.adopt(msgspec.json.encode(change).decode())
        finish(ledger)
    return f"{EARLIER}/{change.aside}" if change.aside else ""


def note_shown(ledger: Ledger) -> None:
    """Note that what the folder shows is the current run."""
    ledger.set_fact("shown", ledger.fact("current"))


def is_edited(aside: str) -> bool:
    """Whether what was moved aside had been changed by somebody."""
    return aside.endswith(_CHANGED)


def finish(ledger: Ledger) -> None:
    """Finish a change of folders that was begun."""
    noted = ledger.fact("change")
    if not noted:
        return
    insist_on_places(ledger.folder)
    try:
        change = msgspec.json.decode(noted, type=_Change)
    except (msgspec.DecodeError, UnicodeError):  # the ledger was damaged just there
        change = _Change(_free_name(ledger, _CHANGED))
    folder, new = ledger.folder, ledger.folder / _NEW
    with uninterrupted():
        with explained(folder / GRADES):
            for name in _shown(ledger):
                there_is_one = os.path.lexists(new / name)
                goes = name == SIMILAR or (name == ANSWERS and not change.answers)
                if not there_is_one and not goes:
                    continue  # it is in its place already
                if os.path.lexists(folder / name):
                    aside = folder / EARLIER / (change.aside or _free_name(ledger, _CHANGED))
                    aside.mkdir(parents=True, exist_ok=True)
                    os.rename(folder / name, aside / name)
                if there_is_one:
                    os.rename(new / name, folder / name)
            shutil.rmtree(new, ignore_errors=True)
        with ledger.changes():
            if change.prints:
                ledger.add_aside(change.aside, *change.prints)
            ledger.set_fact("digest", change.digest)
            note_shown(ledger)
            ledger.set_fact("change", "")
        _prune(ledger)


def _free_name(ledger: Ledger, suffix: str) -> str:
    """What nothing that was moved aside is called."""
    shown = ledger.fact("shown")
    label = f"run-{shown}" if shown.isdecimal() else "found"
    return next(name for name in _names(label, suffix) if not os.path.lexists(ledger.folder / EARLIER / name))


def _names(label: str, suffix: str) -> Iterator[str]:
    yield f"{label}{suffix}"
    number = 2
    while True:
        yield f"{label}-{number}{suffix}"
        number += 1


def were_changed(ledger: Ledger) -> bool:
    """Whether somebody changed the views, or put other files among them; what is missing is no change."""
    if not ledger.fact("shown"):
        return True
    if digest_of_all(ledger.folder) != (ledger.fact("digest") or None):
        return True
    known = ledger.view_files()
    for folder in (REPORTS, FEEDBACK):
        place = ledger.folder / folder
        if place.is_symlink() or not place.is_dir():
            return True
        with os.scandir(place) as entries:
            for entry in entries:
                slug = entry.name.rpartition(".")[0]
                kept = unpacked(known.get(slug, "")).get(folder)
                if entry.name != name_in(folder, slug) or not is_as_written(Path(entry.path), kept):
                    return True
    return False


def _shown(ledger: Ledger) -> tuple[str, ...]:
    """What shows the run before: also the page of pairs, when another run is the current one."""
    return NAMES if ledger.fact("shown") == ledger.fact("current") else (*NAMES, SIMILAR)


def _prints(ledger: Ledger) -> tuple[str, str]:
    """Of the views that are shown, which nobody changed."""
    known = ledger.view_files()
    found: list[tuple[str, Kept]] = []
    names = _shown(ledger)
    for path, place, each in files_in(ledger.folder):
        if path.partition("/")[0] not in names:
            continue
        folder, _, name = path.partition("/")
        kept = unpacked(known.get(name.rpartition(".")[0], "")).get(folder)
        digest = kept.digest if kept else digest_of(place)
        found.append((path, Kept(each.st_size, each.st_mtime_ns, digest)))
    return prints(found)


def _prune(ledger: Ledger) -> None:
    """Forget the oldest of what was moved aside: what the ledger noted, and nobody changed."""
    earlier = ledger.folder / EARLIER
    noted = ledger.asides()
    there = [each for each in noted if os.path.lexists(earlier / each[0])]
    for name, times, digests in there[:-_KEPT]:
        place = earlier / name
        if not place.is_symlink() and place.is_dir() and are_unchanged(place, times, digests):
            shutil.rmtree(place, ignore_errors=True)
    kept = there[-_KEPT:]
    ledger.forget_asides(each[0] for each in noted if each not in kept)
