"""The language that models are written in: indices with a noun and a size, sums over them, σ, definitions.

A model is an ordered chain of definitions, such as z_i = Σ_j X_ij w_j + b, ŷ_i = σ(z_i),
L = 1/(2n) Σ_i (ŷ_i − y_i)². No index is known here: a file of one's own declares those that it needs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import sympy as sp

from symbolic_checks.axis import Axis

Expr = Any
"""A SymPy expression; SymPy carries no types."""

z = sp.Symbol("z", real=True)
"""What σ is taken of in its definition."""


class Index(sp.Symbol):
    """What an axis of an array runs over, such as the classes c = 1, …, K.

    Parameters
    ----------
    name
        Its letter in formulas.
    size
        The letter, or the symbol, of the number of them.
    noun, plural
        What one of them is called, and several.
    order
        Where its axis stands in arrays that are computed: those of lower order come first. 0 is for the
        examples, over which losses are means; the lecture's features have 1, its hidden units 2.

    Examples
    --------
    >>> classes = Index("c", size="K", noun="class", plural="classes")
    >>> total(sp.IndexedBase("p")[classes], classes)
    Sum(p[c], (c, 1, K))
    >>> classes.other
    c'
    """

    size: Expr
    noun: str
    plural: str
    order: float

    def __new__(
        cls, name: str, *, size: str | Expr, noun: str, plural: str | None = None, order: float = 3
    ) -> Index:
        index: Index = sp.Symbol.__xnew__(cls, name, integer=True, positive=True)
        index.size = sp.Symbol(size, integer=True, positive=True) if isinstance(size, str) else size
        index.noun, index.plural, index.order = noun, plural or f"{noun}s", order
        return index

    @property
    def other(self) -> Index:
        """A second letter for the same range, for where one stands for something else already: Σ_c' inside
        what depends on c."""
        return Index(f"{self.name}'", size=self.size, noun=self.noun, plural=self.plural, order=self.order)

    @property
    def axis(self) -> Axis:
        """The same without a symbol."""
        return Axis(self.name, str(self.size), self.noun, self.plural, self.order)

    @property
    def place(self) -> tuple[float, str]:
        """By this the axes of an array are ordered."""
        return self.order, self.name

    def _hashable_content(self) -> tuple[Any, ...]:
        content: tuple[Any, ...] = super()._hashable_content()
        return (*content, str(self.size), self.noun, self.plural, self.order)

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        about = {"size": self.size, "noun": self.noun, "plural": self.plural, "order": self.order}
        return (self.name,), about


def in_order(indices: Iterable[Index]) -> tuple[Index, ...]:
    """Different indices in the order of their axes."""
    return tuple(sorted(set(indices), key=lambda index: index.place))


def indices_of(symbol: Expr) -> tuple[Any, ...]:
    """The indices of an array's element; none for a plain symbol."""
    return tuple(symbol.indices) if isinstance(symbol, sp.Indexed) else ()


def label_of(symbol: Expr) -> str:
    """The name of a symbol, or of the array of an element."""
    return str(symbol.base.label.name if isinstance(symbol, sp.Indexed) else symbol.name)


def is_size(symbol: Expr) -> bool:
    """Whether it is how far an index runs: sizes are positive whole numbers, all else is real."""
    whole = symbol.is_Symbol and symbol.is_integer and symbol.is_positive
    return bool(whole and not isinstance(symbol, Index))


def total(term: Expr, *indices: Index) -> Expr:
    """Σ of a term over the whole range of an index, or of several.

    Parameters
    ----------
    term
        What is added up; the indices are free in it.
    indices
        Each runs over its whole range; the first is the outermost sum.

    Examples
    --------
    >>> from symbolic_checks.lecture import j, w
    >>> total(w[j] ** 2, j)
    Sum(w[j]**2, (j, 1, d))
    """
    return sp.Sum(term, *((index, 1, index.size) for index in reversed(indices)))


class Sigma(sp.Function):
    """The sigmoid σ, with a derivative that follows from its definition 1/(1 + e^(−z)).

    >>> sp.diff(Sigma(z), z)
    (1 - Sigma(z))*Sigma(z)
    """

    nargs = 1

    @staticmethod
    def definition(z: Expr) -> Expr:
        """σ(z) written with the exponential function."""
        return 1 / (1 + sp.exp(-z))

    def fdiff(self, argindex: int = 1) -> Expr:
        """The derivative by the argument, in terms of σ itself."""
        if argindex != 1:
            raise sp.core.function.ArgumentIndexError(self, argindex)
        s, slope = slope_of_sigma()
        return slope.xreplace({s: self})

    def _eval_rewrite_as_exp(self, z: Expr, **_: Any) -> Expr:
        return Sigma.definition(z)

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        power = f"^{{{exp}}}" if exp else ""
        return rf"\sigma{power}\left({printer._print(self.args[0])}\right)"


