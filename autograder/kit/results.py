"""How values are read, compared and shown."""

from __future__ import annotations

from numbers import Real
from typing import Any

import numpy as np

from autograder.judging.sentences import NOTHING

TOLERANCE = 1e-8  # of the size of the terms that a value is summed from
CLOSE = 1e-8


def arrays(value: Any) -> list[np.ndarray]:
    """The arrays in a result."""
    if isinstance(value, np.ndarray):
        return [value]
    return [part for item in value for part in arrays(item)] if isinstance(value, list | tuple) else []


def show(value: Any) -> str:
    """A value as it is printed here: short."""
    if isinstance(value, np.ndarray | np.generic) and not value.ndim:
        value = value.item()
    if isinstance(value, np.ndarray):
        text = np.array2string(
            value, precision=6, separator=", ", threshold=20, edgeitems=2, suppress_small=True
        )
        return " ".join(text.split())
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, tuple | list):
        inside = ", ".join(map(show, value[:6])) + (", …" if len(value) > 6 else "")
        return f"({inside})" if isinstance(value, tuple) else f"[{inside}]"
    return NOTHING if value is None else repr(value)[:200]


def array_of(value: Any) -> np.ndarray | None:
    """An array of numbers or truth values, or None; Python's own numbers in it become floats."""
    try:
        array = np.asarray(value)
        if array.dtype.kind == "O" and all(isinstance(number, Real) for number in array.flat):
            array = array.astype(float)
    except (ValueError, OverflowError):
        return None
    return array if array.dtype.kind in "biuf" or array.size == 0 else None


def numbers(value: Any) -> np.ndarray | None:
    """The numbers of a value as floats, or None where it is not made of numbers alone."""
    array = array_of(value)
    return None if array is None or (array.dtype.kind == "b" and array.size) else array.astype(float)


def w_and_b(w: np.ndarray, b: np.ndarray) -> str:
    """The sentence on the shapes of w and b, where there are two features.

    Parameters
    ----------
    w, b
        What the function returned, as arrays.
    """
    return f"w and b have shapes {w.shape} and {b.shape}; expected (2,) and ()"


def the_one(guesses: dict[str, np.ndarray], got: np.ndarray) -> str:
    """The sentence whose numbers are these, if there is exactly one.

    Parameters
    ----------
    guesses
        For each sentence the numbers that come of the mistake it names.
    got
        The numbers that came back.
    """
    fits = [
        text
        for text, numbers in guesses.items()
        if numbers.shape == got.shape and np.allclose(numbers, got, 1e-6, 1e-9)
    ]
    return fits[0] if len(fits) == 1 else ""
