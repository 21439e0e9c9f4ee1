"""All views of a run are made, by several processes where there are many."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

import msgspec

from autograder import answers
from autograder.class_page import Alike, Portrait, pieces
from autograder.gradebook import Row, table_lines
from autograder.ledger import Ledger, Run
from autograder.ledger.errors import explained
from autograder.processes import pool, spread
from autograder.views import changing, files
from autograder.views.making import Sheet, Sheets, everybody, is_line, make, portrait_from, row_from

_Item = TypeVar("_Item")
# With fewer than this to be made, a process is not worth its start.
_FEW = 30
_BATCH = 20


# Under which the ledger keeps whose files are alike.
_ALIKE = "alike"


class _KeptPairs(msgspec.Struct):
    run: int
    pairs: list[Alike]


@dataclass(frozen=True)
class Written:
    """What was written: whether anything changed, and where the views before it are now."""

    changed: bool
    aside: str = ""

    @property
    def edited(self) -> bool:
        """Whether somebody had changed the views before it."""
        return changing.is_edited(self.aside)


def write(ledger: Ledger, run: Run, workers: int = 1) -> Written:
    """Let index.html, grades.csv, reports/ and feedback/ show a run, and nobody else.

    Parameters
    ----------
    ledger
        Held.
    run
        One that came to its end.
    workers
        How many processes may be used.

    Raises
    ------
    LedgerError
        When something cannot be written; what was there before is still there then.
    """
    new = changing.begin(ledger)
    try:
        with explained(new):
            sheets = Sheets(ledger, run)
            left = _changed(ledger, run, sheets)
            if not left and _shows(ledger, run, _write_of_all(ledger, run, new)):
                changing.drop(ledger)
                changing.note_shown(ledger)
                return Written(False)
            left += _copied(ledger, run, new, set(left))
            _make(ledger, sheets, left, new, workers)
            digest = _write_of_all(ledger, run, new)
        return Written(True, changing.take_over(ledger, digest))
    except BaseException:
        if not ledger.fact("change"):
            changing.drop(ledger)
        raise


def rows(ledger: Ledger, run: Run) -> Iterator[Row]:
    """The lines of the table, sorted by name.

    Parameters
    ----------
    ledger, run
        An open ledger, and the run that its views show.
    """
    return map(row_from, ledger.lines(run.number))


def portraits(ledger: Ledger, run: Run) -> Iterator[Portrait]:
    """Everybody as the class page shows them, sorted by name.

    Parameters
    ----------
    ledger, run
        An open ledger, and the run that its views show.
    """
    return map(portrait_from, ledger.lines(run.number))


def set_alike(ledger: Ledger, run: Run, alike: Sequence[Alike] | None) -> None:
    """Let the class page of a run show these pairs, until it is graded again; None for no such part.

    Parameters
    ----------
    ledger, run
        A held ledger, and one of its runs.
    alike
        Pairs of people whose files are alike.
    """
    kept = _KeptPairs(run.number, list(alike)) if alike is not None else None
    ledger.set_fact(_ALIKE, msgspec.json.encode(kept).decode() if kept else "")


def _alike(ledger: Ledger, run: Run) -> list[Alike] | None:
    kept = ledger.fact(_ALIKE)
    try:
        found = msgspec.json.decode(kept, type=_KeptPairs) if kept else None
    except (msgspec.DecodeError, UnicodeError):  # damaged: they can be looked for again
        found = None
    return found.pairs if found and found.run == run.number else None


def _write_of_all(ledger: Ledger, run: Run, new: Path) -> str:
    """The table and the class page of what is staged; returns a digest of them."""
    outline, lines = run.facts.outline, partial(ledger.lines, run.number, staged=True)
    _write(new / files.GRADES, table_lines(outline, map(row_from, lines())))
    shown = pieces(outline, lambda: map(portrait_from, lines()), _alike(ledger, run))
    _write(new / files.INDEX, shown)
    if outline.criteria:
        _write(new / files.ANSWERS, answers.lines(outline, everybody(ledger, run)))
    return files.digest_of_all(new)


def _write(path: Path, lines: Iterable[str]) -> None:
    with open(path, "w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        file.writelines(lines)


def _shows(ledger: Ledger, run: Run, digest: str) -> bool:
    """Whether the folder shows exactly this already."""
    as_written = ledger.fact("digest") == digest and not changing.were_changed(ledger)
    return as_written and len(ledger.view_files()) == run.people


def _changed(ledger: Ledger, run: Run, sheets: Sheets) -> list[str]:
    """Whose views have to be made; all others are staged as they are."""
    left: list[str] = []
    for some in _batched(ledger.slugs(run.number), 500):
        kept = []
        for slug in some:
            known = ledger.view(slug)
            if known and known[0] == sheets.inputs(slug) and is_line(known[1]) and _is_there(ledger, slug):
                kept.append((slug, *known))
            else:
                left.append(slug)
        ledger.stage(kept)
    return left


def _is_there(ledger: Ledger, slug: str) -> bool:
    known = ledger.view(slug)
    return known is not None and files.are_there(slug, files.unpacked(known[2]), ledger.folder)


def _copied(ledger: Ledger, run: Run, new: Path, others: Collection[str]) -> list[str]:
    """Copy the views of all but some; returns who was changed just now, and could not be copied."""
    left: list[str] = []
    for some in _batched(ledger.slugs(run.number), 500):
        for slug in some:
            known = ledger.view(slug) if slug not in others else None
            if known and not files.copy(slug, files.unpacked(known[2]), ledger.folder, new):
                left.append(slug)
    return left


def _make(ledger: Ledger, sheets: Sheets, left: Sequence[str], new: Path, workers: int) -> None:
    """Make views, in several processes where there are many; in this one where those come to an end."""
    if workers > 1 and len(left) >= _FEW:
        made: set[str] = set()
        batches = (tuple(map(sheets.sheet, some)) for some in _batched(left, _BATCH))
        try:
            with pool(min(workers, len(left) // _BATCH + 1)) as executor:
                for new_ones in spread(executor, partial(_make_all, folder=new), batches, 2 * workers):
                    ledger.stage(new_ones)
                    made |= {slug for slug, *_ in new_ones}
            return
        except BrokenProcessPool:  # somebody or something ended one
            left = [slug for slug in left if slug not in made]
            for slug in left:
                files.remove(slug, new)
    for some in _batched(left, _BATCH):
        ledger.stage(_make_all(tuple(map(sheets.sheet, some)), new))


def _batched(items: Iterable[_Item], size: int) -> Iterator[tuple[_Item, ...]]:
    iterator = iter(items)
    while some := tuple(islice(iterator, size)):
        yield some


def _make_all(sheets: tuple[Sheet, ...], folder: Path) -> list[tuple[str, str, str, str]]:
    return [make(sheet, folder) for sheet in sheets]
