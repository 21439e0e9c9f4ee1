"""What a function computes, as a graph: it runs on numbers that remember the operations they come from.

A traced number also has a value, so comparisons go one way and loops end: the graph holds what was computed
on that way alone. Whatever cannot be followed (an integer made of a number, a complex step) ends the trace.
"""

from __future__ import annotations

import builtins
import contextlib
import math
import numbers
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

# A formula of more operations is none that anybody would read.
MAX_NODES = 2000


class UntraceableError(TypeError):
    """What cannot be followed; the message says what it is."""


class Tape:
    """The operations so far: ``(name, operand, ...)``; an int is an earlier node and a float a constant."""

    def __init__(self) -> None:
        self.nodes: list[tuple[Any, ...]] = []
        self._known: dict[tuple[Any, ...], int] = {}

    def note(self, operation: str, value: float, *operands: int | float) -> Number:
        """The number with this value that an operation gives."""
        key = (operation, *((type(operand), operand) for operand in operands))
        if key not in self._known:
            if len(self.nodes) >= MAX_NODES:
                raise UntraceableError(f"more than {MAX_NODES} operations")
            self._known[key] = len(self.nodes)
            self.nodes.append((operation, *operands))
        return Number(self, self._known[key], value)

    def inputs(self, arguments: Sequence[Any]) -> tuple[Any, ...]:
        """The arguments with a traced number in every place, numbered in a row."""
        traced = []
        count = 0
        for argument in arguments:
            values = np.asarray(argument, float)
            array = np.empty(values.shape, object)
            for place in np.ndindex(values.shape):
                array[place] = self.note("input", float(values[place]), count)
                count += 1
            traced.append(_wrapped(array))
        return tuple(traced)


def trace(function: Callable[..., Any], arguments: Sequence[Any]) -> dict[str, Any]:
    """The graph of what a function computes of these arguments, as data.

    ``nodes`` are those of `Tape`; ``results`` are, for each value that is returned, its nodes or constants in
    the order of its elements.

    Raises
    ------
    UntraceableError, or whatever the function raises
    """
    tape = Tape()
    result = function(*tape.inputs(arguments))
    parts = result if isinstance(result, tuple) else (result,)
    results = [[_operand(element) for element in _objects(part).flat] for part in parts]
    return {"nodes": tape.nodes, "results": results}


def _operand(value: Any) -> int | float:
    """A number's node, or a constant."""
    if isinstance(value, Number):
        return value.node
    if isinstance(value, numbers.Real | np.bool_):
        return float(value)
    raise UntraceableError(f"a value of type {type(value).__name__}")


def _value(value: Any) -> float:
    return value.value if isinstance(value, Number) else float(value)


def _objects(value: Any) -> np.ndarray:
    """Anything as a plain array of objects."""
    if isinstance(value, np.ndarray):
        return value.view(np.ndarray).astype(object)
    if isinstance(value, Number):
        array = np.empty((), object)
        array[()] = value
        return array
    return np.array(_plain(value), dtype=object)


def _plain(value: Any) -> Any:
    """A value as NumPy's own functions take it: arrays without this module's class, numbers as arrays."""
    if isinstance(value, Array):
        return value.view(np.ndarray)
    if isinstance(value, Number):
        return _objects(value)
    if type(value) in (tuple, list):
        return type(value)(item if isinstance(item, Number) else _plain(item) for item in value)
    return value


def _wrapped(value: Any) -> Any:
    """What NumPy returned, with traced arrays and numbers as they were."""
    if isinstance(value, np.ndarray) and value.dtype == object:
        return value.item() if value.ndim == 0 else value.view(Array)
    if type(value) in (tuple, list):
        return type(value)(_wrapped(item) for item in value)
    return value


