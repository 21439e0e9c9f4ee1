"""What can be called comes in many kinds: who asks for a callable takes a method and an object as well."""

from __future__ import annotations

from functools import partial, update_wrapper
from types import FunctionType
from typing import Any


class Callable:
    """Calls a function, and is none."""

    def __init__(self, function: FunctionType) -> None:
        self._function = function
        update_wrapper(self, function)

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        return self._function(*arguments, **keywords)

    def method(self, *arguments: Any, **keywords: Any) -> Any:
        """The same as a bound method."""
        return self._function(*arguments, **keywords)


def _itself(function: FunctionType) -> Any:
    return function


def _method(function: FunctionType) -> Any:
    return Callable(function).method


def _built_in(function: FunctionType) -> Any:
    return function.__call__  # written in C


_KINDS = (_itself, Callable, _method, partial, _built_in)


def of_many_kinds(arguments: tuple[Any, ...], number: int) -> tuple[Any, ...]:
    """The arguments of a call, in which functions are of other kinds, by turns.

    Parameters
    ----------
    arguments
        As the referee sent them.
    number
        Which of several calls it is: from 0.
    """
    if FunctionType not in map(type, arguments):
        return arguments
    return tuple(
        _KINDS[(number + place) % len(_KINDS)](argument) if isinstance(argument, FunctionType) else argument
        for place, argument in enumerate(arguments)
    )
