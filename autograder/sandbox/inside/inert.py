"""Objects that stand in for what is not there: plots, which cost and do nothing, and missing packages."""

from __future__ import annotations

import opcode
import sys
from collections.abc import Iterator
from types import FunctionType
from typing import Any, NoReturn

import numpy as np

_words = str.split

# As many as Matplotlib's cycle has colours: what iterating gives where nobody says how many are wanted.
_MANY = 10
# the opcodes of ``a, b = x`` and ``a, *b = x``
_UNPACK, _UNPACK_REST = (opcode.opmap[name] for name in ("UNPACK_SEQUENCE", "UNPACK_EX"))


class Inert:
    """Whatever is asked of it, it answers as somebody would who only wants to see a plot.

    A number in a formula, a sequence of any length, a context, a decorator, a base class: what is computed
    from it is inert as well, so that no line which only shows can fail, and none goes on for ever.
    """

    def __init__(self, *_arguments: Any, **_keywords: Any) -> None:
        pass

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _ANSWERS.get(name, INERT)

    def __call__(self, *arguments: Any, **_keywords: Any) -> Any:
        if len(arguments) == 1 and isinstance(arguments[0], FunctionType | _Shown):
            return _Shown(arguments[0])
        return INERT

    def __mro_entries__(self, _bases: Any) -> tuple[type, ...]:
        return (Inert,)

    def __instancecheck__(self, _value: Any) -> bool:
        return False

    def __subclasscheck__(self, _value: Any) -> bool:
        return False

    def __getitem__(self, _key: Any) -> Any:
        return INERT

    def __setitem__(self, _key: Any, _value: Any) -> None:
        pass

    def __delitem__(self, _key: Any) -> None:
        pass

    def __contains__(self, _item: Any) -> bool:
        return False

    def __len__(self) -> int:
        return _MANY

    def __iter__(self) -> Iterator[Any]:
        return iter([INERT] * _wanted(sys._getframe(1)))

    def __next__(self) -> Any:
        return INERT

    def __bool__(self) -> bool:
        return True

    def __enter__(self) -> Inert:
        return self

    def __exit__(self, *_exception: Any) -> None:
        pass

    def _smaller(self, _other: Any) -> bool:  # false each way: no loop waits for a plot to grow
        return False

    __lt__ = __le__ = __gt__ = __ge__ = _smaller

    def _computed(self, *_others: Any, **_keywords: Any) -> Any:
        return INERT

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _computed
    __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __pow__ = __rpow__ = __matmul__ = _computed
    __rmatmul__ = __or__ = __ror__ = __and__ = __rand__ = __xor__ = __rxor__ = __lshift__ = _computed
    __neg__ = __pos__ = __abs__ = __invert__ = __divmod__ = __round__ = _computed
    __array_ufunc__ = __array_function__ = _computed

    def __array__(self, *_arguments: Any, **_keywords: Any) -> Any:
        return np.array(1.0)

    def __float__(self) -> float:
        return 1.0

    def __index__(self) -> int:
        return 1

    __int__ = __index__

    def __format__(self, spec: str) -> str:
        try:
            return format(1.0, spec)
        except ValueError:
            return format("", spec) if spec[-1:] in "s<>^" or spec[-1:].isdigit() else ""

    def __str__(self) -> str:
        return "a plot, which grading does not draw"

    __repr__ = __str__


class _Shown(Inert):
    """A function that was shown, or decorated, by something inert: to be called as ever."""

    def __init__(self, function: Any) -> None:
        self.__wrapped__ = function
        self.__name__ = function.__name__
        self.__doc__ = function.__doc__

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        return self.__wrapped__(*arguments, **keywords)


class _Nothing(Inert):
    """A list of what has been drawn so far, which is empty."""

    def __call__(self, *_arguments: Any, **_keywords: Any) -> Any:
        return self

    def __len__(self) -> int:
        return 0

    def __bool__(self) -> bool:
        return False

    def __iter__(self) -> Iterator[Any]:
        wanted = _wanted(sys._getframe(1))
        return iter([INERT] * wanted if wanted != _MANY else [])


def _wanted(frame: Any) -> int:
    """How many elements the statement wants that is about to iterate: ``a, b = x`` wants two."""
    code, at = frame.f_code.co_code, frame.f_lasti
    if not 0 <= at < len(code) - 1:
        return _MANY
    if code[at] == _UNPACK:
        return int(code[at + 1])
    return int(code[at + 1]) + _MANY if code[at] == _UNPACK_REST else _MANY


INERT = Inert()
_NOTHING = _Nothing()


def _grid(rows: Any = 1, columns: Any = 1, *_arguments: Any, **keywords: Any) -> Any:
    """The axes of ``fig.subplots``: in an array of the grid's shape, as Matplotlib has them."""
    rows, columns = int(keywords.get("nrows", rows)), int(keywords.get("ncols", columns))
    if not (0 < rows <= 100 and 0 < columns <= 100):
        return INERT
    grid = np.empty((rows, columns), object)
    grid.fill(INERT)
    if keywords.get("squeeze", True) is False:
        return grid
    return INERT if rows == columns == 1 else grid.squeeze()


def _mosaic(layout: Any = "", *_arguments: Any, **_keywords: Any) -> dict[Any, Any]:
    """The axes of ``fig.subplot_mosaic``, by their names."""
    rows = layout.replace(";", "\n").split() if isinstance(layout, str) else layout
    return {name: INERT for row in rows for name in (row if isinstance(row, str | list) else [row])}


