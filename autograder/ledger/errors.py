"""What can go wrong with a ledger."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.errors import AutograderError, CommandError, is_full

# With less room than this a disk is full.
LEAST_ROOM = 4 << 20
_RIGHTS = (errno.EACCES, errno.EPERM, errno.EROFS)


class LedgerError(AutograderError):
    """A ledger that cannot be read or written; the message says which, why, and what to do next."""


class NoLedgerError(LedgerError, CommandError):
    """There is no ledger where one was named."""


@contextmanager
def explained(path: Path, *, reading: bool = False) -> Iterator[None]:
    """Tell what SQLite and the system say of a ledger as a sentence with a remedy.

    Parameters
    ----------
    path
        What is read or written; its folder is named where that is full or closed to us.
    reading
        Whether it is only read: then a sentence on missing rights tells of reading.

    Raises
    ------
    LedgerError
        In place of their exceptions.
    """
    try:
        yield
    except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
        raise LedgerError(_sentence(path, error, reading)) from error


def _sentence(path: Path, error: Exception, reading: bool) -> str:
    code = getattr(error, "sqlite_errorname", "") or ""
    number = getattr(error, "errno", None)
    full = code == "SQLITE_FULL" or is_full(error)
    if full or (code.startswith("SQLITE_IOERR") and _is_full(path.parent)):
        return (
            f"{path.parent} is full: make room, and run the command again. What was graded until now is kept."
        )
    if code.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or _is_no_text(error):
        return damaged(path, str(error))
    if code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")) or number in _RIGHTS:
        if reading:
            return f"{path} cannot be read ({_reason(error)}): ask its owner for the right to read it."
        return (
            f"{path.parent} cannot be written ({_reason(error)}): check its rights, or name another output "
            "folder."
        )
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return f"{path} is held open by another program: close it, and run the command again."
    if number in (errno.EEXIST, errno.ENOTDIR):
        return f"{path.parent} is not a folder: move away what is there, or name another output folder."
    return f"{path} cannot be used ({_reason(error)}): check the disk, or name another output folder."


def _is_no_text(error: Exception) -> bool:
    return isinstance(error, UnicodeDecodeError) or "decode to UTF-8" in str(error)


def _reason(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error)


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < LEAST_ROOM
    except OSError:
        return False


def damaged(path: Path, reason: str) -> str:
    """What to do with a ledger that is damaged as a whole.

    Parameters
    ----------
    path
        The ledger's file.
    reason
        What cannot be read, or what SQLite says of it.
    """
    return (
        f"The ledger is damaged: {path}: {reason}. Bring it back from a copy, or move it away and grade "
        "again: marks that were given by hand are in it alone."
    )


def damaged_part(path: Path, what: str) -> str:
    """What to do with a ledger that is damaged where `autograder grade` mends it.

    Parameters
    ----------
    path
        The ledger's file.
    what
        The part that is damaged, as the sentence names it.
    """
    return (
        f"The ledger is damaged: {path}: {what} is not as it was written. Run `autograder grade` again, with "
        "what it was given before: it judges again what cannot be read, and all else is kept."
    )
