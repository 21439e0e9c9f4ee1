"""Callables that hold no answer: they are sent whole, so that a submission may call them without asking.

A round trip to the referee takes longer than most of what is asked for. The text of the module that makes a
callable is sent beside the numbers that it needs; the referee calls the very same function.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from .named import named


@dataclass(frozen=True, eq=False)
class Public:
    """What a function of a module makes of some values: a callable.

    Parameters
    ----------
    text
        The module's source. It may import NumPy alone.
    maker
        The function's name.
    values
        Its arguments.
    """

    text: str
    maker: str
    values: tuple[Any, ...]

    @staticmethod
    def of(maker: Callable[..., Callable[..., Any]], *values: Any) -> Public:
        """The callable that a function, at the top of its module, makes of these values."""
        return Public(_text_of(maker.__module__), maker.__name__, values)

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """As the submission calls it."""
        return self.callable(*arguments, **keywords)

    @cached_property
    def callable(self) -> Callable[..., Any]:
        """The callable itself."""
        return named(_names(self.text)[self.maker](*self.values))


@cache
def _text_of(module: str) -> str:
    import inspect  # here alone: no submission needs it

    return inspect.getsource(sys.modules[module])


@cache
def _names(text: str) -> dict[str, Any]:
    names: dict[str, Any] = {"__name__": "public"}
    exec(compile(text, "a public callable", "exec"), names)
    return names
