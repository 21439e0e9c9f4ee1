"""A zip becomes files in memory: nothing is unpacked to disk, nothing in it is followed or run.

Names, sizes and kinds in an archive are claims of whoever made it. They are checked before anything is
read, and reading stops where the limit is, whatever the archive says.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from autograder.printable import printable
from autograder.submission.opening import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_ENTRIES,
    NOT_READ,
    TOO_DEEP,
    Entry,
    File,
    Kind,
    Parts,
    RefusedError,
    Tree,
    in_order,
    is_skipped,
)
from autograder.submission.slimming import TooLargeError, within

MAX_NAME = 255
_MAX_REFUSALS = 10
# What zipfile raises for bytes that are no archive, or not the one they claim to be.
_DAMAGE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError)
_ENTRY_MARK = b"PK\x01\x02"
_DRIVE = re.compile(r"[A-Za-z]:")
_READ = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Archive:
    """The files of a zip by their paths.

    Parameters
    ----------
    file
        The archive, open for reading; it is closed by `close`.

    Raises
    ------
    RefusedError
        When it cannot be read as a zip.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        try:
            self._zip = zipfile.ZipFile(file)
        except _DAMAGE as error:
            raise RefusedError(f"The archive cannot be read ({_reason(error)}): make it anew.") from None
        self._files: dict[str, list[tuple[File, Kind]]] = {}  # by the first part of the path
        refused: list[str] = []
        for info in self._zip.infolist():
            if info.filename.endswith("/"):
                continue
            try:
                parts = _parts(info)
            except RefusedError as refusal:
                refused.append(f"{printable(info.orig_filename[:MAX_NAME])}: {refusal}")
                continue
            entry = File(parts, partial(self._read, info))
            self._files.setdefault(parts[0], []).append((entry, _kind(info)))
        self.notes = tuple(_shortened(refused))

    def _below(self, top: Parts) -> Iterator[tuple[File, Kind]]:
        """All files in a folder and in those below it."""
        there = (
            self._files.get(top[0], []) if top else [each for files in self._files.values() for each in files]
        )
        return (each for each in there if each[0].parts[: len(top)] == top and len(each[0].parts) > len(top))

    def entries(self, top: Parts = ()) -> list[Entry]:
        """What lies in a folder: files, and folders with something in them, sorted by name."""
        folders: dict[str, Entry] = {}
        files: list[Entry] = []
        for file, kind in self._below(top):
            name, *below = file.parts[len(top) :]
            if below:
                folders.setdefault(name, Entry(name, "folder", file.read))
            else:
                files.append(Entry(name, kind, file.read))
        return in_order([*folders.values(), *files])

    def walk(self, top: Parts = ()) -> Tree:
        """All files below a folder, shallow ones first; hidden ones and those of other programs left out."""
        files: list[File] = []
        too_deep = False
        for file, _ in self._below(top):
            below = file.parts[len(top) :]
            if any(part.startswith(".") for part in below) or any(map(is_skipped, below[:-1])):
                continue
            if len(below) > MAX_DEPTH + 1:
                too_deep = True
            else:
                files.append(file)
        shallow_first = sorted(files, key=lambda file: len(file.parts))
        return Tree(tuple(shallow_first), (TOO_DEEP,) if too_deep else ())

    def _read(self, info: zipfile.ZipInfo) -> bytes:
        if (kind := _kind(info)) != "file":
            raise RefusedError(NOT_READ[kind])
        if info.flag_bits & 1:
            raise RefusedError("The file is encrypted: make the archive without a password.")
        if info.compress_type not in _READ:
            raise RefusedError("The file is compressed in an unusual way: make an ordinary zip.")
        try:
            with self._zip.open(info) as file:
                return within(file.read, MAX_BYTES)
        except TooLargeError:
            raise RefusedError(
                f"The file has more than {MAX_BYTES / 1e6:.0f} MB when it is unpacked, too much to read: "
                "clear the notebook's outputs."
            ) from None
        except _DAMAGE as error:
            raise RefusedError(
                f"The file cannot be unpacked ({_reason(error)}): make the archive anew."
            ) from None

    def close(self) -> None:
        """Close the archive and its file."""
        self._zip.close()
        self._file.close()


def is_archive(path: Path) -> bool:
    """Whether a path is a regular file that is called a zip."""
    return path.suffix.lower() == ".zip" and path.is_file()


def handed_in(data: bytes) -> Archive:
    """A student's archive. It may not have more than `MAX_ENTRIES` entries.

    They are counted by their headers, before zipfile makes an object of each: the number that an archive
    gives may be a lie.

    Raises
    ------
    RefusedError
        When it cannot be read as a zip, or has too many entries.
    """
    if data.count(_ENTRY_MARK) > MAX_ENTRIES:
        raise RefusedError(
            f"The archive has more than {MAX_ENTRIES:,} entries: put only the homework into it."
        )
    return Archive(io.BytesIO(data))


def _parts(info: zipfile.ZipInfo) -> Parts:
    """The path of an entry; where it would lead out of its folder, there is none."""
    name = info.orig_filename.replace("\\", "/")
    if "\0" in name:
        raise RefusedError("The name holds a NUL character, so the file is not read.")
    if name.startswith("/") or _DRIVE.match(name):
        raise RefusedError("The name is an absolute path, so the file is not read.")
    parts = tuple(part for part in name.split("/") if part not in ("", "."))
    if ".." in parts:
        raise RefusedError("The name leads out of the archive's folder, so the file is not read.")
    if not parts or max(map(len, parts)) > MAX_NAME:
        raise RefusedError(f"The name has more than {MAX_NAME} characters, or none: the file is not read.")
    return parts


def _kind(info: zipfile.ZipInfo) -> Kind:
    mode = info.external_attr >> 16
    if stat.S_ISLNK(mode):
        return "link"
    return "file" if stat.S_IFMT(mode) in (0, stat.S_IFREG) else "special"


def _reason(error: BaseException) -> str:
    return printable(str(error).split("\n")[0][:80]) or type(error).__name__


def _shortened(refused: list[str]) -> list[str]:
    more = len(refused) - _MAX_REFUSALS
    return refused[:_MAX_REFUSALS] + (
        [f"{more} more entries of the archive were not read."] if more > 0 else []
    )
