"""A folder's ledger is opened: checked, and made where there is none."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.ledger.errors import LedgerError, damaged, explained
from autograder.ledger.holding import alone
from autograder.ledger.store import NAME, Ledger, now
from autograder.ledger.tables import APPLICATION, SETTINGS, TABLES, VERSION

# A ledger up to this size is checked whole before it is used.
_CHECKED = 64 << 20
# With less room than this nothing is begun.
_LEAST_ROOM = 4 << 20


@contextmanager
def held(folder: Path) -> Iterator[Ledger]:
    """Open a folder's ledger to write to it, alone; both are made where they are missing.

    Raises
    ------
    LedgerError
        When somebody else has it, it is damaged or of another version, or it cannot be written.
    """
    with alone(folder), _connected(folder / NAME, "rwc") as connection:
        ledger = Ledger(folder, connection)
        with explained(ledger.path):
            _insist_on_room(folder)
            _prepare(ledger, connection)
            # that something can be written is known before the first submission is graded
            with ledger.changes():
                ledger.set_fact("opened", now())
        try:
            yield ledger
        finally:
            ledger.commit()


@contextmanager
def opened(folder: Path) -> Iterator[Ledger]:
    """Open a folder's ledger to read it.

    Raises
    ------
    LedgerError
        When there is none, or it is damaged or of another version.
    """
    if not known_at(folder):
        raise LedgerError(
            f"There is no {NAME} in {folder}: run `autograder grade` first, or name its output folder."
        )
    with _connected(folder / NAME, "ro") as connection:
        ledger = Ledger(folder, connection)
        with explained(ledger.path):
            _insist_on_ours(ledger.path, connection)
        yield ledger


def known_at(folder: Path) -> bool:
    """Whether a folder has a ledger."""
    return (folder / NAME).is_file()


@contextmanager
def _connected(path: Path, mode: str) -> Iterator[sqlite3.Connection]:
    with explained(path):
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=10
        )
    try:
        yield connection
    finally:
        connection.close()


def _insist_on_room(folder: Path) -> None:
    """That the disk is not full already."""
    free = shutil.disk_usage(folder).free
    if free < _LEAST_ROOM:
        raise LedgerError(
            f"{folder} has room for {free >> 10} KB only: make room, or name another folder with --out."
        )


def _prepare(ledger: Ledger, connection: sqlite3.Connection) -> None:
    """Check a ledger, or make its tables where it is new."""
    path = ledger.path
    if connection.execute("PRAGMA schema_version").fetchone()[0] == 0:
        connection.executescript(
            f"{SETTINGS} BEGIN IMMEDIATE; {TABLES} PRAGMA application_id = {APPLICATION}; "
            f"PRAGMA user_version = {VERSION}; COMMIT;"
        )
        return
    _insist_on_ours(path, connection)
    connection.executescript(SETTINGS)
    if path.stat().st_size <= _CHECKED:
        (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise LedgerError(damaged(path, found.splitlines()[-1]))


def _insist_on_ours(path: Path, connection: sqlite3.Connection) -> None:
    """That it is a ledger of this version."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION:
        raise LedgerError(f"{path} is not a ledger of this program: name another folder with --out.")
    if version != VERSION:
        raise LedgerError(
            f"{path} is of version {version}, and this program reads version {VERSION}: use the program that "
            "wrote it, or name another folder with --out."
        )
