"""All views of a run are made, by several processes where there are many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

import msgspec

from autograder.class_page import Alike, Portrait, pieces
from autograder.gradebook import Row, table_lines
from autograder.ledger import Ledger, Run
from autograder.ledger.errors import explained
from autograder.processes import pool, spread
from autograder.views import changing
from autograder.views.making import Sheet, Sheets, link, make, portrait_from, row_from

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
            same = _all(ledger, run, new, workers)
            outline, lines = run.facts.outline, partial(ledger.lines, run.number, staged=True)
            _write(new / changing.GRADES, table_lines(outline, map(row_from, lines())))
            shown = pieces(outline, lambda: map(portrait_from, lines()), _alike(ledger, run))
            _write(new / changing.INDEX, shown)
            digest = changing.digest_of_all(new)
        if same and _shows(ledger, run, digest):
            changing.drop(ledger)
            return Written(False)
        return Written(True, changing.take_over(ledger, digest))
    except BaseException:
        if not ledger.fact("change"):
            changing.drop(ledger)
        raise


def rows(ledger: Ledger, run: Run) -> Iterator[Row]:
    """The lines of the table, sorted by name."""
    return map(row_from, ledger.lines(run.number))


def portraits(ledger: Ledger, run: Run) -> Iterator[Portrait]:
    """Everybody as the class page shows them, sorted by name."""
    return map(portrait_from, ledger.lines(run.number))


def set_alike(ledger: Ledger, run: Run, alike: Sequence[Alike] | None) -> None:
    """Let the class page of a run show these pairs, until it is graded again; None for no such part."""
    kept = _KeptPairs(run.number, list(alike)) if alike is not None else None
    ledger.set_fact(_ALIKE, msgspec.json.encode(kept).decode() if kept else "")


def _alike(ledger: Ledger, run: Run) -> list[Alike] | None:
    kept = ledger.fact(_ALIKE)
    found = msgspec.json.decode(kept, type=_KeptPairs) if kept else None
    return found.pairs if found and found.run == run.number else None


def _write(path: Path, lines: Iterable[str]) -> None:
    with open(path, "x", encoding="utf-8", errors="backslashreplace", newline="") as file:
        file.writelines(lines)


def _shows(ledger: Ledger, run: Run, digest: str) -> bool:
    """Whether the folder shows exactly this already."""
    as_written = ledger.fact("digest") == digest and not changing.were_changed(ledger)
    return as_written and len(ledger.view_files()) == run.people


def _all(ledger: Ledger, run: Run, new: Path, workers: int) -> bool:
    """Make all views; whether every one is as it was."""
    sheets = Sheets(ledger, run)
    left: list[str] = []
    for some in _batched(ledger.slugs(run.number), 500):
        kept = []
        for slug in some:
            known = ledger.view(slug)
            if known and known[0] == sheets.inputs(slug) and link(slug, known[2], ledger.folder, new):
                kept.append((slug, *known))
            else:
                left.append(slug)
        ledger.stage(kept)
    batches = (tuple(map(sheets.sheet, some)) for some in _batched(left, _BATCH))
    if workers <= 1 or len(left) < _FEW:
        for batch in batches:
            ledger.stage(_make_all(batch, new))
        return not left
    with pool(min(workers, len(left) // _BATCH + 1)) as executor:
        for made in spread(executor, partial(_make_all, folder=new), batches, 2 * workers):
            ledger.stage(made)
    return False


def _batched(items: Iterable[_Item], size: int) -> Iterator[tuple[_Item, ...]]:
    iterator = iter(items)
    while some := tuple(islice(iterator, size)):
        yield some


def _make_all(sheets: tuple[Sheet, ...], folder: Path) -> list[tuple[str, str, str, str]]:
    return [make(sheet, folder) for sheet in sheets]
