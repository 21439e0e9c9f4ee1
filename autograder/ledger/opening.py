"""A folder's ledger is opened: checked, and made where there is none."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from autograder.ledger.errors import LEAST_ROOM, LedgerError, NoLedgerError, damaged, explained
from autograder.ledger.holding import alone
from autograder.ledger.shown import NAME
from autograder.ledger.store import Ledger, now
from autograder.ledger.tables import APPLICATION, SETTINGS, TABLES, VERSION

# A ledger up to this size is checked whole before it is used.
_CHECKED = 64 << 20
# What a ledger is called while it is made.
_NEW = ".new-ledger.sqlite"
# What SQLite keeps beside a ledger.
_WRITTEN_AHEAD = "-wal"


@contextmanager
def held(folder: Path) -> Iterator[Ledger]:
    """Open a folder's ledger to write to it, alone; both are made where they are missing.

    Raises
    ------
    LedgerError
        When somebody else has it, it is damaged or of another version, or it cannot be written.
    """
    path = folder / NAME
    with alone(folder):
        with explained(path):
            _insist_on_room(folder)
            if not _is_there(path):
                _make(path)
        with _connected(path, "mode=rw") as connection:
            ledger = Ledger(folder, connection)
            with explained(path):
                _insist_on_ours(path, connection)
                connection.executescript(SETTINGS)
                _insist_on_whole(path, connection)
                # that something can be written is known before the first submission is graded
                with ledger.changes():
                    ledger.set_fact("opened", now())
            try:
                yield ledger
            finally:
                ledger.commit()


@contextmanager
def opened(folder: Path) -> Iterator[Ledger]:
    """Open a folder's ledger to read it; the right to write is not needed.

    Raises
    ------
    LedgerError
        When there is none, or it is damaged or of another version.
    """
    insist_on_one(folder)
    path = folder / NAME
    with _connected(path, _way_to_read(path)) as connection:
        ledger = Ledger(folder, connection)
        with explained(path, reading=True):
            _insist_on_ours(path, connection)
            _insist_on_whole(path, connection)
        yield ledger


def insist_on_one(folder: Path) -> None:
    """That a folder has a ledger.

    Raises
    ------
    LedgerError
        When there is none, or it is damaged.
    """
    with explained(folder / NAME, reading=True):
        if not _is_there(folder / NAME):
            raise NoLedgerError(
                f"There is no {NAME} in {folder}: run `autograder grade` first, or name its output folder."
            )


def known_at(folder: Path) -> bool:
    """Whether a folder has a ledger."""
    return os.path.lexists(folder / NAME)


def _is_there(path: Path) -> bool:
    """Whether there is a ledger; an empty file, or a link to nothing, is what is left of one."""
    if _exists(path):
        if not path.exists():
            raise LedgerError(damaged(path, "it is a link, and nothing is where it leads to"))
        if not path.is_file():
            raise LedgerError(f"{path} is not a file: move it away, or name another output folder.")
        if path.stat().st_size == 0:
            raise LedgerError(damaged(path, "it is empty"))
        return True
    ahead = path.with_name(NAME + _WRITTEN_AHEAD)
    if _exists(ahead):
        raise LedgerError(damaged(path, f"it is missing, and {ahead.name}, which belongs to it, is there"))
    return False


def _exists(path: Path) -> bool:
    """Whether there is something, if only a link; what cannot be seen is no answer."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def _make(path: Path) -> None:
    """Make a ledger beside its place, so that whoever finds one finds it whole."""
    new = path.with_name(_NEW)
    for left in (new, new.with_name(f"{_NEW}-journal")):
        left.unlink(missing_ok=True)
    with closing(sqlite3.connect(new, isolation_level=None)) as connection:
        connection.executescript(
            f"BEGIN IMMEDIATE; {TABLES} PRAGMA application_id = {APPLICATION}; "
            f"PRAGMA user_version = {VERSION}; COMMIT;"
        )
    os.rename(new, path)


@contextmanager
def _connected(path: Path, how: str) -> Iterator[sqlite3.Connection]:
    reading = "mode=rw" not in how
    with explained(path, reading=reading):
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?{how}", uri=True, isolation_level=None, timeout=10
        )
    try:
        yield connection
    finally:
        connection.close()


def _way_to_read(path: Path) -> str:
    """How a ledger is opened to be read.

    SQLite keeps a file beside it for all who read. Where that cannot be made, nobody writes through it
    either, or we could not see what was written: the file alone is whole where nothing was written ahead.
    """
    beside = [path.resolve().with_name(path.resolve().name + end) for end in (_WRITTEN_AHEAD, "-shm")]
    if os.access(path.resolve().parent, os.W_OK) or all(os.path.lexists(each) for each in beside):
        return "mode=ro"
    try:
        ahead = beside[0].stat().st_size
    except FileNotFoundError:
        ahead = 0
    if ahead:
        raise LedgerError(
            f"{path} cannot be read: what was written last is in {beside[0].name}, and only who may write to "
            f"{path.parent} can put the two together. Ask its owner to run `autograder runs {path.parent}`."
        )
    return "mode=ro&immutable=1"


def _insist_on_room(folder: Path) -> None:
    """That the disk is not full already."""
    free = shutil.disk_usage(folder).free
    if free < LEAST_ROOM:
        raise LedgerError(
            f"{folder} has room for {free >> 10} KB only: make room, or name another output folder."
        )


def _insist_on_whole(path: Path, connection: sqlite3.Connection) -> None:
    """That a ledger is whole, as far as SQLite can tell in a moment."""
    if path.stat().st_size <= _CHECKED:
        (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise LedgerError(damaged(path, found.splitlines()[-1]))


def _insist_on_ours(path: Path, connection: sqlite3.Connection) -> None:
    """That it is a ledger of this version."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION:
        raise LedgerError(f"{path} is not a ledger of this program: name another output folder.")
    if version != VERSION:
        raise LedgerError(
            f"{path} is of version {version}, and this program reads version {VERSION}: use the program that "
            "wrote it, or name another output folder."
        )
