"""Indexed expressions as lines of NumPy: every sum becomes a product of matrices.

Each array that is computed keeps its axes in the order of its indices: examples, features, hidden units. What
occurs twice is computed once. The scale of an expression is the same expression in absolute-value arithmetic:
one writer serves both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import permutations
from typing import Any

import sympy as sp

from symbolic_checks.errors import DerivationError
from symbolic_checks.indexed import put_indices
from symbolic_checks.language import (
    Argument,
    Definition,
    Expr,
    Index,
    Sigma,
    in_order,
    indices_of,
    is_size,
    label_of,
    softmax_of,
)
from symbolic_checks.numpy_rules import ABSOLUTE, FUNCTIONS, absolute

Axes = tuple[Any, ...]
Operand = tuple[str, Axes]
"""Code, and the indices its axes stand for."""

_ATOM = re.compile(r"-?\w+(\.\d+)?")
_RELATIONS = {
    sp.Le: "<=",
    sp.Lt: "<",
    sp.Ge: ">=",
    sp.Gt: ">",
    sp.Eq: "==",
    sp.Ne: "!=",
}
_JOINTS = {sp.And: " & ", sp.Or: " | "}


class Writer:
    """Writes assignments, one an operation, and remembers what it has written."""

    def __init__(self, arguments: Sequence[Argument], definitions: Sequence[Definition]) -> None:
        self.lines: list[str] = []
        self.has_branches = False
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
            return self._softmax(e) or self._product(sp.Mul.make_args(e))
        if e.is_Pow:
            return self._power(e)
        if isinstance(e, sp.Sum):
            *inner, (index, _, _) = e.limits
            return self._contraction(sp.Sum(e.function, *inner) if inner else e.function, index)
        if isinstance(e, sp.Heaviside):
            (code, axes), (at_zero, _) = map(self.write, e.args)
            return f"np.heaviside({code}, {at_zero})", axes
        if isinstance(e, sp.Piecewise):
            return self._branches(e)
        if isinstance(e, sp.Max | sp.Min):
            return self._extreme(e)
        if isinstance(e, sp.log):
            return self._logarithm(e.args[0])
        for function, name in FUNCTIONS.items():
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
        of, is_absolute = label.removeprefix(ABSOLUTE), label.startswith(ABSOLUTE)
        if is_size(symbol) and of not in self._arguments:
            return self._length(symbol), ()
        if of in self._arguments:
            name, axes = _in_order(self._arguments[of].name, axes)
            return (f"np.abs({name})" if axes else f"abs({name})") if is_absolute else name, axes
        if of not in self._definitions:
            raise DerivationError(f"{symbol} is neither an argument nor defined.")
        expression = self._defined(self._definitions[of], axes)
        return self.write(absolute(expression) if is_absolute else expression)

    def _defined(self, definition: Definition, indices: Axes) -> Expr:
        """What a definition says of the element with these indices."""
        own = indices_of(definition.symbol)
        return (
            definition.expression
            if own == indices
            else put_indices(definition.expression, dict(zip(own, indices, strict=True)))
        )

    def size(self, index: Index) -> str:
        """The code of how far an index runs."""
        return self._length(index.size)

    def _length(self, size: Expr) -> str:
        for argument in self._arguments.values():
            for place, axis in enumerate(indices_of(argument.symbol)):
                if axis.size == size:
                    return f"{argument.name}.shape[{place}]"
        raise DerivationError(f"No argument tells how large {size} is.")

    def _extreme(self, e: Expr) -> Operand:
        operands = [self.write(argument) for argument in e.args]
        axes = _union(operands)
        name = "np.maximum" if isinstance(e, sp.Max) else "np.minimum"
        (code, *others) = [align(operand, axes) for operand in operands]
        for other in others:
            code = f"{name}({code}, {other})"
        return code, axes

    def _branches(self, e: Expr) -> Operand:
        """The value of the first branch whose condition holds; NaN where none does."""
        self.has_branches = True
        values = [self.write(value) for value, _ in e.args]
        conditions = [self._condition(condition) for _, condition in e.args]
        axes = _union([*values, *conditions])
        code = "np.nan"
        for value, condition in reversed([*zip(values, conditions, strict=True)]):
            here = align(value, axes)
            code = here if condition[0] == "True" else f"np.where({align(condition, axes)}, {here}, {code})"
        return code, axes

    def _condition(self, condition: Expr) -> Operand:
        if condition in (sp.true, sp.false):
            return str(condition), ()
        if isinstance(condition, sp.Not):
            code, axes = self._condition(condition.args[0])
            return self._assign(f"~{code}"), axes
        parts = [self._condition(part) for part in condition.args] if condition.func in _JOINTS else []
        operands = parts or [self.write(side) for side in condition.args]
        axes = _union(operands)
        sign = _JOINTS.get(condition.func) or _RELATIONS.get(condition.func)
        if sign is None:
            raise DerivationError(f"{condition} has no rule in NumPy.")
        return self._assign(f" {sign.strip()} ".join(align(operand, axes) for operand in operands)), axes

    def _softmax(self, e: Expr, name: str = "softmax") -> Operand | None:
        """A softmax, as a function that takes no large powers."""
        found = softmax_of(e)
        if found is None:
            return None
        exponent, index, _ = found
        code, axes = self.write(exponent)
        return f"{name}({code}, {axes.index(index)})", axes

    def _logarithm(self, e: Expr) -> Operand:
        """log σ, log(1 − σ), log of a softmax, and log Σ e^z, without a number that is rounded to 0 or ∞."""
        inside = self._resolved(e)
        rest = self._resolved(1 - e)
        if isinstance(inside, Sigma) or isinstance(rest, Sigma):
            code, axes = self.write(inside.args[0] if isinstance(inside, Sigma) else -rest.args[0])
            return f"log_sigma({code})", axes
        stable = self._softmax(inside, "log_softmax")
        if stable is not None:
            return stable
        if isinstance(inside, sp.Sum) and isinstance(inside.function, sp.exp) and len(inside.limits) == 1:
            code, axes = self.write(inside.function.args[0])
            bound = inside.limits[0][0]
            if bound in axes:
                rest = tuple(axis for axis in axes if axis != bound)
                return f"log_sum_exp({code}, {axes.index(bound)})", rest
        code, axes = self.write(e)
        return f"np.log({code})", axes

    def _resolved(self, e: Expr) -> Expr:
        """What a defined quantity is defined as; everything else as it is."""
        if not (isinstance(e, sp.Indexed) or e.is_Symbol) or label_of(e) not in self._definitions:
            return e
        return self._resolved(self._defined(self._definitions[label_of(e)], indices_of(e)))

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
            left, right = sorted(operands, key=lambda o: (len(o[1]) < 2, *(axis.place for axis in o[1])))
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
    return in_order(axis for _, axes in operands for axis in axes)


def _in_order(name: str, axes: Axes) -> Operand:
    """An argument with its axes in that order."""
    inner = in_order(axes)
    if inner == axes:
        return name, axes
    if len(inner) < len(axes):
        raise DerivationError(f"{name} has the same index twice: a diagonal has no rule in NumPy.")
    return f"np.transpose({name}, {tuple(map(axes.index, inner))})", inner


def align(operand: Operand, axes: Axes) -> str:
    """The operand's code, with an axis of length 1 wherever it lacks one that others have after its own.

    Parameters
    ----------
    operand
        Code of an array, and its axes in order.
    axes
        Those to be lined up with, in order; the operand's are among them.
    """
    code, own = operand
    if own == axes or not own or own == axes[len(axes) - len(own) :]:
        return code
    return f"{code}[{', '.join(':' if axis in own else 'None' for axis in axes)}]"
