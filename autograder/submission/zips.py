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
from functools import partial
from typing import BinaryIO

from autograder.printable import printable
from autograder.submission.archive import MAX_NAME, Archive, reason_of
from autograder.submission.opening import (
    ABSOLUTE,
    MAX_BYTES,
    MAX_ENTRIES,
    NOT_READ,
    OUTSIDE,
    TOO_MANY,
    File,
    Kind,
    Parts,
    RefusedError,
)
from autograder.submission.slimming import TooLargeError, within

# What zipfile raises for bytes that are no archive, or not the one they claim to be.
_DAMAGE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError)
_ENTRY_MARK = b"PK\x01\x02"
_DRIVE = re.compile(r"[A-Za-z]:")
_READ = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def opened(file: BinaryIO) -> Archive:
    """The files of a zip, which are read when they are asked for.

    Parameters
    ----------
    file
        The archive, open for reading; it is closed with what is returned.

    Raises
    ------
    RefusedError
        When it cannot be read as a zip.
    """
    try:
        whole = zipfile.ZipFile(file)
    except _DAMAGE as error:
        raise RefusedError(f"The archive cannot be read ({reason_of(error)}): make it anew.") from None
    files: list[File] = []
    folders: list[Parts] = []
    refused: list[tuple[str, str]] = []
    listed = whole.infolist()
    # written by Windows alone where no name has a slash; else a backslash is a character like others
    by_windows = not any("/" in info.orig_filename for info in listed)
    ends = ("/", "\\") if by_windows else "/"
    for info in listed:
        try:
            parts = _parts(info, by_windows)
        except RefusedError as refusal:
            refused.append((printable(info.orig_filename[:MAX_NAME]), str(refusal)))
            continue
        if info.orig_filename.endswith(ends):
            folders.append(parts)
        else:
            files.append(File(parts, partial(_read, whole, info), _kind(info)))
    return Archive(files, folders, refused, (file, whole))


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
    return opened(io.BytesIO(data))


def _read(whole: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int = MAX_BYTES) -> bytes:
    if (kind := _kind(info)) != "file":
        raise RefusedError(NOT_READ[kind])
    if info.flag_bits & 1:
        raise RefusedError("The file is encrypted: make the archive without a password.")
    if info.compress_type not in _READ:
        raise RefusedError("The file is compressed in an unusual way: make an ordinary zip.")
    try:
        with whole.open(info) as file:
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


def _parts(info: zipfile.ZipInfo, by_windows: bool = True) -> Parts:
    """The path of an entry; where it would lead out of its folder, there is none."""
    told = _name(info)
    name = told.replace("\\", "/")
    if "\0" in name:
        raise RefusedError("The name holds a NUL character, so the file is not read.")
    if name.startswith("/") or _DRIVE.match(name):
        raise RefusedError(ABSOLUTE)
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
