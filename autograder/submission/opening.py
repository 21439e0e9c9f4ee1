"""Files of strangers are opened below a directory descriptor, one component at a time, following no link.

A path is looked up anew by each system call, and its owner may change it in between. A descriptor stays
what it was when it was opened; so every check is made on the descriptor that is then read.
"""

from __future__ import annotations

import os
import stat
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Literal

from autograder.submission.slimming import MAX_NOTEBOOK, TooLargeError, within

MAX_BYTES = 10_000_000
# A student's archive is held in memory while it is that student's turn.
MAX_ARCHIVE = 100_000_000
MAX_STAMP = 1000
MAX_DEPTH = 6
MAX_ENTRIES = 20_000
MAX_STUDENTS = 100_000

_SKIPPED = {"__pycache__", "__macosx", "node_modules", "site-packages", "venv", "env"}

_FOLDER = (
    os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
)
_FILE = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)  # a FIFO without a writer would wait for one for ever
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
)

Parts = tuple[str, ...]
Kind = Literal["file", "folder", "link", "special"]


NOT_READ: dict[Kind, str] = {
    "link": "The file is a symbolic link, and links are not followed: hand in the file itself.",
    "special": "The file is not an ordinary file: hand in a .py or .ipynb file.",
}
EMPTY = "The folder is empty."
NOT_THERE = "There is no such file."
_ANEW = "Make the archive anew, inside of the folder that holds the homework."
OUTSIDE = f"The name leads out of the archive's folder, so the file is not read. {_ANEW}"
ABSOLUTE = f"The name is an absolute path, so the file is not read. {_ANEW}"
TOO_MANY = f"The archive has more than {MAX_ENTRIES:,} entries: put only the homework into it."
TOO_DEEP = f"Folders more than {MAX_DEPTH} levels deep were not looked at."


class RefusedError(Exception):
    """A file or folder that is not read; the message is a sentence for its owner, without the name."""


@dataclass(frozen=True, slots=True)
class File:
    """A file by its path from the root, and what reads its bytes or raises `RefusedError`.

    A folder without a file in it is one as well: its last part is empty.
    """

    parts: Parts
    read: Callable[..., bytes]
    kind: Kind = "file"


def nothing_in(folder: Parts, reason: str = EMPTY) -> File:
    """What stands for a folder of which no file can be read, and the reason.

    Parameters
    ----------
    folder
        Its path from the root.
    reason
        A sentence for its owner, which `RefusedError` tells when somebody reads the file.
    """

    def read(limit: int = 0) -> bytes:
        raise RefusedError(reason)

    return File((*folder, ""), read, "folder")


@dataclass(frozen=True)
class Entry:
    """One name in a folder, and what reads it if it is a file; ``special`` is a FIFO, a device, a socket."""

    name: str
    kind: Kind
    read: Callable[..., bytes]


@dataclass(frozen=True)
class Tree:
    """The files below a folder, shallow ones first; notes say what was left out."""

    files: tuple[File, ...]
    notes: tuple[str, ...]


class Folder:
    """A folder and what is below it.

    Parameters
    ----------
    path
        The grader's own choice: here a link is followed.

    Raises
    ------
    OSError
        When it cannot be opened.
    """

    notes: tuple[str, ...] = ()

    def __init__(self, path: Path) -> None:
        self._root = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)

    def entries(self, top: Parts = ()) -> list[Entry]:
        """What lies in a folder, sorted by name; see `entries`."""
        return entries(self._root, top, MAX_STUDENTS)

    def walk(self, top: Parts = ()) -> Tree:
        """All files below a folder; see `walk`."""
        return walk(self._root, top)

    def hidden(self, parts: Parts) -> bytes:
        """A small file that is not among the others, as its name begins with a full stop.

        Raises
        ------
        RefusedError
            When it is not there, or cannot be read.
        """
        return read_regular(self._root, parts, MAX_STAMP)

    def close(self) -> None:
        """Let go of the folder; its files cannot be read any more."""
        os.close(self._root)


def can_open_safely() -> bool:
    """Whether this system has what the functions here stand on (Windows has not)."""
    return os.open in os.supports_dir_fd and os.scandir in os.supports_fd and hasattr(os, "O_NOFOLLOW")


def is_skipped(name: str) -> bool:
    """Whether a folder of this name holds other people's code, or an editor's copies."""
    return name.casefold() in _SKIPPED


def hidden_from(parts: Parts) -> int | None:
    """Where a path begins to be hidden, or to be another program's; None where it never does."""
    for k, part in enumerate(parts):
        if part.startswith(".") or (k < len(parts) - 1 and is_skipped(part)):
            return k
    return None


def in_order(found: Iterable[Entry]) -> list[Entry]:
    """The entries sorted by name, hidden ones left out."""
    return sorted((e for e in found if not e.name.startswith(".")), key=lambda e: (e.name.casefold(), e.name))