def _lifted(ufunc: np.ufunc, method: str, inputs: Sequence[Any], out: Any, keywords: dict[str, Any]) -> Any:
    """A ufunc on traced numbers."""
    keywords = {name: _plain(value) for name, value in keywords.items() if name not in ("dtype", "casting")}
    if out is not None:
        keywords["out"] = tuple(map(_plain, out))
    if method == "__call__" and ufunc in _BY_ELEMENT:
        ufunc = np.frompyfunc(_BY_ELEMENT[ufunc], ufunc.nin, 1)
    found = getattr(ufunc, method)(*map(_plain, inputs), **keywords)
    if isinstance(found, np.ndarray) and all(isinstance(each, bool | np.bool_) for each in found.flat):
        found = found.astype(bool)
    return _wrapped(found)


def _called(function: Callable[..., Any], arguments: Any, keywords: Mapping[str, Any]) -> Any:
    """One of NumPy's functions on traced numbers."""
    if function in _FUNCTIONS:
        return _FUNCTIONS[function](*arguments, **keywords)
    keywords = {name: _plain(value) for name, value in keywords.items() if name != "dtype"}
    return _wrapped(function(*map(_plain, arguments), **keywords))


def _arithmetic(name: str, compute: Callable[[float, float], float]) -> tuple[Any, Any]:
    """The method of an operator, and that for the operands the other way round."""

    def result(one: Any, other: Any) -> Any:
        tape = one.tape if isinstance(one, Number) else other.tape
        value = _quietly(compute, _value(one), _value(other))
        return tape.note(name, value, _operand(one), _operand(other))

    def forward(self: Number, other: Any) -> Any:
        return result(self, other) if _is_number(other) else NotImplemented

    def backward(self: Number, other: Any) -> Any:
        return result(other, self) if _is_number(other) else NotImplemented

    return forward, backward


def _is_number(value: Any) -> bool:
    return isinstance(value, Number | numbers.Real | np.bool_)


def _comparison(compute: Callable[[float, float], bool]) -> Any:
    def method(self: Number, other: Any) -> Any:
        return compute(self.value, _value(other)) if _is_number(other) else NotImplemented

    return method


def _function(name: str, compute: Callable[[float], float]) -> Any:
    def method(self: Number) -> Number:
        return self.tape.note(name, _quietly(compute, self.value), self.node)

    return method


def _quietly(compute: Callable[..., float], *values: float) -> float:
    """As NumPy computes: infinite or not a number, where Python raises."""
    try:
        value = compute(*values)
    except OverflowError:
        return math.inf
    except (ValueError, ZeroDivisionError):
        return math.nan
    return value if isinstance(value, float) else math.nan


class Number:
    """A number, and the node of the tape it comes from."""

    __slots__ = ("node", "tape", "value")

    ndim, shape, size = 0, (), 1

    def __init__(self, tape: Tape, node: int, value: float) -> None:
        self.tape, self.node, self.value = tape, node, value

    __add__, __radd__ = _arithmetic("add", lambda a, b: a + b)
    __sub__, __rsub__ = _arithmetic("subtract", lambda a, b: a - b)
    __mul__, __rmul__ = _arithmetic("multiply", lambda a, b: a * b)
    __truediv__, __rtruediv__ = _arithmetic("divide", lambda a, b: a / b)
    __pow__, __rpow__ = _arithmetic("power", lambda a, b: a**b)
    exp = _function("exp", math.exp)
    log = _function("log", math.log)
    sqrt = _function("sqrt", math.sqrt)
    tanh = _function("tanh", math.tanh)

    __lt__ = _comparison(lambda a, b: a < b)
    __le__ = _comparison(lambda a, b: a <= b)
    __gt__ = _comparison(lambda a, b: a > b)
    __ge__ = _comparison(lambda a, b: a >= b)
    __eq__ = _comparison(lambda a, b: a == b)
    __ne__ = _comparison(lambda a, b: a != b)

    def __hash__(self) -> int:
        return hash(self.node)

    def __bool__(self) -> bool:
        return self.value != 0

    def __neg__(self) -> Number:
        return 0.0 - self

    def __pos__(self) -> Number:
        return self

    def __abs__(self) -> Number:
        return self if self.value >= 0 else -self

    def __float__(self, *_digits: Any) -> float:
        raise UntraceableError("a number that was turned into a plain one")

    __int__ = __index__ = __round__ = __floor__ = __ceil__ = __trunc__ = __complex__ = __float__

    def __format__(self, spec: str) -> str:
        return format(self.value, spec)

    def __array__(self, *_arguments: Any, **_keywords: Any) -> np.ndarray:
        return _objects(self)

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, out: Any = None, **keywords: Any) -> Any:
        return _lifted(ufunc, method, inputs, out, keywords)

    def __array_function__(self, function: Any, _types: Any, arguments: Any, keywords: Any) -> Any:
        return _called(function, arguments, keywords)

    def conjugate(self) -> Number:
        """As every real number's."""
        return self

    def _itself(self, *_arguments: Any, **_keywords: Any) -> Number:
        return self

    item = copy = astype = sum = mean = max = min = squeeze = ravel = _itself
    real = T = property(conjugate)


