"""Files are written beside their places and take them when all are whole: all of them, or none."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from autograder.errors import cannot_write
from autograder.export.errors import ExportError

Writes = Callable[[BinaryIO], object]


def write_all(files: Mapping[Path, Writes]) -> None:
    """Write each file; where one cannot be written, none is changed.

    Parameters
    ----------
    files
        By their places: what writes the content. What is a link is written where it points.

    Raises
    ------
    ExportError
        When a place cannot be written.
    """
    made: dict[Path, Path] = {}
    try:
        for place, writes in files.items():
            with explained(place):
                target = place.resolve()
                made[target] = _beside(target, writes)
        for target, new in list(made.items()):
            with explained(target):
                os.replace(new, target)
            del made[target]
    finally:
        for new in made.values():
            with contextlib.suppress(OSError):
                new.unlink()


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files below a folder, all of them or none; others that lie there stay.

    Parameters
    ----------
    folder
        It is made where it is missing.
    files
        Contents by their paths in it.

    Raises
    ------
    ExportError
        When one cannot be written.
    """
    with explained(folder):
        for path in files:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
    write_all({folder / path: partial(_put, data) for path, data in files.items()})


def _put(data: bytes, file: BinaryIO) -> None:
    file.write(data)


@contextmanager
def explained(place: Path) -> Iterator[None]:
    """Tell what the system says of a file as a sentence with a remedy.

    Raises
    ------
    ExportError
        In place of its exception.
    """
    try:
        yield
    except OSError as error:
        raise ExportError(cannot_write(place, error, "check that it is there, and its rights")) from None


def _beside(target: Path, writes: Writes) -> Path:
    """The whole content in a new file beside the place, with the rights of the old one."""
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            writes(file)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
    except BaseException:
        os.unlink(name)
        raise
    return Path(name)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
