"""Compares what came back with what is right: values apart from form, each with its sentence."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.judging.sentences import NOTHING, misshapen, returned

# Relative to the scale of the terms that a value is summed from.
TOLERANCE = 1e-8
# From here on floats are farther apart than whole numbers.
_WHOLE = 2.0**53
# Characters of a value in a report; more than any array or tuple of an exercise's takes.
_LONGEST_SHOWN = 4_000


@dataclass(frozen=True)
class Part:
    """One component of a result beside the expected one.

    ``values`` has the expected shape, or is None with a ``problem`` that says why nothing can be compared.
    ``form`` is the sentence about a shape or type that is not the one asked for, and empty where it is.
    """

    values: np.ndarray | None
    problem: str = ""
    form: str = ""
    single_precision: bool = False


def take_apart(value: Any, expected: Sequence[Any], names: Sequence[str]) -> list[Part]:
    """Match a result with the expected components.

    Parameters
    ----------
    value
        What the student's function returned.
    expected
        The right components, in order.
    names
        Their names; the only name of a single result is not printed.

    Returns
    -------
    list of Part
        One for each component.
    """
    shapes = [np.shape(part) for part in expected]
    if len(expected) == 1:
        return [_component(value, shapes[0], "the result")]
    if isinstance(value, tuple | list) and len(value) == len(expected):
        return [_component(*each) for each in zip(value, shapes, names, strict=True)]
    wanted = f"({', '.join(names)})"
    array = _as_array(value)
    if isinstance(array, np.ndarray) and array.size == sum(_size(shape) for shape in shapes):
        pieces = np.split(array.ravel(), np.cumsum([_size(shape) for shape in shapes])[:-1])
        form = f"the result is {describe(value)}; expected a tuple {wanted}"
        single = array.dtype == np.float32
        return [
            Part(piece.astype(float).reshape(shape), form=form, single_precision=single)
            for piece, shape in zip(pieces, shapes, strict=True)
        ]
    return [Part(None, returned(describe(value), f"a tuple {wanted}"))] * len(expected)


def _component(value: Any, shape: tuple[int, ...], name: str) -> Part:
    if type(value) is float and not shape:
        return Part(np.array(value))
    array = _as_array(value)
    if isinstance(array, str):
        return Part(None, f"{name} is {array}; expected {_asked(shape)}")
    single = array.dtype == np.float32
    array = array.astype(float)
    if array.shape == shape:
        return Part(array, single_precision=single)
    sentence = misshapen(name, array.shape, _asked(shape))
    if array.size != _size(shape):
        return Part(None, sentence)
    aligned = array.T if array.T.shape == shape else array.reshape(shape)
    return Part(aligned, form=sentence, single_precision=single)


def _as_array(value: Any) -> np.ndarray | str:
    """The numbers of a value, or what it is instead."""
    if isinstance(value, np.ndarray):
        return value
    if isinstance(value, bool | int | float):
        return np.asarray(value)
    if isinstance(value, tuple | list) and value:
        inner = [_as_array(item) for item in value]
        wrong = [item for item in inner if isinstance(item, str)]
        if wrong:
            return f"{describe(value)} with {wrong[0]} in it"
        if len({item.shape for item in inner if isinstance(item, np.ndarray)}) > 1:
            return f"{describe(value)} of unequal shapes"
        return np.stack([item for item in inner if isinstance(item, np.ndarray)])
    return describe(value)


def read_indices(item: Any) -> np.ndarray | None:
    """An array or list of whole numbers as an array, floats among them too; None where it is none. No float
    above 2⁵³ counts as a whole number, nor does an infinity."""
    array = item if isinstance(item, np.ndarray) else None
    if array is not None and array.dtype.kind == "i":
        return array
    if isinstance(item, list | tuple) and all(type(i) in (int, float) for i in item):
        array = np.array(item)
    if array is None or array.dtype.kind not in "if" or np.any(array != np.round(array)):
        return None
    if array.dtype.kind == "f" and not np.all(np.abs(array) <= _WHOLE):
        return None
    return array


def _size(shape: tuple[int, ...]) -> int:
    return int(np.prod(shape))


def _asked(shape: tuple[int, ...]) -> str:
    return "a number" if shape == () else f"shape {shape}"


def describe(value: Any) -> str:
    """What a value is, in words: ``an array of shape (3, 1)``."""
    if value is None:
        return NOTHING
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, str):
        return "a string"
    if isinstance(value, bool | int | float):
        return "a number"
    if isinstance(value, tuple | list):
        return f"a {type(value).__name__} of {len(value)}"
    return f"a {type(value).__name__}"


def close(values: np.ndarray, expected: Any, scale: Any, tolerance: float = TOLERANCE) -> bool:
    """Whether values are the expected ones, within a tolerance of a scale that is not theirs.

    Every comparison that points depend on is made here. What is not finite is never right, on either side:
    an infinite scale would leave room for anything.

    Parameters
    ----------
    values
        What came back, of any shape.
    expected
        The right values: one number, or an array of the same shape.
    scale
        What the tolerance is relative to: one number, or one for each value.
    tolerance
        The largest distance that is still right, as a share of the scale.

    Examples
    --------
    >>> close(np.array([1.0, 2.0 + 1e-9]), [1.0, 2.0], 2.0)
    True
    >>> close(np.array([np.inf]), [np.inf], np.inf)
    False
    """
    if values.ndim == 0 and type(scale) is float and type(expected) is float:  # the same, ten times as fast
        return abs(float(values) - expected) <= tolerance * scale < math.inf
    with np.errstate(all="ignore"):
        limit = tolerance * np.asarray(scale)
        # a distance from or to what is not finite is never below a limit that is
        near = np.abs(values - np.asarray(expected, float)) <= limit
    return bool(near.all() and np.isfinite(limit).all())


def agree(part: Part, expected: Any, scale: float) -> bool:
    """Whether the values equal the expected ones within `TOLERANCE` of the scale; NaN never does.

    Parameters
    ----------
    part
        What came back; without values it is never right.
    expected
        The right values, in the component's shape.
    scale
        The size of the terms that the values are summed from.
    """
    return part.values is not None and close(part.values, expected, scale)


def show(value: Any, digits: int = 6) -> str:
    """A value as a student reads it: no longer than `_LONGEST_SHOWN`, whatever it is.

    Parameters
    ----------
    value
        Anything that came back, or that the function was called with.
    digits
        Significant ones of a number; those after the decimal point in an array.
    """
    return _shown(value, digits, [_LONGEST_SHOWN])[:_LONGEST_SHOWN]


def _shown(value: Any, digits: int, left: list[int]) -> str:
    """A value's text; of what is nested no more is made than there is room for."""
    if left[0] <= 0:
        return "…"
    text = _one_shown(value, digits, left)
    if not isinstance(value, tuple | list):
        left[0] -= len(text)
    return text


def _one_shown(value: Any, digits: int, left: list[int]) -> str:
    if isinstance(value, np.ndarray):
        if value.size > 60:
            return f"array of shape {value.shape}"
        return np.array2string(value, precision=digits, separator=", ", max_line_width=100)
    if isinstance(value, float):
        return f"{value:.{digits}g}"
    if isinstance(value, tuple | list):
        if len(value) > 12:
            return f"{describe(value)}: {_shown(value[0], digits, left)}, …"
        left[0] -= 2 * len(value)
        inside = ", ".join(_shown(item, digits, left) for item in value)
        if isinstance(value, list):
            return f"[{inside}]"
        return f"({inside},)" if len(value) == 1 else f"({inside})"
    if isinstance(value, str):
        return repr(value[:200])
    if isinstance(value, dict):
        return f"dict of {len(value)}"
    return str(value)[:200]
