"""Zips that platforms take: made of pages, or one that came from there with other files in it."""

from __future__ import annotations

import shutil
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from autograder.export.errors import ExportError

# The earliest time a zip can hold: what is made twice of the same files is the same.
_TIME = (1980, 1, 1, 0, 0, 0)
_UTF8 = 0x800
# What is raised of a zip that is damaged, encrypted, or packed in a rare way.
DAMAGE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError)


def pack(file: BinaryIO, files: Mapping[str, bytes], executable: frozenset[str] = frozenset()) -> None:
    """Write a zip.

    Parameters
    ----------
    file
        Open for writing.
    files
        Contents by their paths, with ``/`` between parts.
    executable
        Paths of those that may be run.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            _add(archive, path, data, 0o755 if path in executable else 0o644)


def repack(source: Path, file: BinaryIO, files: Mapping[str, bytes]) -> None:
    """Write a zip again, with some files new or others.

    Parameters
    ----------
    source
        The zip as it came; what is in it is copied, and never unpacked to disk.
    file
        Open for writing.
    files
        Contents by their paths, as `names` gives them.

    Raises
    ------
    ExportError
        When something in it is damaged, or packed in a way that cannot be read.
    """
    try:
        _repack(source, file, dict(files))
    except DAMAGE as error:
        raise ExportError(f"{source} is damaged ({error}): download it again.") from None


def _repack(source: Path, file: BinaryIO, left: dict[str, bytes]) -> None:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        new.comment = old.comment
        for info in old.infolist():
            name = _name(info)
            copy = zipfile.ZipInfo(name, info.date_time)
            copy.compress_type = zipfile.ZIP_STORED if info.is_dir() else zipfile.ZIP_DEFLATED
            copy.external_attr, copy.create_system = info.external_attr, info.create_system
            if name in left:
                new.writestr(copy, left.pop(name))
            elif info.is_dir():
                new.writestr(copy, b"")
            else:
                with (
                    old.open(info) as reading,
                    new.open(copy, "w", force_zip64=info.file_size > 1 << 30) as writing,
                ):
                    shutil.copyfileobj(reading, writing, 1 << 20)
        for path, data in left.items():
            _add(new, path, data, 0o644)


def names(source: Path) -> dict[str, zipfile.ZipInfo]:
    """What a zip holds, by names; of two of one name the last."""
    with zipfile.ZipFile(source) as archive:
        return {_name(info): info for info in archive.infolist()}


def content(source: Path, info: zipfile.ZipInfo) -> bytes:
    """One file of a zip.

    Parameters
    ----------
    source
        The zip.
    info
        The file's entry, as `names` gives it.
    """
    with zipfile.ZipFile(source) as archive:
        return archive.read(info)


def _name(info: zipfile.ZipInfo) -> str:
    """A name in UTF-8, also where the zip does not say that it is."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _add(archive: zipfile.ZipFile, path: str, data: bytes, mode: int) -> None:
    info = zipfile.ZipInfo(path, _TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 3
    info.external_attr = (0o100000 | mode) << 16
    archive.writestr(info, data)
