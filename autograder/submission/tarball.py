"""A tar archive becomes files in memory, as a zip does: nothing is unpacked to disk or followed."""

from __future__ import annotations

import io
import tarfile
import zlib
from collections.abc import Callable

from autograder.printable import printable
from autograder.submission.archive import reason_of
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
    RefusedError,
    Tree,
    hidden_from,
)

SUFFIXES = (".tar.gz", ".tgz", ".tar")
_GZIP = b"\x1f\x8b"
_MAX_MEMBERS = 16  # of a gzip file that was put together from several
_DAMAGE = (tarfile.TarError, zlib.error, OSError, EOFError, ValueError, OverflowError, RecursionError)


def handed_in(data: bytes, most: int = 4 * MAX_BYTES) -> Tree:
    """The files of a student's archive, hidden ones left out; it is unpacked to at most ``most`` bytes.

    Raises
    ------
    RefusedError
        When it cannot be read, or holds too much.
    """
    unpacked = _unzipped(data, most) if data.startswith(_GZIP) else data
    files: list[File] = []
    notes: dict[str, None] = {}
    try:
        with tarfile.open(fileobj=io.BytesIO(unpacked), mode="r:", errors="surrogateescape") as archive:
            for number, member in enumerate(archive):
                if number >= MAX_ENTRIES:
                    raise RefusedError(TOO_MANY)
                if member.isdir():
                    continue
                parts = tuple(part for part in member.name.split("/") if part not in ("", "."))
                if member.name.startswith("/") or ".." in parts or not parts:
                    notes[f"{printable(member.name[:200])}: {OUTSIDE}"] = None
                elif hidden_from(parts) is not None:
                    continue
                elif len(parts) > MAX_DEPTH + 1:
                    notes[TOO_DEEP] = None
                else:
                    kind: Kind = (
                        "file"
                        if member.isreg()
                        else "link"
                        if member.issym() or member.islnk()
                        else "special"
                    )
                    files.append(File(parts, _reader(unpacked, member, kind), kind))
    except _DAMAGE as error:
        raise RefusedError(f"The archive cannot be read ({reason_of(error)}): make it anew.") from None
    return Tree(tuple(sorted(files, key=lambda file: len(file.parts))), tuple(list(notes)[:10]))


def _reader(unpacked: bytes, member: tarfile.TarInfo, kind: Kind) -> Callable[..., bytes]:
    def read(limit: int = MAX_BYTES) -> bytes:
        if kind != "file":
            raise RefusedError(NOT_READ[kind])
        if member.issparse():
            raise RefusedError("The file is packed in an unusual way: make an ordinary zip.")
        if not 0 <= member.size <= limit:
            raise RefusedError(f"The file has more than {limit / 1e6:.0f} MB: clear the notebook's outputs.")
        data = unpacked[member.offset_data : member.offset_data + member.size]
        if len(data) < member.size:
            raise RefusedError("The file cannot be unpacked (its end is missing): make the archive anew.")
        return data

    return read


def _unzipped(data: bytes, most: int) -> bytes:
    parts: list[bytes] = []
    left = most
    for _ in range(_MAX_MEMBERS):
        if not data.startswith(_GZIP):
            break
        engine = zlib.decompressobj(31)
        try:
            parts.append(engine.decompress(data, left + 1))
        except zlib.error:
            raise RefusedError(
                "The archive cannot be read (its compressed part is damaged): make it anew."
            ) from None
        left -= len(parts[-1])
        if left < 0:
            raise RefusedError(
                f"The archive holds more than {most / 1e6:.0f} MB: put only the homework into it."
            )
        if not engine.eof:
            raise RefusedError("The archive cannot be read (its end is missing): make it anew.")
        data = engine.unused_data
    return b"".join(parts)
