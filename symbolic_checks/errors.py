"""What can go wrong in this package: one base class, and one class for each thing an instructor can mend."""

from __future__ import annotations


class SymbolicError(Exception):
    """Base of all errors of this package; the message says what, where, and what to do next."""


class DerivationError(SymbolicError, ValueError):
    """A derivative that this package cannot express; the message says which."""


class UnknownVariableError(DerivationError):
    """A name that is none of the model's arguments; the message lists those there are."""


class ProofError(DerivationError):
    """A derivative that could not be proved.

    ``is_wrong`` where numbers show that it is wrong; otherwise it may be right.
    """

    def __init__(self, message: str, *, is_wrong: bool) -> None:
        super().__init__(message)
        self.is_wrong = is_wrong


class UndefinedError(SymbolicError, ValueError):
    """Arguments for which the quantity is not defined; the message says why."""


class MismatchError(SymbolicError):
    """A declared function that is not the slope of its loss; the message says where, and by how much."""
