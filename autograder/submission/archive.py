"""A zip becomes files in memory: nothing is unpacked to disk, nothing in it is followed or run.

Names, sizes and kinds in an archive are claims of whoever made it. They are checked before anything is
read, and reading stops where the limit is, whatever the archive says.
"""

from __future__ import annotations

import io
import os
import re
import stat
import zipfile
import zlib
from functools import partial
from pathlib import Path
from typing import BinaryIO

from autograder.printable import printable
from autograder.submission.opening import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_ENTRIES,
    NOT_READ,
    OUTSIDE,
    TOO_DEEP,
    TOO_MANY,
    File,
    Kind,
    Parts,
    RefusedError,
    Tree,
    hidden_from,
    nothing_in,
)
from autograder.submission.slimming import TooLargeError, within

MAX_NAME = 255
_MAX_REFUSALS = 10
# Of a class: how deep a path may be at all, and how deep folders are looked for that hold nothing.
_DEEPEST = MAX_DEPTH + 6
_NEAR = 3
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
            raise RefusedError(f"The archive cannot be read ({reason_of(error)}): make it anew.") from None
        self._state = _state(file)
        self._files: list[File] = []
        self._folders: list[Parts] = []
        refused: list[str] = []
        listed = self._zip.infolist()
        # written by Windows alone where no name has a slash; else a backslash is a character like others
        by_windows = not any("/" in info.orig_filename for info in listed)
        ends = ("/", "\\") if by_windows else "/"
        for info in listed:
            try:
                parts = _parts(info, by_windows)
            except RefusedError as refusal:
                refused.append(f"{printable(info.orig_filename[:MAX_NAME])}: {refusal}")
                continue
            if info.orig_filename.endswith(ends):
                self._folders.append(parts)
            else:
                self._files.append(File(parts, partial(self._read, info), _kind(info)))
        self.notes = tuple(_shortened(refused))
        self.troubles: list[tuple[Parts, str]] = []

    def walk(self) -> Tree:
        """All files, shallow ones first; hidden ones and those of other programs left out."""
        files = [file for file in self._files if hidden_from(file.parts) is None]
        shallow_first = sorted(files, key=lambda file: len(file.parts))
        kept = [file for file in shallow_first if len(file.parts) <= MAX_DEPTH + 1]
        return Tree(tuple(kept), (TOO_DEEP,) if len(kept) < len(files) else ())

    def survey(self) -> list[File]:
        """The same of a class, with the folders in which there is nothing to be seen."""
        files = [file for file in self._files if hidden_from(file.parts) is None]
        for file in files:
            if len(file.parts) > _DEEPEST:
                self.troubles.append((file.parts[:_NEAR], TOO_DEEP))
        files = [file for file in files if len(file.parts) <= _DEEPEST]
        seen = {file.parts[:size] for file in files for size in range(1, _NEAR + 1)}
        hidden = {parts: hidden_from(parts) for parts in (*self._folders, *(f.parts for f in self._files))}
        bare = {parts[: len(parts) if k is None else k][:_NEAR] for parts, k in hidden.items()}
        bare -= seen | {()}
        deepest = bare - {parts[:size] for parts in bare for size in range(1, len(parts))}
        return [*files, *map(nothing_in, sorted(deepest))]

    def changed(self) -> bool:
        """Whether somebody wrote into the archive since it was opened."""
        return _state(self._file) != self._state

    def _read(self, info: zipfile.ZipInfo, limit: int = MAX_BYTES) -> bytes:
        if (kind := _kind(info)) != "file":
            raise RefusedError(NOT_READ[kind])
        if info.flag_bits & 1:
            raise RefusedError("The file is encrypted: make the archive without a password.")
        if info.compress_type not in _READ:
            raise RefusedError("The file is compressed in an unusual way: make an ordinary zip.")
        try:
            with self._zip.open(info) as file:
                return within(file.read, limit)
        except TooLargeError:
            raise RefusedError(
                f"The file has more than {limit / 1e6:.0f} MB when it is unpacked, too much to read: "
                "clear the notebook's outputs."
            ) from None
        except _DAMAGE as error:
            raise RefusedError(
                f"The file cannot be unpacked ({reason_of(error)}): make the archive anew."
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
        raise RefusedError(TOO_MANY)
    return Archive(io.BytesIO(data))


def _state(file: BinaryIO) -> tuple[int, ...]:
    try:
        about = os.fstat(file.fileno())
    except OSError:  # in memory
        return ()
    return about.st_size, about.st_mtime_ns


def _parts(info: zipfile.ZipInfo, by_windows: bool = True) -> Parts:
    """The path of an entry; where it would lead out of its folder, there is none."""
    told = _name(info)
    name = told.replace("\\", "/")
    if "\0" in name:
        raise RefusedError("The name holds a NUL character, so the file is not read.")
    if name.startswith("/") or _DRIVE.match(name):
        raise RefusedError("The name is an absolute path, so the file is not read.")
    parts = tuple(part for part in name.split("/") if part not in ("", "."))
    if ".." in parts:
        raise RefusedError(OUTSIDE)
    if not by_windows:
        parts = tuple(part for part in told.split("/") if part not in ("", "."))
    if not parts or max(map(len, parts)) > MAX_NAME:
        raise RefusedError(f"The name has more than {MAX_NAME} characters, or none: the file is not read.")
    return parts


def _name(info: zipfile.ZipInfo) -> str:
    """The name as it was meant: a Mac writes UTF-8 and does not say so."""
    name = info.orig_filename
    if name.isascii() or info.flag_bits & 0x800:
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def _kind(info: zipfile.ZipInfo) -> Kind:
    mode = info.external_attr >> 16
    if stat.S_ISLNK(mode):
        return "link"
    return "file" if stat.S_IFMT(mode) in (0, stat.S_IFREG) else "special"


def reason_of(error: BaseException) -> str:
    """What is wrong with an archive, in the words of the library that reads it."""
    return printable(str(error).split("\n")[0][:80]) or type(error).__name__


def _shortened(refused: list[str]) -> list[str]:
    more = len(refused) - _MAX_REFUSALS
    return refused[:_MAX_REFUSALS] + (
        [f"{more} more entries of the archive were not read."] if more > 0 else []
    )
