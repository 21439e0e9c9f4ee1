"""What can go wrong in a way that a user can do something about."""

from __future__ import annotations

import errno
from pathlib import Path

_FULL = (errno.ENOSPC, errno.EDQUOT)


class AutograderError(Exception):
    """The message says what is wrong, where, and what to do next; the command line prints it as it is.

    ``status`` is the exit status of a command that ends so.
    """

    status = 1


class CommandError(AutograderError):
    """A command that is wrong: what it names is not there, or cannot be meant."""

    status = 2


class HomeworkError(AutograderError):
    """A homework that cannot be used.

    ``problems`` are all faults that were found, each a sentence of its own.
    """

    def __init__(self, message: str, problems: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems or (message,)


class NoHomeworkError(HomeworkError, CommandError):
    """There is no homework of this name."""


def cannot_write(place: Path | str, error: OSError, remedy: str) -> str:
    """The sentence for a file or folder that could not be written, by what the system says.

    Parameters
    ----------
    place
        What was to be written.
    error
        What the system said.
    remedy
        What to do where the disk is not full, as a clause: "name another folder with --out".
    """
    if is_full(error):
        return f"{place} cannot be written, because the disk is full: make room, and run the command again."
    return f"{place} cannot be written ({error.strerror or error}): {remedy}."


def is_full(error: BaseException) -> bool:
    """Whether it says that a disk has no room left, or that somebody may not use more of it."""
    return isinstance(error, OSError) and error.errno in _FULL
