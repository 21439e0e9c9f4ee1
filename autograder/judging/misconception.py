"""What a wrong answer is called where students can have it and feedback can name it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Misconception:
    """A mistake that students can have and feedback can name.

    A misconception that has a function can be called: the result is what a student with it would return.

    Parameters
    ----------
    name
        Its identifier, such as ``"bias_regularised"``.
    sentence
        For the student: what is wrong and where to look, not the answer.
    function
        Takes the exercise's arguments and returns what the wrong function returns: one value, or a tuple
        with one for each component. None where no function is known that shows it.
    note
        For instructors: what was changed, where the sentence does not say it.
    """

    name: str
    sentence: str
    function: Callable[..., Any] | None = None
    note: str = ""

    def __call__(self, *arguments: Any) -> Any:
        """What a student with this misconception returns."""
        if self.function is None:
            raise TypeError(f"the misconception {self.name!r} has no function")
        return self.function(*arguments)
