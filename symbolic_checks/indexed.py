"""Sums over whole index ranges: differentiate, contract their deltas, write them out at a concrete size."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import sympy as sp

from symbolic_checks.errors import DerivationError
from symbolic_checks.language import Expr, Index, in_order, indices_of, total

Sizes = Mapping[Any, int]
"""Size symbol → its concrete value, such as ``{n: 3, d: 2, h: 2}``."""


def small_sizes(indices: Iterable[Index]) -> Sizes:
    """The sizes at which a derivation is proven: small, and larger than 1, so that no sum is a single term.

    >>> from symbolic_checks.lecture import i, j, k
    >>> small_sizes([j, i, k])
    {n: 3, d: 2, h: 2}
    """
    sizes = dict.fromkeys(index.size for index in in_order(indices))
    return {size: 2 if place else 3 for place, size in enumerate(sizes)}


def put_indices(expression: Expr, new: Mapping[Expr, Expr]) -> Expr:
    """The expression with other indices where they are free; the index of a sum gives way to them.

    Parameters
    ----------
    expression
        Indices may be free in it, or bound by its sums.
    new
        For an index the one in its place; also for several that are exchanged.

    Examples
    --------
    >>> from symbolic_checks.lecture import X, i, j
    >>> put_indices(X[i, j] * total(X[i, j], j), {i: j, j: i})
    X[j, i]*Sum(X[j, j'], (j', 1, d))
    """
    if not expression.has(sp.Sum):
        return expression.xreplace(dict(new))
    if not isinstance(expression, sp.Sum):
        return expression.func(*(put_indices(part, new) for part in expression.args))
    bound = {limit[0] for limit in expression.limits}
    free = expression.free_symbols
    inside = {old: value for old, value in new.items() if old not in bound and old in free}
    taken = {symbol for value in inside.values() for symbol in value.free_symbols}
    inside |= {index: fresh(index, free | taken) for index in bound if index in taken}
    limits = [(inside.get(index, index), low, high) for index, low, high in expression.limits]
    return sp.Sum(put_indices(expression.function, inside), *limits)


def fresh(index: Index, taken: Iterable[Expr]) -> Index:
    """Another letter for the same range, which does not occur elsewhere.

    Parameters
    ----------
    index
        Whose range is meant.
    taken
        What may not be returned: indices and other symbols.
    """
    found = index.other
    while found in taken:
        found = found.other
    return found


def contract(expression: Expr) -> Expr:
    """Carry out Σ_p f(p) δ_pq = f(q); q is in range, because every index runs over its whole range.

    >>> from symbolic_checks.lecture import i, w, X, j
    >>> contract(total(X[i, j] * sp.KroneckerDelta(j, sp.Symbol("q")), j))
    X[i, q]
    """
    return _deltas_in_front(expression).replace(
        lambda term: isinstance(term, sp.Sum) and term.has(sp.KroneckerDelta), _contract_sum
    )


def _deltas_in_front(expression: Expr) -> Expr:
    """With the deltas of every case distinction in front of it; a sum takes them in again."""
    return expression.replace(
        lambda term: isinstance(term, sp.Piecewise) and term.has(sp.KroneckerDelta), _delta_in_front
    )


def _delta_in_front(piecewise: Expr) -> Expr:
    """A delta that is a factor of every branch, as a factor of the whole."""
    found = sp.Integer(1)
    for delta in sorted(piecewise.atoms(sp.KroneckerDelta), key=str):
        pieces = [(value, value.subs(delta, 0), condition) for value, condition in piecewise.args]
        if any(zero != 0 or condition.has(delta) for _, zero, condition in pieces):
            continue
        piecewise = sp.Piecewise(*((value.subs(delta, 1), condition) for value, _, condition in pieces))
        found *= delta
        if not isinstance(piecewise, sp.Piecewise):
            break
    return found * piecewise


def _contract_sum(sum_: Expr) -> Expr:
    expression = sum_.function
    for limit in sum_.limits:
        result = []
        expression = _deltas_in_front(expression)
        for term in sp.Add.make_args(sp.expand_mul(expression, deep=False)):
            contracted = _contracted(term, limit[0])
            result.append(_sum_beside_deltas(term, limit) if contracted is None else contracted)
        expression = sp.Add(*result)
    return expression


def _contracted(term: Expr, index: Expr) -> Expr | None:
    """Σ over the index of a term that has a delta with it; None for a term that has not."""
    for delta in sp.Mul.make_args(term):
        if isinstance(delta, sp.KroneckerDelta) and index in delta.args:
            (other,) = set(delta.args) - {index}
            return put_indices(term / delta, {index: other})
    return None


def _sum_beside_deltas(term: Expr, limit: Expr) -> Expr:
    """The sum of a term, with the deltas of other indices in front of it."""
    beside = [delta for delta in sp.Mul.make_args(term) if isinstance(delta, sp.KroneckerDelta)]
    return sp.Mul(*beside, sp.Sum(term / sp.Mul(*beside), limit))


@cache
def link(of: Expr, expression: Expr, wrt: Expr) -> tuple[Expr, Expr]:
    """∂``of``/∂``wrt`` where ``of = expression``, with the indices of one element each.

    An index that both carry is one and the same (∂ŷ_i/∂z_i) where the derivative vanishes between different
    elements. Where it does not, as in a softmax, the index of ``of`` gets another letter: ∂p_ic'/∂z_ic.

    Parameters
    ----------
    of, expression
        A quantity, and its definition.
    wrt
        What the derivative is by: a symbol, or an element of an array.

    Returns
    -------
    ``of`` with its indices, and the derivative.
    """
    if not isinstance(wrt, sp.Indexed):
        return of, sp.factor_terms(contract(sp.diff(expression, wrt)))
    primed = {index: sp.Dummy(f"{index}'", integer=True, positive=True) for index in wrt.indices}
    derivative = contract(sp.diff(expression, wrt.xreplace(primed)))
    coupled = {
        index: fresh(index, derivative.free_symbols)
        for index, prime in primed.items()
        if index in indices_of(of) and derivative.subs(sp.KroneckerDelta(index, prime), 0) != 0
    }
    derivative = put_indices(put_indices(derivative, coupled), {p: index for index, p in primed.items()})
    return of.xreplace(coupled), sp.factor_terms(derivative)


def local_derivative(of: Expr, expression: Expr, wrt: Expr) -> Expr:
    """The same, where an index that both carry is one and the same.

    Parameters
    ----------
    of, expression
        A quantity, and its definition.
    wrt
        What the derivative is by: a symbol, or an element of an array.

    Raises
    ------
    DerivationError
        When different elements depend on each other, so that the indices cannot be identified.
    """
    renamed, derivative = link(of, expression, wrt)
    for index, other in zip(indices_of(of), indices_of(renamed), strict=True):
        if index != other:
            raise DerivationError(f"∂{of}/∂{wrt}: elements with different {index} depend on each other.")
    return derivative


def sum_over(product: Expr, indices: Iterable[Expr]) -> Expr:
    """Σ over the indices, with every factor in front that does not depend on them.

    Parameters
    ----------
    product
        Factors, among which there may be deltas and sums.
    indices
        Each is summed over its whole range.

    Examples
    --------
    >>> from symbolic_checks.lecture import i, j, n, X, w
    >>> sum_over(w[j] * X[i, j] / n, [i])
    w[j]*Sum(X[i, j], (i, 1, n))/n
    """
    in_deltas = {index for delta in product.atoms(sp.KroneckerDelta) for index in delta.args}
    for index in sorted(indices, key=lambda index: index not in in_deltas):
        outside, inside = product.as_independent(index, as_Add=False)
        if any(index in delta.args for delta in inside.atoms(sp.KroneckerDelta)):
            terms = sp.Add.make_args(sp.expand_mul(inside))
            found = [(_contracted(term, index), term) for term in terms]
            rest = [_plain_sum(term, index) if sum_ is None else sum_ for sum_, term in found]
            product = outside * sp.factor_terms(sp.Add(*rest))
        else:
            product = _plain_sum(product, index)
    return product


def _plain_sum(product: Expr, index: Index) -> Expr:
    """Σ over one index, with every factor in front that does not depend on it."""
    outside, inside = product.as_independent(index, as_Add=False)
    return outside * (index.size if inside == 1 else total(inside, index))


def pull_out(expression: Expr) -> Expr:
    """Put the constant factors of every sum in front of it."""
    return expression.replace(
        lambda term: isinstance(term, sp.Sum),
        lambda s: sum_over(s.function, [index for index, _, _ in s.limits]),
    )


def write_out(expression: Expr, sizes: Sizes) -> Expr:
    """The expression at a concrete size, every sum written as its terms.

    Parameters
    ----------
    expression
        Its sums run over whole ranges.
    sizes
        Of all ranges in it.

    Examples
    --------
    >>> from symbolic_checks.lecture import d, j, w
    >>> write_out(total(w[j] ** 2, j), {d: 2})
    w[1]**2 + w[2]**2
    """

    def terms(sum_: Expr) -> Expr:
        written = sum_.function
        for index, _, size in sum_.limits:
            written = sp.Add(*(written.xreplace({index: sp.Integer(m)}) for m in range(1, sizes[size] + 1)))
        return written

    # Inner sums are written out first, so an index bound twice is never mixed up.
    written = expression.replace(lambda term: isinstance(term, sp.Sum), terms)
    return written.xreplace({size: sp.Integer(value) for size, value in sizes.items()})


def elements(symbol: Expr, sizes: Sizes) -> list[Expr]:
    """All elements of an array at a concrete size, or the plain symbol.

    Parameters
    ----------
    symbol
        A plain symbol, or an element with an index for each axis.
    sizes
        Of the ranges of its indices.

    Returns
    -------
    list
        In C order: the last index runs fastest.
    """
    result = [symbol]
    for index in indices_of(symbol):
        size = sizes[index.size]
        result = [e.xreplace({index: sp.Integer(m)}) for e in result for m in range(1, size + 1)]
    return result


def write_out_at(expression: Expr, symbol: Expr, element: Expr, sizes: Sizes) -> Expr:
    """The expression that stands for ``symbol``, written out for one of its elements.

    Parameters
    ----------
    expression
        With the indices of ``symbol`` free in it.
    symbol
        A plain symbol, or an element with an index for each axis.
    element
        One of `elements`.
    sizes
        Of all ranges in the expression.

    Examples
    --------
    >>> from symbolic_checks.lecture import d, j, w
    >>> write_out_at(w[j] / total(w[j], j), w[j], w[2], {d: 2})
    w[2]/(w[1] + w[2])
    """
    # Sums first: their index may be the symbol's too.
    at = dict(zip(indices_of(symbol), indices_of(element), strict=True))
    return write_out(expression, sizes).xreplace(at)
