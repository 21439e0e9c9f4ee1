"""Reads and writes an instructor's files: all that belong together, or none."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from autograder.errors import cannot_write
from autograder.scaffold.names import ScaffoldError


def read(path: Path) -> str:
    """A file's text, with a line end at its end.

    Raises
    ------
    ScaffoldError
        When it cannot be read.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise ScaffoldError(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise ScaffoldError(f"{path} is not encoded in UTF-8: save it so.") from None
    return text if text.endswith("\n") else f"{text}\n"


def write(files: Mapping[Path, str]) -> None:
    """Write all files; where one cannot be, all are as they were.

    Raises
    ------
    ScaffoldError
        When one cannot be written.
    """
    old = {path: path.read_bytes() if path.is_file() else None for path in files}
    fresh = [folder for folder in {path.parent for path in files} if not folder.exists()]
    try:
        for folder in fresh:
            folder.mkdir()
        for path, text in files.items():
            _replace(path, text.encode())
    except OSError as error:
        for path, data in old.items():
            if data is None:
                path.unlink(missing_ok=True)
            elif path.read_bytes() != data:
                path.write_bytes(data)
        for folder in fresh:
            if folder.is_dir():
                folder.rmdir()
        what = error.filename or next(iter(files))
        raise ScaffoldError(cannot_write(what, error, "check the place and its rights")) from error


def _replace(path: Path, data: bytes) -> None:
    """Put a file there at once: nobody sees half of it."""
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(beside, path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.replace(beside, path)
    finally:
        Path(beside).unlink(missing_ok=True)