@cache
def slope_of_sigma() -> tuple[Expr, Expr]:
    """The symbol s and dσ/dz as an expression in s = σ(z).

    Differentiates the definition, then eliminates e^(−z), which the definition gives in terms of s.
    """
    s, power = sp.Symbol("s", real=True), sp.Symbol("E", positive=True)
    definition = Sigma.definition(z)
    slope = sp.diff(definition, z).subs(sp.exp(-z), power)
    # cleared of its denominator the definition is linear in e^(−z); solve() would import SymPy's units
    line, _ = sp.fraction(sp.together(definition.subs(sp.exp(-z), power) - s))
    factor, rest = sp.expand(line).coeff(power, 1), sp.expand(line).coeff(power, 0)
    return s, s * sp.cancel(slope.subs(power, -rest / factor) / s)


def softmax_of(expression: Expr) -> tuple[Expr, Index, Expr] | None:
    """The exponent, the index and the sum of e^z_c / Σ_c' e^z_c'; None for what is no softmax.

    >>> from symbolic_checks.lecture import j, w
    >>> softmax_of(sp.exp(w[j]) / total(sp.exp(w[j.other]), j.other))
    (w[j], j, Sum(exp(w[j']), (j', 1, d)))
    """
    powers = [factor for factor in sp.Mul.make_args(expression) if isinstance(factor, sp.exp)]
    if len(powers) != 1:
        return None
    below = powers[0] / expression
    if not (isinstance(below, sp.Sum) and isinstance(below.function, sp.exp) and len(below.limits) == 1):
        return None
    bound, exponent = below.limits[0][0], powers[0].args[0]
    for index in in_order(exponent.atoms(Index)):
        if index.size == bound.size and below.function.args[0].xreplace({bound: index}) == exponent:
            return exponent, index, below
    return None


@dataclass(frozen=True)
class Argument:
    """An input of a model, or one of its results: the name students read, and the symbol, with its indices
    where it is an array; ``default`` for an input that may be left out."""

    name: str
    symbol: Expr
    default: float | None = None


@dataclass(frozen=True)
class Definition:
    """``symbol = expression``, where the expression uses arguments and earlier definitions only."""

    symbol: Expr
    expression: Expr
    sentence: str


@dataclass(frozen=True)
class Model:
    """A chain of definitions; the last one is what the model is about.

    Parameters
    ----------
    name
        In words, as in a sentence.
    arguments
        In the student's order.
    definitions
        In the order in which they are evaluated.
    elementwise
        Whether the one argument may be an array of any shape, and the result has that shape.
    results
        What is returned, in order, where that is more than the last definition.
    """

    name: str
    arguments: tuple[Argument, ...]
    definitions: tuple[Definition, ...]
    elementwise: bool = False
    results: tuple[Argument, ...] = ()

    @property
    def output(self) -> Definition:
        """The last definition."""
        return self.definitions[-1]

    @property
    def indices(self) -> tuple[Index, ...]:
        """What the axes of its arguments run over, in their order."""
        return in_order(index for argument in self.arguments for index in indices_of(argument.symbol))


@dataclass(frozen=True)
class ConstrainedProblem:
    """Find the vector that makes ``objective`` stationary where ``constraint`` is 0.

    ``undefined`` says why there is none where the given vector is zero; without it, the zero vector is meant.
    """

    name: str
    arguments: tuple[Argument, ...]
    unknown: Expr
    objective: Expr
    constraint: Expr
    undefined: str | None = None


@dataclass(frozen=True)
class RateProblem:
    """How fast a formula changes with a variable that its quantities depend on, such as a quotient N/D.

    ``rates`` has for each quantity the symbol of its own derivative, ``result`` is that of the formula's.
    Numbers or arrays of one shape: it holds element by element.
    """

    name: str
    arguments: tuple[Argument, ...]
    definition: Definition
    rates: tuple[tuple[Expr, Expr], ...]
    result: Expr
    variable: Expr


@dataclass(frozen=True)
class LineProblem:
    """An unknown differentiable loss L along the line v + t · ``direction``; its gradient at v is g.

    The first argument is g. ``undefined`` says why there is no such line where the given direction is zero.
    """

    name: str
    arguments: tuple[Argument, ...]
    direction: Expr
    t: Expr
    undefined: str | None = None

    @property
    def gradient(self) -> Expr:
        """The gradient of the unknown loss, such as ``g[j]``."""
        return self.arguments[0].symbol
