"""Indexed expressions as lines of NumPy: every sum becomes a product of matrices.

Each array keeps its axes in the order examples, features, hidden units (i, j, k). What occurs twice is
computed once. The scale of an expression is the same expression in absolute-value arithmetic: one writer
serves both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import permutations
from typing import Any

import sympy as sp

from symbolic_checks.indexed import DerivationError, indices_of, label_of
from symbolic_checks.lecture import SIZES, Argument, Definition, Expr, Sigma

Axes = tuple[Any, ...]
Operand = tuple[str, Axes]
"""Code, and the indices its axes stand for."""

_ORDER = list(SIZES)
_FUNCTIONS = {
    Sigma: "sigma",
    sp.Abs: "np.abs",
    sp.exp: "np.exp",
    sp.log: "np.log",
    sp.tanh: "np.tanh",
    sp.cosh: "np.cosh",
    sp.sinh: "np.sinh",
    sp.sin: "np.sin",
    sp.cos: "np.cos",
    sp.atan: "np.arctan",
    sp.sign: "np.sign",
}
# Their errors are relative to 1, as the terms of 1 − σ or 1 − tanh are.
_BOUNDED = (Sigma, sp.Heaviside, sp.tanh, sp.sin, sp.cos, sp.sign)
_ABSOLUTE = "abs_"
_ATOM = re.compile(r"-?\w+(\.\d+)?")


def absolute(expression: Expr) -> Expr:
    """The expression in absolute-value arithmetic: the size of the terms from which rounding errors come.

    Atoms become absolute values, differences become sums. σ counts as 1: every evaluation of it errs relative
    to 1, as 1 − σ does; other functions count as 1 more than they are. Negative powers keep their value.

    >>> from symbolic_checks.lecture import z
    >>> absolute(sp.diff(Sigma(z), z))
    2
    """
    if expression.is_Number:
        return abs(expression)
    if expression in SIZES.values():
        return expression
    if isinstance(expression, sp.Indexed):
        return sp.IndexedBase(_ABSOLUTE + expression.base.label.name, real=True)[expression.indices]
    if expression.is_Symbol:
        return sp.Symbol(_ABSOLUTE + expression.name, real=True)
    if isinstance(expression, _BOUNDED):
        return sp.Integer(1)
    if isinstance(expression, tuple(_FUNCTIONS)):
        return 1 + sp.Abs(expression)
    if isinstance(expression, sp.Sum):
        return sp.Sum(absolute(expression.function), *expression.limits)
    if expression.is_Pow:
        base = sp.Abs(expression.base) if expression.exp.is_negative else absolute(expression.base)
        return base**expression.exp
    if expression.is_Add or expression.is_Mul:
        return expression.func(*map(absolute, expression.args))
    raise DerivationError(f"{expression} has no rule for its scale.")


class Writer:
    """Writes assignments, one an operation, and remembers what it has written."""

    def __init__(self, arguments: Sequence[Argument], definitions: Sequence[Definition]) -> None:
        self.lines: list[str] = []
        self._known: dict[Expr, Operand] = {}
        self._named: dict[str, str] = {}
        self._arguments = {label_of(argument.symbol): argument for argument in arguments}
        self._definitions = {label_of(definition.symbol): definition for definition in definitions}

    def write(self, expression: Expr) -> Operand:
        """The code of an expression, an atom, and its axes; the lines before it are written."""
        if expression not in self._known:
            code, axes = self._write(expression)
            self._known[expression] = (code if _ATOM.fullmatch(code) else self._assign(code)), axes
        return self._known[expression]

    def _write(self, e: Expr) -> Operand:
        if e.is_Number:
            return (str(e) if e.is_Integer else repr(float(e))), ()
        if isinstance(e, sp.Indexed) or e.is_Symbol:
            return self._atom(e)
        if e.is_Add:
            return self._sum_of_terms(e)
        if e.is_Mul:
            return self._product(sp.Mul.make_args(e))
        if e.is_Pow:
            return self._power(e)
        if isinstance(e, sp.Sum):
            ((index, _, _),) = e.limits
            return self._contraction(e.function, index)
        if isinstance(e, sp.Heaviside):
            (code, axes), (at_zero, _) = map(self.write, e.args)
            return f"np.heaviside({code}, {at_zero})", axes
        for function, name in _FUNCTIONS.items():
            if isinstance(e, function):
                code, axes = self.write(e.args[0])
                return f"{name}({code})", axes
        raise DerivationError(f"{e} has no rule in NumPy.")

    def _assign(self, code: str) -> str:
        """The name of a code's value; every name is assigned once, so equal codes have equal values."""
        if code not in self._named:
            self._named[code] = f"t{len(self._named)}"
            self.lines.append(f"{self._named[code]} = {code}")
        return self._named[code]

    def _atom(self, symbol: Expr) -> Operand:
        """An argument, or a definition, which is written when first asked for; or the absolute value."""
        label = label_of(symbol)
        axes = indices_of(symbol)
        if symbol in SIZES.values():
            (index,) = (index for index, size in SIZES.items() if size == symbol)
            return self.size(index), ()
        of, is_absolute = label.removeprefix(_ABSOLUTE), label.startswith(_ABSOLUTE)
        if of in self._arguments:
            name = self._arguments[of].name
            return (f"np.abs({name})" if axes else f"abs({name})") if is_absolute else name, axes
        if of not in self._definitions:
            raise DerivationError(f"{symbol} is neither an argument nor defined.")
        expression = self._definitions[of].expression
        return self.write(absolute(expression) if is_absolute else expression)

    def size(self, index: Expr) -> str:
        """The code of how far an index runs."""
        for argument in self._arguments.values():
            axes = indices_of(argument.symbol)
            if index in axes:
                return f"{argument.name}.shape[{axes.index(index)}]"
        raise DerivationError(f"No argument tells how far {index} runs.")

    def _sum_of_terms(self, e: Expr) -> Operand:
        # Positive terms first: ŷ − y, and not −y + ŷ, saves an operation.
        negative = {term: bool(term.as_coeff_Mul()[0].is_negative) for term in e.args}
        terms = sorted(e.args, key=lambda term: negative[term])
        operands = [self.write(-term if negative[term] else term) for term in terms]
        axes = _union(operands)
        text = ""
        for term, operand in zip(terms, operands, strict=True):
            sign = "-" if negative[term] else "+" if text else ""
            text += f" {sign} {align(operand, axes)}"
        return text.strip(), axes

    def _product(self, factors: Sequence[Expr]) -> Operand:
        below = [f for f in factors if f.is_Pow and f.exp.is_negative]
        above = [f for f in factors if f not in below]
        # Single numbers are multiplied first, then arrays of ever more axes.
        over = sorted((self.write(f) for f in above if f != -1), key=lambda o: len(o[1])) or [("1.0", ())]
        under = [divisor for f in below for divisor in self._divisors(1 / f)]
        axes = _union([*over, *under])
        text = " * ".join(align(operand, axes) for operand in over)
        text += "".join(f" / {align(operand, axes)}" for operand in under)
        return ("-" + text if -1 in above else text), axes

    def _divisors(self, e: Expr) -> list[Operand]:
        # The square of a tiny vector's length would be 0: divide by the length twice.
        length = self.write(sp.sqrt(e)) if _is_square_length(e) else None
        return [length, length] if length else [self.write(e)]

    def _power(self, e: Expr) -> Operand:
        if e.exp.is_negative:
            return self._product([e])
        if e.exp == sp.Rational(1, 2) and _is_square_length(e.base):
            return f"norm({self.write(e.base.function.base)[0]})", ()
        code, axes = self.write(e.base)
        return (f"{code} * {code}" if e.exp == 2 else f"{code} ** {self.write(e.exp)[0]}"), axes

    def _contraction(self, term: Expr, index: Expr) -> Operand:
        """Σ over one index: a product of two arrays, or the sum along an axis."""
        operands: list[Operand] = []
        for factor in sp.Mul.make_args(term):
            twice = factor.is_Pow and factor.exp == 2
            operands += [self.write(factor.base)] * 2 if twice else [self.write(factor)]
        while len(operands) > 2:
            operands = self._fold(operands)
        axes = tuple(axis for axis in _union(operands) if axis != index)
        if len(operands) == 2 and set(operands[0][1]) & set(operands[1][1]) == {index}:
            # The order of the axes that stay; a matrix stands before a vector, which is faster for many rows.
            left, right = sorted(operands, key=lambda o: (len(o[1]) < 2, *map(_ORDER.index, o[1])))
            left_code = left[0] if left[1][-1] == index else f"{left[0]}.T"
            right_code = right[0] if right[1][0] == index else f"{right[0]}.T"
            return f"{left_code} @ {right_code}", axes
        (code, all_axes) = operands[0] if len(operands) == 1 else self._multiplied(operands)
        if index not in all_axes:
            return f"{self.size(index)} * {code}", axes
        return f"{code}.sum({all_axes.index(index) if axes else ''})", axes

    def _fold(self, operands: Sequence[Operand]) -> list[Operand]:
        """Multiply one operand into another that has all its axes, small ones first."""
        ordered = sorted(operands, key=lambda operand: len(operand[1]))
        for one, other in permutations(range(len(ordered)), 2):
            if set(ordered[one][1]) <= set(ordered[other][1]):
                product = self._multiplied([ordered[one], ordered[other]])
                return [o for place, o in enumerate(ordered) if place not in (one, other)] + [product]
        codes = ", ".join(code for code, _ in operands)
        raise DerivationError(f"A sum over products of {codes} has no rule in NumPy.")

    def _multiplied(self, operands: Sequence[Operand]) -> Operand:
        axes = _union(operands)
        return self._assign(" * ".join(align(operand, axes) for operand in operands)), axes


def _is_square_length(e: Expr) -> bool:
    """Whether it is Σ_j v_j² for the elements of a vector."""
    if not (isinstance(e, sp.Sum) and e.function.is_Pow and e.function.exp == 2):
        return False
    return indices_of(e.function.base) == (e.limits[0][0],)


def _union(operands: Sequence[Operand]) -> Axes:
    return tuple(sorted({axis for _, axes in operands for axis in axes}, key=_ORDER.index))


def align(operand: Operand, axes: Axes) -> str:
    """The operand's code, with an axis of length 1 wherever it lacks one that others have after its own."""
    code, own = operand
    if own == axes or not own or own == axes[len(axes) - len(own) :]:
        return code
    return f"{code}[{', '.join(':' if axis in own else 'None' for axis in axes)}]"
