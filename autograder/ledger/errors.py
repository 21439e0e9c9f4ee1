"""What can go wrong with a ledger."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.errors import AutograderError


class LedgerError(AutograderError):
    """A ledger that cannot be read or written; the message says which, why, and what to do next."""


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Tell what SQLite and the system say of a ledger as a sentence with a remedy.

    Raises
    ------
    LedgerError
        In place of their exceptions.
    """
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise LedgerError(_sentence(path, error)) from error


def _sentence(path: Path, error: Exception) -> str:
    code = getattr(error, "sqlite_errorname", "")
    number = getattr(error, "errno", None)
    if code == "SQLITE_FULL" or number in (errno.ENOSPC, errno.EDQUOT):
        return (
            f"{path.parent} is full: make room, and run the command again. What was graded until now is kept."
        )
    if code.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return damaged(path, str(error))
    if code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")) or number in (
        errno.EACCES,
        errno.EPERM,
        errno.EROFS,
    ):
        return (
            f"{path.parent} cannot be written ({error}): check its rights, or name another folder with --out."
        )
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return f"{path} is held open by another program: close it, and run the command again."
    reason = getattr(error, "strerror", None) or error
    return f"{path} cannot be used ({reason}): check the disk, or name another folder with --out."


def damaged(path: Path, reason: str) -> str:
    """What to do with a ledger that is damaged."""
    return (
        f"{path} is damaged ({reason}). Bring it back from a copy, or move it away and grade again: marks "
        "that were given by hand are in it alone."
    )
