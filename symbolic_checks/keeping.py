"""What was worked out once on this machine: what follows from named losses, the code of pages, and which
rubrics are right.

Each thing has a file, in a folder of the user's cache that is named after a digest of this package's code, of
SymPy's version and of Python's: whatever could change a derivation, it is derived anew. What is kept is run
as code, so a file that others could have written is not read; one that is damaged is not read either.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import sys
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec
from platformdirs import user_cache_path

# Another folder than the user's; empty for none at all.
FOLDER = "AUTOGRADER_CACHE"
# So many versions keep what they have derived, the latest ones.
_VERSIONS = 4

K = TypeVar("K", bound=msgspec.Struct)


class Shelf:
    """What is kept in a folder; without one, it is kept for this process alone.

    Parameters
    ----------
    folder
        The cache; None for none.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder / _digest() if folder else None
        self._here: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """What is kept under a key; None where there is nothing that can be relied on.

        Parameters
        ----------
        key
            What it is, and all that it depends on beside the versions.
        """
        if key not in self._here and self._folder:
            found = _read(self._path(self._folder, key))
            if found is not None:
                self._here[key] = found
        return self._here.get(key)

    def put(self, key: str, content: bytes) -> None:
        """Keep something.

        Parameters
        ----------
        key, content
            As `get` is asked for it, and gives it.
        """
        self._here[key] = content
        if self._folder:
            with suppress(OSError):  # a folder that is full or cannot be written to: nothing is kept
                _make(self._folder)
                _write(self._path(self._folder, key), content)

    def _path(self, folder: Path, key: str) -> Path:
        return folder / hashlib.sha256(key.encode()).hexdigest()[:32]


@cache
def shelf() -> Shelf:
    """That of this user."""
    named = os.environ.get(FOLDER)
    if named == "":
        return Shelf(None)
    try:
        return Shelf(Path(named) if named else user_cache_path("gradient-autograder"))
    except (OSError, RuntimeError):  # somebody without a home
        return Shelf(None)


def recalled(key: str, kind: type[K]) -> K | None:
    """What was kept under a key; None where nothing was, or not what it must be.

    Parameters
    ----------
    key
        As for `Shelf.get`.
    kind
        What it must be.
    """
    content = shelf().get(key)
    try:
        return msgspec.json.decode(content, type=kind) if content is not None else None
    except ValueError:
        return None


def keep(key: str, thing: msgspec.Struct) -> None:
    """Keep something for `recalled`.

    Parameters
    ----------
    key
        As for `Shelf.put`.
    thing
        Can be written as JSON.
    """
    shelf().put(key, msgspec.json.encode(thing))


def _read(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            places = (os.fstat(file.fileno()), path.parent.stat(), path.parent.parent.stat())
            if not all(map(_is_ours_alone, places)):
                return None
            digest, _, content = file.read().partition(b"\n")
    except OSError:
        return None
    return content if digest == _digest_of(content) else None


def _digest_of(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


def _is_ours_alone(status: os.stat_result) -> bool:
    """Whether nobody else could have written it."""
    return not hasattr(os, "getuid") or (status.st_uid == os.getuid() and not status.st_mode & 0o022)


def _make(folder: Path) -> None:
    """The folder of this version; those of old ones go."""
    if folder.is_dir():
        return
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    versions = [each for each in folder.parent.iterdir() if len(each.name) == len(folder.name)]
    for old in sorted(versions, key=lambda each: each.lstat().st_mtime, reverse=True)[_VERSIONS:]:
        shutil.rmtree(old, ignore_errors=True)


def _write(path: Path, content: bytes) -> None:
    """All at once: whoever reads sees the whole file, or the one before."""
    number, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(_digest_of(content) + b"\n" + content)
        os.replace(name, path)
    except OSError:
        with suppress(OSError):
            os.unlink(name)
        raise


def _digest() -> str:
    """Of all that a derivation depends on."""
    here, found = Path(__file__).parent, hashlib.sha256(sys.version.encode())
    for path in sorted(here.rglob("*.py")):
        found.update(f"{path.relative_to(here)}\n".encode() + path.read_bytes())
    sympy = importlib.util.find_spec("sympy")
    if sympy and sympy.origin:  # its version, without loading it
        found.update(Path(sympy.origin).with_name("release.py").read_bytes())
    return found.hexdigest()[:32]
