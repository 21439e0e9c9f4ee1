"""A normal form that is cheap and bounded: polynomials over inputs and over what is no polynomial of them.

Exponentials, roots, logarithms and reciprocals of sums become generators of a ring of their own, with rules
that bring products back: e^z · e^(−z) = 1, e^z σ(z) = e^z − σ(z), (√p)² = p. So σ is found in whatever way it
is written. Every step is bounded in size, so that a hostile graph costs milliseconds.
"""

from __future__ import annotations

import copy
import functools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sympy as sp
from sympy.polys.rings import ring

from symbolic_checks.formula.graph import FormulaError, Graph, Operand
from symbolic_checks.language import Expr, Sigma

Poly = Any
"""A polynomial of SymPy's sparse rings over the rational numbers."""

_MOST_TERMS = 300
_MOST_BITS = 400
# Of one term with another, in all.
_MOST_STEPS = 12_000
_HIGHEST = 12
_ATOMS = 40
# A constant such as 0.3333333333333333 was a fraction of small numbers.
_LARGEST_DENOMINATOR = 10_000


@dataclass(frozen=True)
class Atom:
    """A generator that is no input: the ``exp``, ``exp_minus``, ``sigma``, ``root``, ``reciprocal_root``,
    ``log`` or ``reciprocal`` of a polynomial."""

    kind: str
    of: Poly


