"""Sums over whole index ranges: differentiate, contract their deltas, write them out at a concrete size."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import sympy as sp

from symbolic_checks.lecture import SIZES, Expr, total

Sizes = Mapping[Any, int]
"""Size symbol → its concrete value, such as ``{n: 3, d: 2, h: 2}``."""


class DerivationError(ValueError):
    """A derivative that this package cannot express; the message says which."""


def indices_of(symbol: Expr) -> tuple[Expr, ...]:
    """The indices of an array's element; none for a plain symbol."""
    return tuple(symbol.indices) if isinstance(symbol, sp.Indexed) else ()


def label_of(symbol: Expr) -> str:
    """The name of a symbol, or of the array of an element."""
    return str(symbol.base.label.name if isinstance(symbol, sp.Indexed) else symbol.name)


def contract(expression: Expr) -> Expr:
    """Carry out Σ_p f(p) δ_pq = f(q); q is in range, because every index runs over its whole range.

    >>> from symbolic_checks.lecture import i, w, X, j
    >>> contract(total(X[i, j] * sp.KroneckerDelta(j, sp.Symbol("q")), j))
    X[i, q]
    """
    return expression.replace(
        lambda term: isinstance(term, sp.Sum) and term.has(sp.KroneckerDelta), _contract_sum
    )


def _contract_sum(sum_: Expr) -> Expr:
    ((index, low, high),) = sum_.limits
    result = []
    for term in sp.Add.make_args(sp.expand_mul(sum_.function, deep=False)):
        deltas = [f for f in sp.Mul.make_args(term) if isinstance(f, sp.KroneckerDelta) and index in f.args]
        if deltas:
            (other,) = set(deltas[0].args) - {index}
            result.append((term / deltas[0]).xreplace({index: other}))
        else:
            result.append(sp.Sum(term, (index, low, high)))
    return sp.Add(*result)


@cache
def local_derivative(of: Expr, expression: Expr, wrt: Expr) -> Expr:
    """∂``of``/∂``wrt`` where ``of = expression``, with the indices of one element each.

    An index that both carry is one and the same (∂ŷ_i/∂z_i): the derivative must vanish where they differ.

    Raises
    ------
    DerivationError
        When it does not vanish there, so that the indices cannot be identified.
    """
    if not isinstance(wrt, sp.Indexed):
        return sp.factor_terms(contract(sp.diff(expression, wrt)))
    primed = {index: sp.Dummy(f"{index}'", integer=True, positive=True) for index in wrt.indices}
    derivative = contract(sp.diff(expression, wrt.xreplace(primed)))
    for index, prime in primed.items():
        if index in indices_of(of) and derivative.subs(sp.KroneckerDelta(index, prime), 0) != 0:
            raise DerivationError(f"∂{of}/∂{wrt}: elements with different {index} depend on each other.")
        if any(index in s.bound_symbols and prime in s.free_symbols for s in derivative.atoms(sp.Sum)):
            raise DerivationError(f"∂{of}/∂{wrt}: {index} would mean two things in a sum that stays.")
    return sp.factor_terms(derivative.xreplace({prime: index for index, prime in primed.items()}))


def sum_over(product: Expr, indices: Iterable[Expr]) -> Expr:
    """Σ over the indices, with every factor in front that does not depend on them.

    >>> from symbolic_checks.lecture import i, j, n, X, w
    >>> sum_over(w[j] * X[i, j] / n, [i])
    w[j]*Sum(X[i, j], (i, 1, n))/n
    """
    for index in indices:
        outside, inside = product.as_independent(index, as_Add=False)
        product = outside * (SIZES[index] if inside == 1 else total(inside, index))
    return product


def pull_out(expression: Expr) -> Expr:
    """Put the constant factors of every sum in front of it."""
    return expression.replace(
        lambda term: isinstance(term, sp.Sum), lambda s: sum_over(s.function, [s.limits[0][0]])
    )


def write_out(expression: Expr, sizes: Sizes) -> Expr:
    """The expression at a concrete size, every sum written as its terms.

    >>> from symbolic_checks.lecture import d, j, w
    >>> write_out(total(w[j] ** 2, j), {d: 2})
    w[1]**2 + w[2]**2
    """

    def terms(sum_: Expr) -> Expr:
        ((index, _, size),) = sum_.limits
        return sp.Add(*(sum_.function.xreplace({index: sp.Integer(m)}) for m in range(1, sizes[size] + 1)))

    # Inner sums are written out first, so an index bound twice is never mixed up.
    written = expression.replace(lambda term: isinstance(term, sp.Sum), terms)
    return written.xreplace({size: sp.Integer(value) for size, value in sizes.items()})


def elements(symbol: Expr, sizes: Sizes) -> list[Expr]:
    """All elements of an array at a concrete size, or the plain symbol."""
    result = [symbol]
    for index in indices_of(symbol):
        size = sizes[SIZES[index]]
        result = [e.xreplace({index: sp.Integer(m)}) for e in result for m in range(1, size + 1)]
    return result


def write_out_at(expression: Expr, symbol: Expr, element: Expr, sizes: Sizes) -> Expr:
    """The expression that stands for ``symbol``, written out for one of its elements.

    >>> from symbolic_checks.lecture import d, j, w
    >>> write_out_at(w[j] / total(w[j], j), w[j], w[2], {d: 2})
    w[2]/(w[1] + w[2])
    """
    # Sums first: their index may be the symbol's too.
    at = dict(zip(indices_of(symbol), indices_of(element), strict=True))
    return write_out(expression, sizes).xreplace(at)