# What makes a figure and its axes at once, as ``plt.subplots``.
FIGURES: dict[str, Any] = {
    "subplots": lambda *arguments, **keywords: (INERT, _grid(*arguments, **keywords)),
    "subplot_mosaic": lambda *arguments, **keywords: (INERT, _mosaic(*arguments, **keywords)),
}


class _Colours(Inert):
    """A colour map: of numbers it makes colours, as many as there are."""

    def __call__(self, values: Any = 0.0, *_arguments: Any, **_keywords: Any) -> Any:
        if isinstance(values, str | Inert) or values is None:
            return self  # plt.get_cmap("viridis")
        shape = np.shape(values)
        return np.ones((*shape, 4)) if shape else (1.0, 1.0, 1.0, 1.0)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name in ("resampled", "reversed", "copy", "with_extremes", "get_cmap"):
            return lambda *_arguments, **_keywords: self
        return INERT if name in _NO_COLOURS else self

    def __getitem__(self, _key: Any) -> Any:
        return self


# What else lies beside the colour maps.
_NO_COLOURS = frozenset({"ScalarMappable", "ListedColormap", "LinearSegmentedColormap", "colors"})


def _palette(_name: Any = None, n_colors: Any = None, *_arguments: Any, **_keywords: Any) -> Any:
    """As ``seaborn.color_palette``."""
    count = n_colors if isinstance(n_colors, int) and 0 < n_colors < 10_000 else _MANY
    return [(1.0, 1.0, 1.0)] * count


class _Value(Inert):
    """What a method gives that tells a number or numbers of a plot: real ones."""

    def __init__(self, value: Any) -> None:
        self._value = value

    def __call__(self, *_arguments: Any, **_keywords: Any) -> Any:
        return self._value


_ANSWERS: dict[str, Any] = {
    "subplots": _grid,
    "subplot_mosaic": _mosaic,
    "color_palette": _palette,
    **dict.fromkeys(("husl_palette", "hls_palette"), lambda n=6, *_a, **_k: _palette(None, n)),
    **dict.fromkeys(("cm", "colormaps", "get_cmap", "cmap"), _Colours()),
    **dict.fromkeys(
        ("lines", "patches", "collections", "texts", "images", "artists", "containers"), _NOTHING
    ),
    **dict.fromkeys(("get_lines", "get_fignums", "get_children", "findobj", "get_texts"), _NOTHING),
    **dict.fromkeys(
        ("xlim", "ylim", "get_xlim", "get_ylim", "get_zlim", "get_xbound", "get_ybound", "clim", "get_clim"),
        _Value((0.0, 1.0)),
    ),
    "axis": _Value((0.0, 1.0, 0.0, 1.0)),
    "get_figwidth": _Value(6.4),
    "get_figheight": _Value(4.8),
    "get_size_inches": _Value(np.array([6.4, 4.8])),
    "get_dpi": _Value(100.0),
    "get_backend": _Value("agg"),
    "isinteractive": _Value(False),
    **dict.fromkeys(("get_text", "get_label", "get_title", "get_xlabel", "get_ylabel"), _Value("")),
    "fignum_exists": _Value(False),
}


class Missing(Inert):
    """What a package would give that is not there.

    It may be named, called, shown and subclassed. As soon as a value is asked of it, it says which package
    is missing.
    """

    def __init__(self, name: str, why: str) -> None:
        self.__dict__.update(_name=name, _why=why)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Missing(f"{self._name}.{name}", self._why)

    def __call__(self, *arguments: Any, **_keywords: Any) -> Any:
        if self._name.rpartition(".")[2] in _MARKS and len(arguments) == 1 and callable(arguments[0]):
            return arguments[0]
        return self

    def __mro_entries__(self, _bases: Any) -> tuple[type, ...]:
        return ()

    def __getitem__(self, _key: Any) -> Any:
        return self

    def __or__(self, _other: Any) -> Any:  # in annotations
        return self

    __ror__ = __or__

    def _refused(self, *_arguments: Any, **_keywords: Any) -> NoReturn:
        raise ModuleNotFoundError(self._why, name=self._name.partition(".")[0])

    __len__ = __iter__ = __next__ = __float__ = __int__ = __index__ = __array__ = _refused
    __array_ufunc__ = __array_function__ = __contains__ = __round__ = _refused
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _refused
    __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __pow__ = __rpow__ = __matmul__ = _refused
    __rmatmul__ = __and__ = __rand__ = __xor__ = __rxor__ = __lshift__ = _refused
    __neg__ = __pos__ = __abs__ = __invert__ = __divmod__ = __lt__ = __le__ = __gt__ = __ge__ = _refused

    def __format__(self, spec: str) -> str:
        return format(str(self), spec) if spec[-1:] in "s<>^" else str(self)

    def __str__(self) -> str:
        return f"something of {self._name}, which is not available in grading"

    __repr__ = __str__


# Decorators that make a function faster, or check it, and leave what it computes as it is.
_MARKS = frozenset(
    _words(
        "jit njit jaxtyped typechecked beartype profile no_grad inference_mode override deprecated overload "
        "checkpoint memoize runtime_checkable validate_call typed"
    )
)
