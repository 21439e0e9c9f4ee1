"""Expressions as the source of NumPy functions of arrays of any size: their values, and their scales."""

from __future__ import annotations

from dataclasses import dataclass

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
