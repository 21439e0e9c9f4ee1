"""A callable that submissions are given: by position, or by the names that its exercise writes.

What it cannot be called with is refused in words of that call, whoever made it and wherever it runs.
"""

from __future__ import annotations

from functools import wraps
from inspect import CO_VARARGS, CO_VARKEYWORDS
from typing import Any

# The pages write both gradient(X_batch, y_batch, w, b) and gradient(X, y, w, b).
_OFTEN_LEFT_OUT = "_batch"


def named(function: Any) -> Any:
    """The function, called by position or by the names of its parameters; `X` is a name of `X_batch`, too."""
    plain = getattr(function, "__func__", function)
    code = getattr(plain, "__code__", None)
    if code is None or code.co_flags & (CO_VARARGS | CO_VARKEYWORDS) or code.co_kwonlyargcount:
        return function
    own = 0 if plain is function else 1  # a method's first one is given already
    names = code.co_varnames[own : code.co_argcount]
    optional = len(getattr(plain, "__defaults__", None) or ())
    places = {name.removesuffix(_OFTEN_LEFT_OUT): place for place, name in enumerate(names)}
    places |= {name: place for place, name in enumerate(names)}
    call = f"{plain.__name__.lstrip('_')}({', '.join(names)})"

    def ordered(arguments: tuple[Any, ...], keywords: dict[str, Any]) -> dict[str, Any]:
        if len(arguments) > len(names):
            most = f"{len(names)} argument" + "s" * (len(names) != 1)
            raise TypeError(f"{call} takes {most}; it was given {len(arguments)}")
        given = dict(zip(names, arguments, strict=False))
        for name, value in keywords.items():
            if name not in places:
                raise TypeError(f"{call} takes nothing that is called {name}")
            if names[places[name]] in given:
                raise TypeError(f"{call} was given {names[places[name]]} twice")
            given[names[places[name]]] = value
        missing = [name for name in names[: len(names) - optional] if name not in given]
        if missing:
            raise TypeError(f"{call} was called without {' and '.join(missing)}")
        return given

    @wraps(plain)
    def called(*arguments: Any, **keywords: Any) -> Any:
        if not keywords and len(arguments) == len(names):
            return function(*arguments)
        return function(**ordered(arguments, keywords))

    return called
