"""One run at a time has a folder: a lock that the system takes back when its holder is gone."""

from __future__ import annotations

import getpass
import json
import os
import socket
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from autograder.ledger.errors import LedgerError, explained
from autograder.printable import printable

LOCK = "ledger.lock"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a folder, which is made where it is missing.

    Raises
    ------
    LedgerError
        When somebody else has it, or it cannot be written.
    """
    path = folder / LOCK
    with explained(path):
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = _opened(path)
    try:
        if not _locked(descriptor):
            raise LedgerError(
                f"{folder} is in use by another run{_holder(descriptor)}: wait until it ends, or name "
                "another output folder."
            )
        with explained(path):
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, _about_us(), 0)
        yield
    finally:
        os.close(descriptor)


def _opened(path: Path) -> int:
    """Open the lock, which is written to: what else is called so stays as it is."""
    try:
        kind = os.lstat(path).st_mode
    except FileNotFoundError:
        kind = stat.S_IFREG
    if not stat.S_ISREG(kind):
        what = "a folder" if stat.S_ISDIR(kind) else "a link" if stat.S_ISLNK(kind) else "no ordinary file"
        raise LedgerError(
            f"{path} is {what}, and a file of that name is needed there: move it away, or name another "
            "output folder."
        )
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
    return os.open(path, flags, 0o644)


def _locked(descriptor: int) -> bool:
    """Whether the lock is ours now; where the system has none, nobody is kept out."""
    try:
        import fcntl
    except ImportError:  # Windows
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a network's file system without locks
        return True
    return True


def _about_us() -> bytes:
    try:
        user = getpass.getuser()
    except (OSError, KeyError):
        user = ""
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    return json.dumps(
        {"process": os.getpid(), "host": socket.gethostname(), "user": user, "since": now}
    ).encode()


def _holder(descriptor: int) -> str:
    """Who has it, as far as it says."""
    try:
        about = json.loads(os.pread(descriptor, 4096, 0))
        who = f"process {int(about['process'])} on {about['host']}, {about['user']}, since {about['since']}"
        return f" ({printable(who)})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
