"""Expressions as compiled NumPy functions of arrays of any size: their values, and their scales."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from symbolic_checks.errors import UndefinedError
from symbolic_checks.language import Argument, Definition, Expr, in_order, indices_of
from symbolic_checks.numpy_rules import absolute
from symbolic_checks.numpy_writer import Writer, align


@dataclass(frozen=True)
class Result:
    """An expression, and the symbol whose axes it has (``w[j]`` for a gradient by w)."""

    like: Expr
    expression: Expr


@dataclass(frozen=True)
class AtZero:
    """Where an argument is the zero vector: an error with this message, or without one the zero vector."""

    argument: str
    message: str | None = None


@dataclass(frozen=True)
class Program:
    """What is computed from which arguments through which definitions."""

    arguments: tuple[Argument, ...]
    definitions: tuple[Definition, ...]
    results: tuple[Result, ...]
    elementwise: bool = False
    at_zero: AtZero | None = None

    def value_source(self, *, as_tuple: bool = False) -> str:
        """Python source of ``compute(*arguments)``: the results, floats and new arrays.

        A single result comes as it is, or as a tuple of one.
        """
        writer = Writer(self.arguments, self.definitions)
        returned = [self._returned(writer, result) for result in self.results]
        return self._source(writer, f"({', '.join(returned)},)" if as_tuple else ", ".join(returned))

    def scale_source(self) -> str:
        """Python source of ``compute(*arguments)``: a tuple with the scale of every result."""
        writer = Writer(self.arguments, self.definitions)
        sizes = [writer.write(absolute(result.expression)) for result in self.results]
        largest = [f"np.max({code})" if axes or self.elementwise else code for code, axes in sizes]
        largest = [f"float({code})" for code in largest]
        return self._source(writer, f"({', '.join(largest)},)", scale=True)

    def _returned(self, writer: Writer, result: Result) -> str:
        """The code of a result as the caller receives it."""
        code, axes = writer.write(result.expression)
        wanted = indices_of(result.like)
        if self.elementwise and len(self.arguments) > 1:  # what does not depend on an array has its shape too
            shapes = ", ".join(f"{argument.name}.shape" for argument in self.arguments)
            return f"as_given(np.broadcast_to({code}, np.broadcast_shapes({shapes})).copy())"
        if self.elementwise and not result.expression.free_symbols:
            return f"as_given(np.full({self.arguments[0].name}.shape, {code}))"
        if self.elementwise:
            return f"as_given({code})"
        if not wanted:
            return f"float({code})"
        if axes == wanted:
            return code
        inner = in_order(wanted)
        shape = ", ".join(writer.size(axis) for axis in inner)
        whole = code if axes == inner else f"np.broadcast_to({align((code, axes), inner)}, ({shape},)).copy()"
        if inner == wanted:
            return whole
        return f"np.transpose({whole}, {tuple(map(inner.index, wanted))}).copy()"

    def _source(self, writer: Writer, returned: str, scale: bool = False) -> str:
        named = [
            argument.name if argument.default is None else f"{argument.name}={argument.default!r}"
            for argument in self.arguments
        ]
        lines = [f"def compute({', '.join(named)}):"]
        for argument in self.arguments:
            array = self.elementwise or indices_of(argument.symbol)
            convert = "np.asarray({0}, dtype=np.float64)" if array else "float({0})"
            lines.append(f"    {argument.name} = {convert.format(argument.name)}")
        if self.at_zero is not None:
            zero = self.at_zero
            lines.append(f"    if not {zero.argument}.any():")
            if zero.message is not None:
                lines.append(f"        raise UndefinedError({zero.message!r})")
            else:
                lines.append(f"        return {'(1.0,)' if scale else f'np.zeros_like({zero.argument})'}")
        body = [*writer.lines, f"return {returned}"]
        if writer.has_branches:  # all branches are evaluated, also where another one holds
            body = ["with np.errstate(all='ignore'):", *(f"    {line}" for line in body)]
        return "\n".join([*lines, *(f"    {line}" for line in body), ""])


def compiled(source: str) -> Callable[..., Any]:
    """The function ``compute`` of a program's source."""
    namespace: dict[str, Any] = {
        "np": np,
        "sigma": sigma,
        "log_sigma": log_sigma,
        "softmax": softmax,
        "log_softmax": log_softmax,
        "log_sum_exp": log_sum_exp,
        "norm": norm,
        "as_given": as_given,
        "UndefinedError": UndefinedError,
    }
    exec(source, namespace)
    return namespace["compute"]


def sigma(z: Any) -> Any:
    """1/(1 + e^(−z)), with e^(−|z|) only, which never overflows.

    >>> sigma(np.array([-1000.0, 0.0, 1000.0]))
    array([0. , 0.5, 1. ])
    """
    power = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, power) / (1.0 + power)


def log_sigma(z: Any) -> Any:
    """log σ(z), which is finite wherever z is.

    >>> log_sigma(np.array([-1000.0, 1000.0]))
    array([-1000.,     0.])
    """
    return 0.0 - np.logaddexp(0.0, -z)


def softmax(z: Any, axis: int) -> Any:
    """e^z_c / Σ_c' e^z_c' along an axis; no power is larger than 1.

    Parameters
    ----------
    z
        Array of any shape.
    axis
        The one that c runs along.

    Examples
    --------
    >>> softmax(np.array([1000.0, 1000.0]), 0)
    array([0.5, 0.5])
    """
    powers = np.exp(z - z.max(axis=axis, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)


def log_softmax(z: Any, axis: int) -> Any:
    """The logarithm of the softmax, which is finite wherever z is.

    Parameters
    ----------
    z
        Array of any shape.
    axis
        The one that the softmax is taken along.
    """
    shifted = z - z.max(axis=axis, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))


def log_sum_exp(z: Any, axis: int) -> Any:
    """log Σ e^z along an axis; no power is larger than 1.

    Parameters
    ----------
    z
        Array of any shape.
    axis
        The one that is summed over, which the result does not have.

    Examples
    --------
    >>> round(float(log_sum_exp(np.array([1000.0, 1000.0]), 0)), 4)
    1000.6931
    """
    largest = z.max(axis=axis, keepdims=True)
    return np.log(np.exp(z - largest).sum(axis=axis)) + largest.squeeze(axis)


def norm(vector: Any) -> float:
    """Euclidean length; the squares of very long or short vectors neither overflow nor vanish.

    >>> norm(np.array([3e-200, 4e-200]))
    5e-200
    """
    return math.hypot(*vector.tolist())


def as_given(array: Any) -> Any:
    """A float for a single number, else the array."""
    return array if array.ndim else float(array)
