"""What is read from a ledger is what was written: rows, texts and reports; or a sentence says what is not."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from autograder.ledger.errors import LedgerError, damaged, damaged_part
from autograder.ledger.rows import JudgedFile, Mark, Outline, Participant, Regrade, Run, RunFacts
from autograder.printable import printable
from autograder.report import HandedIn

# The kinds of what stands in rows.
_RUN = tuple[int, str, str, str, str, str, str, str, str, str, int, int, int]
_PERSON = tuple[str, str, str, str, str, str]
_ATTEMPT = tuple[str, str | None, str | None]


def run_from(path: Path, row: Any) -> Run:
    """A run; number, outline and the other facts, then what is not known when it begins.

    Parameters
    ----------
    path
        The ledger's file, for messages.
    row
        As SQLite gives it.

    Raises
    ------
    LedgerError
        When a value is of another kind, or cannot be read.
    """
    what = f"run {row[0]}"
    row = _checked(path, row, _RUN, what)
    return Run(row[0], RunFacts(_decoded(path, row[1], Outline, what), *row[2:8]), *row[8:])


def participant_from(path: Path, row: Any) -> Participant:
    """Somebody with a row: slug, student, name, ids, section, known_as.

    Parameters
    ----------
    path
        The ledger's file, for messages.
    row
        As SQLite gives it; ids and known_as are lists in JSON.

    Raises
    ------
    LedgerError
        When a value is of another kind, or cannot be read.
    """
    what = f"what stands of {printable(str(row[1]))}"
    slug, student, name, ids, section, known_as = _checked(path, row, _PERSON, what)
    known = [_decoded(path, text, tuple[str, ...], what) for text in (ids, known_as)]
    return Participant(student, slug, name, known[0], section, known[1])


def judged_file_from(path: Path, slug: str, row: Any) -> JudgedFile:
    """An attempt of somebody: the key of a report, what was told of the attempt, the report's digest.

    Parameters
    ----------
    path
        The ledger's file, for messages.
    slug
        The name of the person's files, for messages.
    row
        As SQLite gives it; what was told is JSON, or None where nothing was.

    Raises
    ------
    LedgerError
        When a value is of another kind, or cannot be read.
    """
    what = f"what stands of {printable(slug)}"
    key, told, digest = _checked(path, row, _ATTEMPT, what)
    return JudgedFile(key, _decoded(path, told, HandedIn, what) if told else None, digest or "")


def mark_from(path: Path, row: Any) -> Mark:
    """A mark by hand; where it cannot be read whose it is, it is nobody's, and told.

    Parameters
    ----------
    path
        The ledger's file, for messages.
    row
        As SQLite gives it: known_as, student, exercise, points, why, when, number.

    Raises
    ------
    LedgerError
        When the points are no number.
    """
    known_as, student, exercise, points, why, when, number = row
    if not isinstance(points, float):
        raise LedgerError(damaged(path, f"a mark by hand of {printable(str(student))} cannot be read"))
    try:
        known = msgspec.json.decode(text_from(known_as), type=tuple[str, ...])
    except (msgspec.DecodeError, UnicodeError):
        known = ()
    return Mark(
        known, text_from(student), text_from(exercise), points, text_from(why), text_from(when), number
    )


def regrade_from(text: str) -> Regrade:
    """What was to be judged again; nothing where that cannot be read."""
    try:
        return msgspec.json.decode(text, type=Regrade) if text else Regrade()
    except (msgspec.DecodeError, UnicodeError):
        return Regrade()


def text_from(value: object) -> str:
    """A text; empty where it is none."""
    return value if isinstance(value, str) else ""


def is_whole(digest: object, report: object) -> bool:
    """Whether a report is as it was written.

    Parameters
    ----------
    digest
        The SHA-256 that was kept of it.
    report
        Its bytes, packed; what is something else is not whole.
    """
    return isinstance(report, bytes) and sha256(report).hexdigest() == digest


def _checked(path: Path, row: Any, kind: Any, what: str) -> Any:
    """A row with the kinds of values that it must have: SQLite keeps any kind in any column."""
    try:
        return msgspec.convert(row, kind)
    except msgspec.ValidationError:
        raise LedgerError(damaged_part(path, what)) from None


def _decoded(path: Path, text: str, kind: Any, what: str) -> Any:
    """A value that is kept as JSON."""
    try:
        return msgspec.json.decode(text, type=kind)
    except (msgspec.DecodeError, UnicodeError):
        raise LedgerError(damaged_part(path, what)) from None