@contextmanager
def _opened(root: int, parts: Sequence[str]) -> Iterator[int]:
    current = os.dup(root)
    try:
        for part in parts:
            below = os.open(part, _FOLDER, dir_fd=current)
            os.close(current)
            current = below
        yield current
    finally:
        os.close(current)


def _kind(entry: os.DirEntry[str]) -> Kind:
    if entry.is_symlink():
        return "link"
    if entry.is_dir(follow_symlinks=False):
        return "folder"
    return "file" if entry.is_file(follow_symlinks=False) else "special"


def entries(root: int, parts: Parts = (), limit: int = MAX_ENTRIES) -> list[Entry]:
    """At most ``limit`` entries of a folder below the root, hidden ones left out, sorted by name.

    Parameters
    ----------
    root
        A descriptor of the folder at the top.
    parts
        The folder's path below it; empty for the top itself.
    limit
        So many are looked at, in the system's order.

    Raises
    ------
    RefusedError
        When the folder cannot be read, or is no folder any more.
    """
    try:
        with _opened(root, parts) as folder, os.scandir(folder) as found:
            names = [
                Entry(entry.name, _kind(entry), partial(read_regular, root, (*parts, entry.name)))
                for entry in islice(found, limit)
            ]
    except OSError as error:
        raise RefusedError(f"The folder cannot be read ({error.strerror}).") from error
    return in_order(names)


def walk(root: int, top: Parts) -> Tree:
    """All files below a folder, at most `MAX_DEPTH` folders deep and `MAX_ENTRIES` entries in all.

    Links and special files are listed, so that `read_regular` can say why it does not read them; links
    to folders are never entered.

    Parameters
    ----------
    root
        A descriptor of the folder at the top.
    top
        The folder's path below it; empty for the top itself.

    Raises
    ------
    RefusedError
        When the folder itself cannot be read.
    """
    files: list[File] = []
    notes: list[str] = []
    queue = deque([top])
    left = MAX_ENTRIES
    too_deep = False
    # Breadth first: where the caps bite, they bite the deepest files and not the submission beside them.
    while queue and left > 0:
        parts = queue.popleft()
        try:
            found = entries(root, parts, left)
        except RefusedError as refusal:
            if parts == top:
                raise
            notes.append(f"{'/'.join(parts)}: {refusal}")
            continue
        left -= len(found)
        for entry in found:
            below = (*parts, entry.name)
            if entry.kind != "folder":
                files.append(File(below, entry.read, entry.kind))
            elif len(below) - len(top) > MAX_DEPTH:
                too_deep = True
            elif not is_skipped(entry.name):
                queue.append(below)
    if left <= 0:
        notes.append(f"The folder holds more than {MAX_ENTRIES:,} files; not all were looked at.")
    if too_deep:
        notes.append(TOO_DEEP)
    return Tree(tuple(files), tuple(notes))


def _check(info: os.stat_result) -> None:
    if stat.S_ISLNK(info.st_mode):
        raise RefusedError(NOT_READ["link"])
    if not stat.S_ISREG(info.st_mode):
        raise RefusedError(NOT_READ["special"])
    if info.st_nlink != 1:
        raise RefusedError("The file is a hard link, a second name of another file: hand in a copy.")
    if info.st_size > MAX_NOTEBOOK:
        raise too_large(info.st_size, MAX_NOTEBOOK)


def too_large(size: int, limit: int) -> RefusedError:
    """Why a file of this size is not read.

    Parameters
    ----------
    size, limit
        In bytes.
    """
    return RefusedError(
        f"The file has {size / 1e6:,.1f} MB, and at most {limit / 1e6:.0f} MB are read: "
        "clear the notebook's outputs; leave data and pictures out."
    )


def read_regular(root: int, parts: Parts, limit: int = MAX_BYTES) -> bytes:
    """The bytes of a regular file below the root; of a large notebook without its outputs.

    Parameters
    ----------
    root
        A descriptor of the folder at the top.
    parts
        The file's path below it.
    limit
        At most so many bytes are kept.

    Raises
    ------
    RefusedError
        For links, hard links, FIFOs, devices, and files that are too large or cannot be read.
    """
    *folders, name = parts
    try:
        with _opened(root, folders) as folder:
            # Opening a device can already do something, so the kind is asked before and checked after.
            _check(os.stat(name, dir_fd=folder, follow_symlinks=False))
            with open(os.open(name, _FILE, dir_fd=folder), "rb") as file:
                info = os.fstat(file.fileno())
                _check(info)
                return within(file.read, limit)
    except TooLargeError:
        if info.st_size > limit:
            raise too_large(info.st_size, limit) from None
        raise RefusedError(f"The file grew to more than {limit / 1e6:.0f} MB while it was read.") from None
    except OSError as error:
        raise RefusedError(f"The file cannot be read ({error.strerror}).") from error
