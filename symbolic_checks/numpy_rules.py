"""Which functions NumPy has, and the scale of an expression: its value in absolute-value arithmetic."""

from __future__ import annotations

import sympy as sp

from symbolic_checks.errors import DerivationError
from symbolic_checks.language import Expr, Sigma, is_size, softmax_of

FUNCTIONS = {
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
ABSOLUTE = "abs_"
"""Before the name of a symbol whose absolute value is meant."""


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
    if is_size(expression):
        return expression
    if isinstance(expression, sp.Indexed):
        return sp.IndexedBase(ABSOLUTE + expression.base.label.name, real=True)[expression.indices]
    if expression.is_Symbol:
        return sp.Symbol(ABSOLUTE + expression.name, real=True)
    if isinstance(expression, _BOUNDED) or softmax_of(expression) is not None:
        return sp.Integer(1)
    if isinstance(expression, tuple(FUNCTIONS)):
        return 1 + sp.Abs(expression)
    if isinstance(expression, sp.Sum):
        return sp.Sum(absolute(expression.function), *expression.limits)
    if isinstance(expression, sp.Piecewise):
        return sp.Piecewise(*((absolute(value), condition) for value, condition in expression.args))
    if isinstance(expression, sp.Max | sp.Min):
        return sp.Max(*map(absolute, expression.args))
    if expression.is_Pow:
        base = sp.Abs(expression.base) if expression.exp.is_negative else absolute(expression.base)
        return base**expression.exp
    if expression.is_Add or expression.is_Mul:
        return expression.func(*map(absolute, expression.args))
    raise DerivationError(f"{expression} has no rule for its scale.")
