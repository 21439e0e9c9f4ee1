"""What can be special about an argument: a function that is wrong there alone has to lose points.

NumPy alone: the text of this module is sent beside a changed solution. Each function's docstring says, of an
argument's name, what holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np


def some_zero(value: Any) -> bool:
    """an entry of {} is 0"""
    return _is_array(value) and value.size > 1 and bool((value == 0).any() and (value != 0).any())


def all_zero(value: Any) -> bool:
    """all entries of {} are 0"""
    return _is_array(value) and not value.any()


def one_entry(value: Any) -> bool:
    """{} has one entry"""
    return _is_array(value) and value.size == 1


def one_column(value: Any) -> bool:
    """{} has one column"""
    return _is_array(value) and value.ndim == 2 and value.shape[1] == 1


def square(value: Any) -> bool:
    """{} is square"""
    return _is_array(value) and value.ndim == 2 and value.shape[0] == value.shape[1] > 1


def whole(value: Any) -> bool:
    """{} is of integers"""
    return _is_array(value) and value.dtype.kind in "iu"


def equal_entries(value: Any) -> bool:
    """two entries of {} are equal"""
    return _is_array(value) and len(np.unique(value)) < value.size


def in_order(value: Any) -> bool:
    """the entries of {} are in ascending order"""
    return _is_array(value) and value.size > 2 and bool((np.diff(value.ravel()) > 0).all())


def no_negative(value: Any) -> bool:
    """no entry of {} is negative"""
    return _is_array(value) and value.size > 1 and bool((value >= 0).all() and value.any())


def no_positive(value: Any) -> bool:
    """no entry of {} is positive"""
    return _is_array(value) and value.size > 1 and bool((value <= 0).all() and value.any())


def above_a_thousand(value: Any) -> bool:
    """{} has numbers beyond 1000"""
    return _size(value) > 1e3


def tiny(value: Any) -> bool:
    """{} has numbers below 0.001 alone"""
    return 0 < _size(value) < 1e-3


def zero(value: Any) -> bool:
    """{} is 0"""
    return _is_number(value) and value == 0


def negative(value: Any) -> bool:
    """{} is negative"""
    return _is_number(value) and value < 0


def above_one(value: Any) -> bool:
    """{} is above 1"""
    return _is_number(value) and value > 1


def between_zero_and_one(value: Any) -> bool:
    """{} is between 0 and 1"""
    return _is_number(value) and 0 < value < 1


def python_integer(value: Any) -> bool:
    """{} is an integer of Python's"""
    return type(value) is int


def of_numpy(value: Any) -> bool:
    """{} is a number of NumPy's"""
    return isinstance(value, np.generic)


def _is_array(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.size > 0


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | np.generic) and not isinstance(value, bool)


def _size(value: Any) -> float:
    return float(np.abs(value).max()) if _is_array(value) or _is_number(value) else 0.0


def wrong(value: Any) -> Any:
    """Something else than a result: its first component is another one."""
    if isinstance(value, tuple | list):
        return type(value)([wrong(value[0]), *value[1:]]) if value else value
    if value is None or isinstance(value, str):
        return value
    array = np.asarray(value)
    if array.dtype.kind in "iub":
        other = np.zeros_like(array) if array.any() else np.ones_like(array)
        return other if array.ndim else other.item()
    return value * 1.5 + 1


_OF_ARRAYS = (
    *(some_zero, all_zero, one_entry, whole, equal_entries, in_order, no_negative, no_positive),
    *(above_a_thousand, tiny),
)
_OF_MATRICES = (one_column, square)
_OF_NUMBERS = (zero, negative, above_one, between_zero_and_one, above_a_thousand, python_integer, of_numpy)


def special_of(values: Sequence[Any]) -> list[Callable[[Any], bool]]:
    """What can be special about an argument that has been these: an array, a number, both, or neither."""
    of_arrays = _OF_ARRAYS if any(map(_is_array, values)) else ()
    of_matrices = _OF_MATRICES if any(_is_array(value) and value.ndim == 2 for value in values) else ()
    of_numbers = _OF_NUMBERS if any(map(_is_number, values)) else ()
    return list(dict.fromkeys((*of_arrays, *of_matrices, *of_numbers)))