class Forms:
    """Normal forms over a number of inputs.

    Parameters
    ----------
    values
        What the inputs are where the function was traced: it tells |x| from x.
    """

    def __init__(self, values: Sequence[float]) -> None:
        self.inputs = len(values)
        names = [f"g{k}" for k in range(self.inputs + _ATOMS)]
        self.ring, *self._generators = ring(names, sp.QQ)
        self.atoms: dict[int, Atom] = {}
        self._known: dict[tuple[str, Poly], int] = {}
        self._factors: dict[Poly, list[Poly]] = {}  # of what was multiplied out
        self._values = list(map(float, values))
        self._pairs: list[tuple[int, int]] = []  # of generators whose product is 1
        self._triples: list[tuple[int, int, int]] = []  # e^z, e^(−z) and σ(z)
        self._roots: dict[int, Poly] = {}
        self._over: list[tuple[int, int, int]] = []  # √p, 1/p and 1/√p
        self._steps = 0

    def copy(self) -> Forms:
        """The same atoms; what is added to the copy is not added here."""
        other = copy.copy(self)
        other._steps = 0
        for name in ("atoms", "_known", "_factors", "_values", "_pairs", "_triples", "_roots", "_over"):
            setattr(other, name, copy.copy(getattr(self, name)))
        return other

    # ------------------------------------------------------------------------------ from outside

    def of_graph(self, graph: Graph, result: Operand) -> Poly:
        """One of a graph's results.

        Parameters
        ----------
        graph
            Of a function of these inputs.
        result
            One of its nodes, or a constant.

        Raises
        ------
        FormulaError
            When it has no form, or one that is too large.
        """

        def form(operand: Operand) -> Poly:
            return found[operand] if type(operand) is int else self.constant(operand)

        steps: dict[str, Callable[..., Poly]] = {
            "add": lambda a, b: self._bounded(a + b),
            "subtract": lambda a, b: self._bounded(a - b),
            "multiply": self.product,
            "divide": lambda a, b: self.product(a, self.reciprocal(b)),
            "power": self.power,
            "exp": self.exp,
            "log": self.log,
            "sqrt": self.root,
            "tanh": self._tanh,
        }
        found: dict[int, Poly] = {}
        for place in sorted(graph.needed(result)):
            name, *operands = graph.nodes[place]
            found[place] = self.generator(*operands) if name == "input" else steps[name](*map(form, operands))
        return form(result)

    def of_expression(self, expression: Expr, inputs: dict[Expr, int]) -> Poly:
        """The form of an expression whose sums are written out; ``inputs`` numbers its symbols.

        Parameters
        ----------
        expression
            Rational numbers, sums, products, powers, σ, exp, log and tanh.
        inputs
            Its symbols, each with its number among the inputs.

        Raises
        ------
        FormulaError
            When it has no form, or one that is too large.
        """

        def form(e: Expr) -> Poly:
            if e in inputs:
                return self.generator(inputs[e])
            if e.is_Rational:
                return self.ring(sp.QQ(int(e.p), int(e.q)))
            if e.is_Add:
                return self._bounded(sum(map(form, e.args), self.ring.zero))
            if e.is_Mul:
                return functools.reduce(self.product, map(form, e.args))
            if e.is_Pow:
                return self.power(form(e.base), form(e.exp))
            for function, make in (
                (Sigma, self.sigma),
                (sp.exp, self.exp),
                (sp.log, self.log),
                (sp.tanh, self._tanh),
            ):
                if isinstance(e, function):
                    return make(form(e.args[0]))
            raise FormulaError(f"{e} has no form")

        return form(expression)

    # ------------------------------------------------------------------------------ arithmetic

    def generator(self, number: int) -> Poly:
        """An input, or an atom."""
        return self._generators[number]

    def constant(self, number: float) -> Poly:
        """A constant; one that is a fraction of small numbers, but for its last digit, is that fraction."""
        short = Fraction(number).limit_denominator(_LARGEST_DENOMINATOR)
        exact = short if float(short) == number else Fraction(number)
        return self._bounded(self.ring(sp.QQ(exact.numerator, exact.denominator)))

    def product(self, one: Poly, other: Poly) -> Poly:
        """Their product, brought to normal form.

        Parameters
        ----------
        one, other
            Forms of this ring.
        """
        self._count(len(one) * len(other))
        result = self._reduced(self._bounded(one * other))
        if len(one) > 1 and len(other) > 1:
            self._factors[result] = [*self._factors.get(one, [one]), *self._factors.get(other, [other])]
        return result

    def power(self, base: Poly, exponent: Poly) -> Poly:
        """Powers to whole and half numbers, and of e.

        Parameters
        ----------
        base, exponent
            Forms of this ring; the exponent is a constant, or the base is e.
        """
        if not exponent.is_ground:
            if base.is_ground and float(self._number(base)) == math.e:
                return self.exp(exponent)
            raise FormulaError("a power to what is no number")
        twice = 2 * self._number(exponent)
        if twice.denominator != 1 or abs(twice) > 2 * _HIGHEST:
            raise FormulaError("a power to a fraction")
        whole, half = divmod(abs(int(twice)), 2)
        result = self.ring.one
        for _ in range(whole):
            result = self.product(result, base)
        if half:
            result = self.product(result, self.root(base))
        return self.reciprocal(result) if twice < 0 else result

    def reciprocal(self, form: Poly) -> Poly:
        """One divided by it."""
        if not form:
            raise FormulaError("a division by zero")
        if len(form) == 1:
            ((powers, factor),) = form.terms()
            result = self.ring(1 / factor)
            for number, power in enumerate(powers):
                if power:
                    result = self.product(result, self.generator(self._inverse(number)) ** power)
            return result
        result = self.ring.one
        for factor in self._factors.get(form, [form]):
            result = self.product(result, self._reciprocal(factor))
        return result

    def _reciprocal(self, form: Poly) -> Poly:
        """Of a sum that is no product."""
        for plus, minus, sigma in self._triples:  # 1/(1 + e^z) = 1 − σ(z)
            for other, found in (
                (plus, 1 - self.generator(sigma)),
                (minus, self.generator(sigma)),
            ):
                factor = form.coeff(1)
                if factor and form == factor * (1 + self.generator(other)):
                    return found / factor
        factor = form.LC
        (number,) = self._atoms(form / factor, "reciprocal")
        return self.generator(number) / factor

    def exp(self, form: Poly) -> Poly:
        """e to its power."""
        if not form:
            return self.ring.one
        negative = form.LC < 0
        plus, minus, _ = self._exponential(-form if negative else form)
        return self.generator(minus if negative else plus)

    def sigma(self, form: Poly) -> Poly:
        """Its sigmoid."""
        if not form:
            return self.ring(sp.QQ(1, 2))
        negative = form.LC < 0
        *_, number = self._exponential(-form if negative else form)
        return 1 - self.generator(number) if negative else self.generator(number)

    def _tanh(self, form: Poly) -> Poly:
        return 2 * self.sigma(2 * form) - 1

    def log(self, form: Poly) -> Poly:
        """Its natural logarithm."""
        if form == 1:
            return self.ring.zero
        (number,) = self._atoms(form, "log")
        return self.generator(number)

    def root(self, form: Poly) -> Poly:
        """Its square root."""
        if not form:
            return form
        factor = abs(form.content())
        above, below = math.isqrt(factor.numerator), math.isqrt(factor.denominator)
        if (above * above, below * below) != (factor.numerator, factor.denominator):
            above = below = 1
            factor = sp.QQ(1)
        rest = form / factor
        if len(rest) == 1 and rest.LC == 1 and all(power % 2 == 0 for power in rest.LM):
            half = self.ring.from_dict({tuple(power // 2 for power in rest.LM): sp.QQ(1)})
            return sp.QQ(above, below) * (half if self.value(half) >= 0 else -half)
        if ("root", rest) not in self._known:
            number, inverse = self._atoms(rest, "root", "reciprocal_root")
            self._pairs.append((number, inverse))
            whole = self._reciprocal(rest) if len(rest) > 1 else self.reciprocal(rest)
            self._roots |= {number: rest, inverse: whole}
            if len(rest) > 1:
                self._over.append((number, self._known["reciprocal", rest / rest.LC], inverse))
        return sp.QQ(above, below) * self.generator(self._known["root", rest])

    def value(self, form: Poly) -> float:
        """What it is where the function was traced."""
        return math.fsum(
            float(factor) * math.prod(self._values[k] ** power for k, power in enumerate(powers) if power)
            for powers, factor in form.terms()
        )

    # ------------------------------------------------------------------------------ atoms

    def _atoms(self, form: Poly, *kinds: str) -> list[int]:
        """The generators of these kinds of a polynomial."""
        for kind in kinds:
            if (kind, form) not in self._known:
                number = self.inputs + len(self.atoms)
                if len(self.atoms) >= _ATOMS:
                    raise FormulaError("too many functions")
                self.atoms[number] = Atom(kind, form)
                try:
                    self._values.append(_VALUES[kind](self.value(form)))
                except (ArithmeticError, ValueError):
                    raise FormulaError("a number that is not finite") from None
                self._known[kind, form] = number
        return [self._known[kind, form] for kind in kinds]

    def _exponential(self, form: Poly) -> tuple[int, int, int]:
        new = ("exp", form) not in self._known
        plus, minus, sigma = self._atoms(form, "exp", "exp_minus", "sigma")
        if new:
            self._pairs.append((plus, minus))
            self._triples.append((plus, minus, sigma))
        return plus, minus, sigma

    def _inverse(self, number: int) -> int:
        """The generator that is 1 divided by another."""
        for pair in self._pairs:
            if number in pair:
                return pair[0] if pair[1] == number else pair[1]
        (inverse,) = self._atoms(self.generator(number), "reciprocal")
        self._pairs.append((number, inverse))
        return inverse

    # ------------------------------------------------------------------------------ normal form

    def _reduced(self, form: Poly) -> Poly:
        """With the rules of the atoms applied to every term."""
        if not self.atoms:
            return form
        result: dict[tuple[int, ...], Any] = {}
        waiting = list(form.terms())
        while waiting:
            self._count(1)
            powers, factor = waiting.pop()
            simpler = self._simpler(powers)
            if simpler is None:
                result[powers] = result.get(powers, 0) + factor
            else:
                waiting += [(other, factor * times) for other, times in simpler]
        return self._bounded(self.ring.from_dict(result))

    def _simpler(self, powers: tuple[int, ...]) -> list[tuple[tuple[int, ...], Any]] | None:
        """A product as a sum of simpler ones, if there is a rule for it."""
        for one, other in self._pairs:
            common = min(powers[one], powers[other])
            if common:
                return [(_less(powers, {one: common, other: common}), 1)]
        for plus, minus, sigma in self._triples:
            if powers[sigma] and powers[plus]:
                return [(_less(powers, {sigma: 1}), 1), (_less(powers, {plus: 1}), -1)]
            if powers[sigma] and powers[minus]:
                return [(_less(powers, {sigma: 1, minus: 1}), 1), (_less(powers, {minus: 1}), -1)]
        for root, whole, below in self._over:
            if powers[root] and powers[whole]:
                return [(_less(powers, {root: 1, whole: 1, below: -1}), 1)]
        for root, form in self._roots.items():
            if powers[root] > 1:
                rest = _less(powers, {root: 2})
                return [
                    (tuple(a + b for a, b in zip(rest, more, strict=True)), times)
                    for more, times in form.terms()
                ]
        return None

    def _count(self, steps: int) -> None:
        self._steps += steps
        if self._steps > _MOST_STEPS:
            raise FormulaError("too many steps")

    def _bounded(self, form: Poly) -> Poly:
        self._count(len(form))
        if len(form) > _MOST_TERMS:
            raise FormulaError("too many terms")
        for powers, factor in form.terms():
            if max(factor.numerator.bit_length(), factor.denominator.bit_length()) > _MOST_BITS:
                raise FormulaError("a number of too many digits")
            if sum(powers) > _HIGHEST:
                raise FormulaError("too high a power")
        return form

    def _number(self, form: Poly) -> Any:
        return form.coeff(1) if form else sp.QQ(0)


def _less(powers: tuple[int, ...], by: dict[int, int]) -> tuple[int, ...]:
    return tuple(power - by.get(k, 0) for k, power in enumerate(powers))


_VALUES: dict[str, Callable[[float], float]] = {
    "exp": math.exp,
    "exp_minus": lambda x: math.exp(-x),
    "sigma": lambda x: 1 / (1 + math.exp(-x)),
    "root": math.sqrt,
    "reciprocal_root": lambda x: 1 / math.sqrt(x),
    "log": math.log,
    "reciprocal": lambda x: 1 / x,
}
