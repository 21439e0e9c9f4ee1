"""New views take the place of the old ones, which are moved aside; after an interruption it is finished."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from autograder.ledger import Ledger
from autograder.ledger.errors import explained
from autograder.views.making import FEEDBACK, REPORTS, digest_of, is_as_written

GRADES, INDEX = "grades.csv", "index.html"
OF_ALL = (GRADES, INDEX)
NAMES = (REPORTS, FEEDBACK, *OF_ALL)
EARLIER = "earlier"
_NEW = ".new-views"
# Of the sets of views that were moved aside so many are kept; one that somebody changed is kept for ever.
_KEPT = 5
_CHANGED = "-changed"


def begin(ledger: Ledger) -> Path:
    """An empty folder for new views."""
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
    aside = ""
    if any(os.path.lexists(ledger.folder / name) for name in NAMES):
        label = f"run-{before}" if (before := ledger.fact("shown")) else "found"
        suffix = _CHANGED if were_changed(ledger) else ""
        aside = next(
            name for name in _names(label, suffix) if not os.path.lexists(ledger.folder / EARLIER / name)
        )
    ledger.adopt(json.dumps({"aside": aside, "digest": digest}))
    finish(ledger)
    return f"{EARLIER}/{aside}" if aside else ""


def finish(ledger: Ledger) -> None:
    """Finish a change of folders that was begun."""
    noted = ledger.fact("change")
    if not noted:
        return
    change = json.loads(noted)
    folder, new = ledger.folder, ledger.folder / _NEW
    with explained(folder / GRADES):
        for name in NAMES:
            if not os.path.lexists(new / name):
                continue
            if os.path.lexists(folder / name):
                (folder / EARLIER / change["aside"]).mkdir(parents=True, exist_ok=True)
                os.rename(folder / name, folder / EARLIER / change["aside"] / name)
            os.rename(new / name, folder / name)
        shutil.rmtree(new, ignore_errors=True)
    with ledger.changes():
        ledger.set_fact("digest", change["digest"])
        ledger.set_fact("shown", ledger.fact("current"))
        ledger.set_fact("change", "")
    _prune(folder / EARLIER)


def _names(label: str, suffix: str) -> Iterator[str]:
    yield f"{label}{suffix}"
    number = 2
    while True:
        yield f"{label}-{number}{suffix}"
        number += 1


def were_changed(ledger: Ledger) -> bool:
    """Whether somebody changed the views, or put other files among them."""
    if not ledger.fact("shown"):
        return True
    known = ledger.view_files()
    if digest_of_all(ledger.folder) != ledger.fact("digest"):
        return True
    for folder in (REPORTS, FEEDBACK):
        place = ledger.folder / folder
        if place.is_symlink() or not place.is_dir():
            return True
        with os.scandir(place) as entries:
            for entry in entries:
                slug = entry.name.rpartition(".")[0]
                if slug not in known or not is_as_written(folder, known[slug], Path(entry.path)):
                    return True
    return False


def digest_of_all(folder: Path) -> str:
    """A digest of the files that show the whole class; empty where one is not there."""
    return digest_of(*(folder / name for name in OF_ALL))


def _prune(earlier: Path) -> None:
    """Forget the oldest of what was moved aside."""
    if not earlier.is_dir():
        return
    kept = [each for each in earlier.iterdir() if each.name.startswith("run-")]
    ours = sorted(
        (each for each in kept if not each.name.endswith(_CHANGED)), key=lambda each: each.stat().st_mtime_ns
    )
    for each in ours[:-_KEPT]:
        shutil.rmtree(each, ignore_errors=True)
