"""What was derived from the lecture's losses, kept for later runs: they need not load SymPy.

One file in the user's cache folder holds it. Its name is a digest of this package's code, of SymPy's version
and of Python's, so that whatever could change a derivation is derived anew. What is kept is run as code: a
file that others could have written is not read, and neither is one whose digest is not that of its content.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

import msgspec
from platformdirs import user_cache_path

from symbolic_checks.facts import Facts

# Another folder than the user's; empty for none at all.
FOLDER = "AUTOGRADER_CACHE"


class Remembered(msgspec.Struct, frozen=True):
    """One reference: what is known of it, and the source of its functions as far as they were asked for."""

    facts: Facts
    value: str = ""
    scale: str = ""


class Shelf:
    """All references that are kept in one file; of no file, they are kept for this process alone.

    Parameters
    ----------
    path
        The file; None for none.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._kept = _read(path) if path else {}

    def get(self, key: str) -> Remembered | None:
        """What is kept under a key."""
        return self._kept.get(key)

    def put(self, key: str, kept: Remembered) -> None:
        """Keep something, beside what others have put into the file.

        Parameters
        ----------
        key
            The loss, and what is derived from it.
        kept
            What is known of that.
        """
        self._kept[key] = kept
        if self._path:
            self._kept = _read(self._path) | self._kept
            with suppress(OSError):  # a folder that is full or cannot be written to: nothing is kept
                _write(self._path, self._kept)


@cache
def shelf() -> Shelf:
    """That of this user."""
    folder = os.environ.get(FOLDER)
    if folder == "":
        return Shelf(None)
    with suppress(OSError, RuntimeError):  # somebody without a home
        place = Path(folder) if folder else user_cache_path("gradient-autograder")
        return Shelf(place / f"derived-{_digest()}.json")
    return Shelf(None)


def _read(path: Path) -> dict[str, Remembered]:
    """What a file holds; nothing where it cannot be relied on."""
    try:
        with path.open("rb") as file:
            if not _is_ours_alone(os.fstat(file.fileno())) or not _is_ours_alone(path.parent.stat()):
                return {}
            digest, _, content = file.read().partition(b"\n")
        if digest.decode() != hashlib.sha256(content).hexdigest():
            return {}
        return msgspec.json.decode(content, type=dict[str, Remembered])
    except (OSError, ValueError):
        return {}


def _is_ours_alone(status: os.stat_result) -> bool:
    """Whether nobody else could have written it."""
    return not hasattr(os, "getuid") or (status.st_uid == os.getuid() and not status.st_mode & 0o022)


def _write(path: Path, kept: dict[str, Remembered]) -> None:
    """All at once: whoever reads sees the whole file, or the one before."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    content = msgspec.json.encode(kept)
    number, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
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
