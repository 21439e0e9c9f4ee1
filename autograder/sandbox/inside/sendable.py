"""What crosses to the referee: values in the types of the wire, and errors as text."""

from __future__ import annotations

import inspect
import numbers
from array import array
from collections import deque
from typing import Any

import numpy as np

from . import wire
from .inert import Inert

MAX_TEXT = 2000


def sendable(value: Any) -> Any:
    """The value in the types that cross, without loss; what has none is left for the wire to refuse."""
    kind = type(value)
    if kind in (float, int, bool, str) or value is None:
        return value[:MAX_TEXT] if kind is str else value
    if kind is np.ndarray:
        return _plain_objects(value) if value.dtype == object else value
    if isinstance(value, np.generic) and not isinstance(value, str):
        return value
    if isinstance(value, np.ma.MaskedArray):
        if np.ma.getmaskarray(value).any():
            raise wire.UnsendableError("a masked array, in which values are missing")
        return sendable(np.array(value.data, subok=False))
    if isinstance(value, np.ndarray):
        return np.array(value, subok=False)
    if isinstance(value, tuple):
        return tuple(sendable(item) for item in tuple.__iter__(value))
    if isinstance(value, list):
        return [sendable(item) for item in list.__iter__(value)]
    if kind in (range, array, deque):
        return [sendable(item) for item in value]
    if isinstance(value, dict):
        return {key: sendable(item) for key, item in value.items()}
    if isinstance(value, bool | int | float | str):  # a subclass, such as an enumeration's member
        base = next(b for b in (bool, int, float, str) if isinstance(value, b))
        return base(value)
    if isinstance(value, complex):
        raise wire.UnsendableError("a complex number")
    if isinstance(value, numbers.Real) or kind.__name__ == "Decimal":
        return float(value)
    if inspect.isgenerator(value) or isinstance(value, map | filter | zip):
        raise wire.UnsendableError(f"a {kind.__name__}, which is not a list")
    if isinstance(value, Inert):
        raise wire.UnsendableError(str(value))
    if callable(value):
        raise wire.UnsendableError("a function instead of its result")
    raise wire.UnsendableError(f"a value of type {kind.__name__}")


def drawn(argument: Any) -> Any:
    """A random generator crosses as a number drawn from it, which is all that the referee needs of it."""
    return int(argument.integers(1 << 62)) if isinstance(argument, np.random.Generator) else argument


def _plain_objects(objects: np.ndarray) -> np.ndarray:
    for item in objects.flat:  # NumPy would make NaN of None, and a number of a text
        if item is None or isinstance(item, str):
            raise wire.UnsendableError(f"an array with {'None' if item is None else 'a string'} in it")
    try:
        return objects.astype(np.float64)
    except Exception:
        raise wire.UnsendableError("an array of Python objects (dtype=object)") from None


def message(error: BaseException) -> str:
    try:
        return str(error)[:MAX_TEXT]
    except BaseException:
        return "(its message cannot be read)"


def problem(error: BaseException) -> str:
    if isinstance(error, SyntaxError) and error.lineno is None:
        return f"SyntaxError: {message(error)}"
    if isinstance(error, SyntaxError):
        return f"SyntaxError: {error.msg}"
    return f"{type(error).__name__}: {message(error)}"[:MAX_TEXT].removesuffix(": ")
