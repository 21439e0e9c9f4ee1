"""What judge and check of `Values` both say.

``{n}``, ``{examples}``, ``{features}`` and ``{matrix}`` are the exercise's own words for what is summed over;
``{losses}`` and ``{difference}`` ends of sentences that fit it (`axes.words_of`).
"""

from __future__ import annotations

from collections.abc import Sequence

SIGN = "It has the opposite sign everywhere{difference}"
TWICE = "It is exactly twice what it should be{losses}"
HALF = "It is exactly half what it should be{losses}"
SUMMED = "It is {n} times what it should be, for {n} {examples}: a sum or a mean?"
AVERAGED_TWICE = "It is {n} times too small, for {n} {examples}: is it divided by {n} twice?"
SIGN_TWICE = "it is twice as large and has the opposite sign"
SIGN_HALF = "it is half as large and has the opposite sign"
SUMMED_TWICE = "It is 2{n} times what it should be, for {n} {examples}."
OVER_FEATURES = "It is divided by the number of {features}: divide by the number of {examples}."
OVER_ENTRIES = "It is divided by the number of entries of {matrix}."


def which_axis(sizes: Sequence[str]) -> str:
    """A result has too many elements, or too few; ``sizes`` are the letters for how far the axes run.

    >>> which_axis(["n", "d"])
    'n differs from d here: is the sum over the right axis, and is every broadcast right?'
    """
    asked = "is the sum over the right axis, and is every broadcast right?"
    if len(sizes) < 2:
        return asked.capitalize()
    if len(sizes) == 2:
        return f"{sizes[0]} differs from {sizes[1]} here: {asked}"
    return f"{', '.join(sizes[:-1])} and {sizes[-1]} differ here: {asked}"


def as_given(name: str) -> str:
    """An argument came back as it is."""
    return f"It is the argument `{name}` as it was given."


SINGLE_PRECISION = "it has the 7 digits of float32; expected float64: keep the dtype that NumPy chooses"
