"""Whether two expressions are equal: proved, refuted by numbers, or neither."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import sympy as sp

from symbolic_checks.errors import ProofError
from symbolic_checks.language import Expr
from symbolic_checks.plain import shortened

# What is no rational function of its arguments stands for itself: as many unknowns, none known to be related.
_OPAQUE = (sp.Function, sp.Heaviside, sp.Derivative)
_MOST_CASES = 300
_POINTS = 6
_DIGITS = 30
# More than rounding leaves of 30 digits, less than any mistake.
_APART = sp.Float(10) ** -15


@dataclass(frozen=True)
class Counterexample:
    """Two values that should be equal, at a point where they are not."""

    claimed: float
    right: float


def is_zero(difference: Expr) -> bool:
    """Whether it is 0 everywhere, as a proof: every step is sound; where none leads to 0 the answer is no.

    Functions such as σ, log and exp are taken for unknowns, so that what is left is a rational function. A
    difference with several cases is 0 when it is in every case.

    >>> a, b = sp.symbols("a b", positive=True)
    >>> is_zero(1 / (a * b) - 1 / a + (b - 1) / (a * b))
    True
    >>> is_zero(sp.Piecewise((a, a < b), (b, True)) - sp.Piecewise((a, a < b), (a, True)))
    False
    """
    if sp.expand(difference) == 0:
        return True
    return all(_is_rational_zero(case) for case in _cases(difference, _MOST_CASES))


def _cases(expression: Expr, most: int) -> Iterator[Expr]:
    """The expression in every combination of branches; pieces with the same conditions go together."""
    pieces = sorted(expression.atoms(sp.Piecewise), key=sp.default_sort_key)
    if not pieces or most < 1:
        yield expression
        return
    # Those inside others last: a condition may have pieces itself.
    conditions = _conditions(max(pieces, key=lambda piece: piece.count_ops()))
    alike = [piece for piece in pieces if _conditions(piece) == conditions]
    for branch in range(len(conditions)):
        chosen = expression.xreplace({piece: piece.args[branch][0] for piece in alike})
        yield from _cases(chosen, most // len(conditions))


def _conditions(piecewise: Expr) -> tuple[Expr, ...]:
    return tuple(condition for _, condition in piecewise.args)


def _is_rational_zero(expression: Expr) -> bool:
    if expression.has(sp.Piecewise, sp.nan, sp.zoo):
        return False
    return _vanishes(expression) or (expression.has(*_OPAQUE) and _vanishes(expression.rewrite(sp.exp)))


def _vanishes(expression: Expr) -> bool:
    """Whether it is 0 for whatever values its functions have."""
    unknown = _with_unknowns(expression)
    parts: dict[frozenset[Expr], list[Expr]] = {}
    for term in sp.Add.make_args(sp.expand_mul(unknown, deep=False)):
        parts.setdefault(frozenset(term.atoms(sp.Dummy)), []).append(term)
    # Each example has functions of its own: where all parts are 0 by themselves, small fractions are enough.
    return all(_has_no_numerator(sp.Add(*terms)) for terms in parts.values()) or (
        len(parts) > 1 and _has_no_numerator(unknown)
    )


def _has_no_numerator(expression: Expr) -> bool:
    """Whether it is 0 as a fraction: `sp.cancel` says the same, and takes its time to find common factors."""
    above, _ = sp.fraction(sp.together(expression))
    return bool(sp.expand(above) == 0)


def _with_unknowns(expression: Expr) -> Expr:
    """Every function, and every power that is no whole one, as a symbol of its own."""
    found: dict[Expr, Expr] = {}

    def unknown(part: Expr) -> Expr:
        return found.setdefault(part, sp.Dummy(f"u{len(found)}"))

    def replaced(part: Expr) -> Expr:
        if isinstance(part, sp.exp):  # e^(2a + b) = (e^a)² e^b, and every e^a is an unknown
            product = sp.Integer(1)
            for term in sp.Add.make_args(sp.expand(part.args[0])):
                times, rest = term.as_coeff_Mul(rational=True)
                product *= unknown(sp.exp(rest / times.q)) ** times.p
            return product
        if isinstance(part, _OPAQUE) or (part.is_Pow and not part.exp.is_Integer):
            return unknown(part.func(*(sp.expand(argument) for argument in part.args)))
        if not part.args or isinstance(part, sp.Indexed):
            return part
        return part.func(*map(replaced, part.args))

    return replaced(expression)


def counterexample(claimed: Expr, right: Expr) -> Counterexample | None:
    """A point at which two expressions have different values; None where they agree at all that were tried.

    Points are fractions between −2 and 2, at first between 0 and 1, where a logarithm is more often defined.

    Parameters
    ----------
    claimed, right
        Without sums over a range, as `write_out` gives them.
    """
    symbols = sorted(_symbols(claimed) | _symbols(right), key=str)
    rng = random.Random(0)
    for number in range(2 * _POINTS):
        low, high = (1, 60) if number % 2 == 0 else (-128, 128)
        point = {symbol: sp.Rational(rng.randint(low, high), 64) for symbol in symbols}
        one, other = _at(claimed, point), _at(right, point)
        if one is None or other is None:
            continue
        if abs(one - other) > _APART * (1 + abs(one) + abs(other)):
            return Counterexample(float(one), float(other))
    return None


def _symbols(expression: Expr) -> set[Expr]:
    labels = {element.base.label for element in expression.atoms(sp.Indexed)}
    return set(expression.free_symbols) - labels


def _at(expression: Expr, point: dict[Expr, Expr]) -> Expr | None:
    """The value at a point; None where there is none, or it is no real number."""
    value = sp.N(expression.xreplace(point).rewrite(sp.exp), _DIGITS)
    return value if value.is_Float or value.is_Rational else None


def check_equal(what: str, claimed: Expr, right: Expr) -> None:
    """Prove that a derivative is the one that SymPy takes of the whole.

    Parameters
    ----------
    what
        The derivative, as a sentence names it.
    claimed, right
        The product of the chain's factors, and SymPy's own derivative.

    Raises
    ------
    ProofError
        When they differ at a point, which makes it wrong, or when neither a proof nor such a point was found.
    """
    if sp.expand(claimed - right) == 0:
        return
    found = counterexample(claimed, right)  # sooner found than no proof
    if found is None and is_zero(claimed - right):
        return
    forms = f"\n  the chain rule's: {shortened(claimed)}\n  SymPy's own:      {shortened(right)}"
    if found is not None:
        raise ProofError(
            f"{what} is wrong: at one point it is {found.claimed:.6g}, and the loss has the slope "
            f"{found.right:.6g} there. Compare the two forms:{forms}",
            is_wrong=True,
        )
    raise ProofError(
        f"{what} could not be proved. It agrees with SymPy's own derivative of the loss at every point that "
        f"was tried, but SymPy does not bring both to one form. Write the loss in simpler functions, or take "
        f"a definition of its own for a part of it. The two forms:{forms}",
        is_wrong=False,
    )
