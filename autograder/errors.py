"""What can go wrong in a way that a user can do something about."""

from __future__ import annotations


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
