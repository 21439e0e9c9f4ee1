"""What an axis of an array runs over: what is known of an index without its symbol."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Axis:
    """An index as sentences need it; `language.Index` is the symbol.

    Parameters
    ----------
    letter
        Its letter in formulas.
    size
        The letter of the number of them.
    noun, plural
        What one of them is called, and several.
    order
        Where it stands in arrays that are computed; those of lower order come first.
    """

    letter: str
    size: str
    noun: str
    plural: str
    order: float

    def __str__(self) -> str:
        return self.letter

    @property
    def place(self) -> tuple[float, str]:
        """By this the axes of an array are ordered."""
        return self.order, self.letter
