"""A tar archive becomes files, as a zip does: no name in it is made on disk, and no link is followed.

What is compressed cannot be read at will, so it is unpacked first: a student's into memory, a class's into
one nameless file, and both to a bounded size.
"""

from __future__ import annotations

import gzip
import io
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import IO, BinaryIO, cast

from autograder.printable import printable
from autograder.submission.archive import MAX_NAME, Archive, reason_of
from autograder.submission.opening import (
    ABSOLUTE,
    MAX_ARCHIVE,
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

SUFFIXES = (".tar.gz", ".tgz", ".tar")
MAX_CLASS = 4_000_000_000
MAX_CLASS_ENTRIES = 500_000
_GZIP = b"\x1f\x8b"
_MAX_MEMBERS = 16  # of a gzip file that was put together from several
# What stands before a file: names, times, extended attributes.
_MAX_HEADER = 1 << 20
_PIECE = 1 << 20
_PACKED = 1 << 14  # of which a piece becomes a thousand times as much at most
_IN_MEMORY = 1 << 26
_BLOCK = 512
_DAMAGE = (tarfile.TarError, zlib.error, OSError, EOFError, ValueError, OverflowError, RecursionError)
_CUT = "its end is missing"


def opened(file: BinaryIO, most: int = MAX_CLASS) -> Archive:
    """The files of a class's archive, which are read when they are asked for.

    Parameters
    ----------
    file
        The archive, open for reading; it is closed with what is returned.
    most
        So many bytes may be in it.

    Raises
    ------
    RefusedError
        When it cannot be read, or holds too much.
    """
    beginning = file.read(len(_GZIP))
    file.seek(0)
    if beginning != _GZIP:
        return _listed(file, (file,), MAX_CLASS_ENTRIES)
    unpacked = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115
    try:
        with gzip.GzipFile(fileobj=file) as packed:
            while piece := packed.read(_PIECE):
                if unpacked.tell() + len(piece) > most:
                    raise RefusedError(
                        f"The archive holds more than {most / 1e6:,.0f} MB: unpack it, and name the folder."
                    )
                unpacked.write(piece)
        unpacked.seek(0)
        return _listed(unpacked, (file, unpacked), MAX_CLASS_ENTRIES)
    except BaseException as error:
        unpacked.close()
        if isinstance(error, _DAMAGE):
            raise RefusedError(f"The archive cannot be read ({reason_of(error)}): make it anew.") from None
        raise


def handed_in(data: bytes, most: int = MAX_ARCHIVE) -> Archive:
    """A student's archive. It is unpacked to at most ``most`` bytes, and has at most `MAX_ENTRIES` entries.

    Parameters
    ----------
    data
        A tar archive, packed with gzip or not.
    most
        In bytes.

    Raises
    ------
    RefusedError
        When it cannot be read, or holds too much.
    """
    unpacked = _unzipped(data, most) if data.startswith(_GZIP) else io.BytesIO(data)
    return _listed(unpacked, (unpacked,), MAX_ENTRIES)


class _Headers:
    """A file in which only headers are read: none of them may be large, whatever size it claims."""

    def __init__(self, file: BinaryIO) -> None:
        self.seek, self.tell, self._read = file.seek, file.tell, file.read

    def read(self, count: int = -1) -> bytes:
        """The next bytes."""
        if not 0 <= count <= _MAX_HEADER:
            raise RefusedError("The archive has a header of an unusual size: make an ordinary zip.")
        return self._read(count)


def _listed(unpacked: BinaryIO, sources: tuple[BinaryIO, ...], most: int) -> Archive:
    files: list[File] = []
    folders: list[Parts] = []
    refused: dict[tuple[str, str], None] = {}
    try:
        for number, member in enumerate(_members(unpacked)):
            if number >= most:
                raise RefusedError(
                    TOO_MANY
                    if most == MAX_ENTRIES
                    else f"The archive has more than {most:,} entries: unpack it, and name the folder."
                )
            try:
                parts = _parts(member.name)
            except RefusedError as refusal:
                refused[printable(member.name[:MAX_NAME]), str(refusal)] = None
                continue
            if member.isdir():
                folders += [parts] if parts else []
            else:
                files.append(File(parts, _reader(unpacked, member), _kind(member)))
    except _DAMAGE as error:
        raise RefusedError(f"The archive cannot be read ({reason_of(error)}): make it anew.") from None
    return Archive(files, folders, list(refused), (sources[0], *sources[1:]))


def _members(unpacked: BinaryIO) -> Iterator[tarfile.TarInfo]:
    """The entries; tarfile takes damage after the first of them for the end."""
    with tarfile.open(
        fileobj=cast(IO[bytes], _Headers(unpacked)), mode="r:", encoding="utf-8", errors="surrogateescape"
    ) as archive:
        while (member := archive.next()) is not None:
            archive.members.clear()  # type: ignore[attr-defined]  # it would keep them all
            yield member
        unpacked.seek(archive.offset)
        if unpacked.read(_BLOCK).strip(b"\0"):
            raise tarfile.ReadError("damaged after some entries")


def _parts(name: str) -> Parts:
    """The path of an entry; where it would lead out of its folder, there is none."""
    parts = tuple(part for part in name.split("/") if part not in ("", "."))
    if name.startswith("/"):
        raise RefusedError(ABSOLUTE)
    if ".." in parts:
        raise RefusedError(OUTSIDE)
    if max(map(len, parts), default=0) > MAX_NAME:
        raise RefusedError(f"The name has more than {MAX_NAME} characters: the file is not read.")
    return parts


def _kind(member: tarfile.TarInfo) -> Kind:
    if member.isreg():
        return "file"
    return "link" if member.issym() or member.islnk() else "special"


def _reader(unpacked: BinaryIO, member: tarfile.TarInfo) -> Callable[..., bytes]:
    if (kind := _kind(member)) != "file":
        return partial(_refuse, NOT_READ[kind])
    if member.issparse():
        return partial(_refuse, "The file is packed in an unusual way: make an ordinary zip.")
    return partial(_read, unpacked, member.offset_data, member.size)


def _refuse(reason: str, limit: int = 0) -> bytes:
    raise RefusedError(reason)


def _read(unpacked: BinaryIO, begin: int, size: int, limit: int = MAX_BYTES) -> bytes:
    at = begin

    def some(count: int) -> bytes:
        nonlocal at
        count = min(count, begin + size - at)
        unpacked.seek(at)
        data = unpacked.read(count)
        if len(data) < count:
            raise RefusedError(f"The file cannot be unpacked ({_CUT}): make the archive anew.")
        at += count
        return data

    try:
        return within(some, limit)
    except TooLargeError:
        raise RefusedError(
            f"The file has more than {limit / 1e6:.0f} MB: clear the notebook's outputs."
        ) from None


def _unzipped(data: bytes, most: int) -> BinaryIO:
    """What is in a gzip file, which may be put together from several."""
    unpacked = io.BytesIO()
    at = 0
    for _ in range(_MAX_MEMBERS):
        if data[at : at + len(_GZIP)] != _GZIP:
            break
        engine = zlib.decompressobj(31)
        while not engine.eof:
            piece = data[at : at + _PACKED]
            if not piece:
                raise RefusedError(f"The archive cannot be read ({_CUT}): make it anew.")
            try:
                unpacked.write(engine.decompress(piece, most + 1 - unpacked.tell()))
            except zlib.error:
                raise RefusedError(
                    "The archive cannot be read (its compressed part is damaged): make it anew."
                ) from None
            if unpacked.tell() > most:
                raise RefusedError(
                    f"The archive holds more than {most / 1e6:.0f} MB: put only the homework into it."
                )
            at += len(piece) - len(engine.unused_data)
    unpacked.seek(0)
    return unpacked