class Array(np.ndarray):
    """Traced numbers that pass for an array of floats."""

    dtype = property(lambda _self: np.dtype(float))

    def astype(self, dtype: Any, *_arguments: Any, **_keywords: Any) -> Any:
        """A copy; what is no array of floats cannot be followed."""
        if not _is_float(dtype):
            raise UntraceableError("numbers that were turned into integers")
        return self.copy()

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, out: Any = None, **keywords: Any) -> Any:
        return _lifted(ufunc, method, inputs, out, keywords)

    def __array_function__(self, function: Any, _types: Any, arguments: Any, keywords: Any) -> Any:
        return _called(function, arguments, keywords)


def _by_element(name: str, function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: getattr(value, name)() if isinstance(value, Number) else function(value)


_ELEMENTARY = {name: _by_element(name, getattr(math, name)) for name in ("exp", "log", "sqrt", "tanh")}
_EXP, _LOG = _ELEMENTARY["exp"], _ELEMENTARY["log"]
_REAL: dict[str, Callable[..., Any]] = _ELEMENTARY | {
    "expm1": lambda x: _EXP(x) - 1,
    "log1p": lambda x: _LOG(1 + x),
    "exp2": lambda x: 2.0**x,
    "log2": lambda x: _LOG(x) / math.log(2),
    "log10": lambda x: _LOG(x) / math.log(10),
    "sinh": lambda x: (_EXP(x) - _EXP(-x)) / 2,
    "cosh": lambda x: (_EXP(x) + _EXP(-x)) / 2,
    "fabs": abs,
    "isfinite": lambda x: math.isfinite(_value(x)),
    "isnan": lambda x: math.isnan(_value(x)),
    "isinf": lambda x: math.isinf(_value(x)),
}
_BY_ELEMENT: dict[Any, Callable[..., Any]] = {getattr(np, name): f for name, f in _REAL.items()} | {
    np.signbit: lambda x: _value(x) < 0,
    np.heaviside: lambda x, half: 1.0 if x > 0 else half if x == 0 else 0.0,
    np.logaddexp: lambda x, y: _LOG(_EXP(x) + _EXP(y)),
    np.float_power: lambda x, y: x**y,
    np.hypot: lambda x, y: (x * x + y * y) ** 0.5,
}


def _is_float(dtype: Any) -> bool:
    return dtype is None or dtype is _Float or np.dtype(dtype).kind == "f"


def _filled(value: float) -> Callable[..., Any]:
    """``np.zeros_like`` and its kin."""
    return lambda like, *_, **__: _wrapped(np.full(np.shape(_plain(like)), value, object))


def _made(value: float, real: Callable[..., Any]) -> Callable[..., Any]:
    """``np.zeros`` and its kin, of floats; others are made as ever."""

    def make(shape: Any, dtype: Any = float, *arguments: Any, **keywords: Any) -> Any:
        if not _is_float(dtype):
            return real(shape, dtype, *arguments, **keywords)
        return _wrapped(np.full(shape, value, object))

    return make


def _array(value: Any, dtype: Any = None, *_arguments: Any, **_keywords: Any) -> Any:
    """``np.array`` and its kin."""
    if not _is_float(dtype):
        return _ARRAY(_plain(value), dtype)
    found = _objects(value)
    traced = any(isinstance(element, Number) for element in found.flat)
    return (found.copy().view(Array) if found.ndim else found.item()) if traced else _ARRAY(value)


def _where(condition: Any, *choices: Any) -> Any:
    chosen = np.asarray(_plain(condition)).astype(bool)
    return _wrapped(np.where(chosen, *map(_objects, choices)))


def _average(values: Any, axis: Any = None, weights: Any = None, **_keywords: Any) -> Any:
    if weights is None:
        return np.mean(values, axis)
    weights = _objects(weights)
    return _wrapped(np.sum(_objects(values) * weights, axis) / weights.sum())


def _close(one: Any, other: Any, rtol: float = 1e-5, atol: float = 1e-8, **_keywords: Any) -> Any:
    near = np.frompyfunc(lambda a, b: abs(_value(a) - _value(b)) <= atol + rtol * abs(_value(b)), 2, 1)
    return np.asarray(near(_objects(one), _objects(other))).astype(bool)


class _FloatKind(type):
    def __instancecheck__(cls, value: Any) -> bool:
        return isinstance(value, Number | builtins.float)


class _Float(metaclass=_FloatKind):
    """``float``, which leaves a traced number as it is."""

    def __new__(cls, value: Any = 0.0) -> Any:
        if isinstance(value, np.ndarray):
            return value.reshape(-1)[0] if value.size == 1 else _array(value)
        return value if isinstance(value, Number) else builtins.float(value)


class _Joined:
    """``np.c_`` and ``np.r_``."""

    def __init__(self, real: Any) -> None:
        self._real = real

    def __getitem__(self, parts: Any) -> Any:
        return _wrapped(self._real[_plain(parts)])


_ARRAY = np.array
_FUNCTIONS: dict[Any, Callable[..., Any]] = {
    np.where: _where,
    np.zeros_like: _filled(0.0),
    np.ones_like: _filled(1.0),
    np.empty_like: _filled(0.0),
    np.full_like: lambda like, value, *_, **__: _wrapped(np.full(np.shape(_plain(like)), value, object)),
    np.average: _average,
    np.isclose: _close,
    np.allclose: lambda *arguments, **keywords: bool(np.all(_close(*arguments, **keywords))),
    np.nan_to_num: lambda x, *_, **__: x,
}
# What NumPy and Python do not ask the numbers about.
_REPLACED: list[tuple[Any, dict[str, Any]]] = [
    (np, {"zeros": _made(0.0, np.zeros), "ones": _made(1.0, np.ones), "empty": _made(0.0, np.empty)}),
    (np, {name: _array for name in ("array", "asarray", "asanyarray", "ascontiguousarray")}),
    (np, {"float64": _Float, "c_": _Joined(np.c_), "r_": _Joined(np.r_)}),
    (math, {name: function for name, function in _REAL.items() if hasattr(math, name)}),
    (math, {"fsum": sum, "pow": lambda x, y: x**y}),
]


@contextlib.contextmanager
def tracing(*namespaces: dict[str, Any]) -> Iterator[None]:
    """For the time of a trace let NumPy, math and a submission's own names know traced numbers."""
    before = [(module, name, getattr(module, name)) for module, new in _REPLACED for name in new]
    instead = {id(getattr(module, name)): value for module, new in _REPLACED for name, value in new.items()}
    kept = []
    for names in namespaces:
        own = {name: instead[id(value)] for name, value in names.items() if id(value) in instead}
        own.setdefault("float", names.get("float", _Float))
        kept.append((names, own, {name: names[name] for name in own.keys() & names.keys()}))
    try:
        for module, new in _REPLACED:
            for name, value in new.items():
                setattr(module, name, value)
        for names, own, _ in kept:
            names.update(own)
        yield
    finally:
        for module, name, value in before:
            setattr(module, name, value)
        for names, own, old in kept:
            for name in own.keys() - old.keys():
                names.pop(name, None)
            names.update(old)
