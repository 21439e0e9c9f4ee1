"""The files of an archive, whatever packed it: which of them are looked at, and which are left out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property
from typing import BinaryIO, Protocol

from autograder.printable import printable
from autograder.submission.opening import (
    MAX_DEPTH,
    MAX_STAMP,
    NOT_THERE,
    TOO_DEEP,
    File,
    Parts,
    RefusedError,
    Tree,
    hidden_from,
    nothing_in,
)

MAX_NAME = 255
_MAX_REFUSALS = 10
# Of a class: how deep a path may be at all, and how deep folders are looked for that hold nothing.
_DEEPEST = MAX_DEPTH + 6
_NEAR = 3


class Closable(Protocol):
    """What is let go of with an archive."""

    def close(self) -> None:
        """Let go of it."""


class Archive:
    """The files of an archive by their paths.

    Parameters
    ----------
    files, folders
        What is in it.
    refused
        The names of entries that are not read, each with the reason.
    sources
        The open archive, and what else is closed with it; the first is watched for changes.
    """

    def __init__(
        self,
        files: Sequence[File],
        folders: Sequence[Parts],
        refused: Sequence[tuple[str, str]],
        sources: tuple[BinaryIO, *tuple[Closable, ...]],
    ) -> None:
        self._files, self._folders, self._sources = files, folders, sources
        self._state = _state(sources[0])
        self.refused = tuple(refused)
        self.troubles: list[tuple[Parts, str]] = []

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences on the entries that are not read."""
        return shortened(self.refused)

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

    def hidden(self, parts: Parts) -> bytes:
        """A small file that is not among the others, as its name begins with a full stop.

        Raises
        ------
        RefusedError
            When it is not there, or cannot be read.
        """
        if (file := self._hidden.get(parts)) is None:
            raise RefusedError(NOT_THERE)
        return file.read(limit=MAX_STAMP)

    @cached_property
    def _hidden(self) -> dict[Parts, File]:
        return {file.parts: file for file in self._files if file.parts[-1].startswith(".")}

    def changed(self) -> bool:
        """Whether somebody wrote into the archive since it was opened."""
        return _state(self._sources[0]) != self._state

    def close(self) -> None:
        """Close the archive and its file."""
        for source in reversed(self._sources):
            source.close()


def _state(file: BinaryIO) -> tuple[int, ...]:
    try:
        about = os.fstat(file.fileno())
    except OSError:  # in memory
        return ()
    return about.st_size, about.st_mtime_ns


def reason_of(error: BaseException) -> str:
    """What is wrong with an archive, in the words of the library that reads it."""
    return printable(str(error).split("\n")[0][:80]) or type(error).__name__


def shortened(refused: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """A sentence on each of the first entries that are not read, and one on how many more there are."""
    more = len(refused) - _MAX_REFUSALS
    told = [f"{more} more entries of the archive were not read."] if more > 0 else []
    return (*(f"{name}: {reason}" for name, reason in refused[:_MAX_REFUSALS]), *told)
