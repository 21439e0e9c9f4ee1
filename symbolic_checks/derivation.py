"""The chain rule along a model's definitions: local factors, their product over every path, and its proof."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

import sympy as sp

from symbolic_checks.errors import DerivationError, ProofError, UnknownVariableError
from symbolic_checks.indexed import (
    Sizes,
    elements,
    fresh,
    link,
    put_indices,
    small_sizes,
    sum_over,
    write_out_at,
)
from symbolic_checks.language import (
    Argument,
    Definition,
    Expr,
    Index,
    Model,
    Sigma,
    indices_of,
    label_of,
    slope_of_sigma,
    softmax_of,
    z,
)
from symbolic_checks.latex import Step, latex, partial, sigma_sign
from symbolic_checks.plain import written
from symbolic_checks.proof import check_equal


@dataclass(frozen=True)
class Factor:
    """One link of the chain: ∂``of``/∂``wrt`` = ``value``."""

    of: Expr
    wrt: Expr
    value: Expr


Path = tuple[Factor, ...]


@dataclass(frozen=True)
class Derivation:
    """The derivative of a model's output with respect to one of its arguments.

    Parameters
    ----------
    model
        Its definitions are what is differentiated.
    wrt
        The argument, such as ``w[j]``.
    paths
        Every way from the output to the argument through the definitions, as local factors, output first.
    """

    model: Model
    wrt: Expr
    paths: tuple[Path, ...] = field(repr=False)

    proof: ClassVar[str] = "written out at a small size, SymPy's own derivative of the whole is exactly this"

    @property
    def of(self) -> Expr:
        """What is differentiated: the model's output."""
        return self.model.output.symbol

    @property
    def terms(self) -> tuple[Expr, ...]:
        """For every path the product of its factors, summed over the indices between its ends."""
        quantities = {definition.symbol for definition in self.model.definitions}
        return tuple(
            sum_over(_cancelled(sp.Mul(*(f.value for f in path)), quantities), _inner(path))
            for path in self.paths
        )

    @property
    def expression(self) -> Expr:
        """The derivative, in terms of the model's arguments and intermediate quantities."""
        return sp.Add(*self.terms)

    @property
    def _uses_sigma(self) -> bool:
        used = {label_of(factor.of) for path in self.paths for factor in path}
        return any(label_of(d.symbol) in used and d.expression.has(Sigma) for d in self.model.definitions)

    def certify(self, sizes: Sizes | None = None) -> bool:
        """Whether `prove` finds a proof.

        >>> from symbolic_checks import lecture
        >>> derive(lecture.MSE, "w").certify()
        True
        """
        try:
            self.prove(sizes)
        except ProofError:
            return False
        return True

    def prove(self, sizes: Sizes | None = None) -> None:
        """Prove that the product of factors is the derivative of the composed loss, exactly.

        Both are written out at a concrete size and compared as rational functions of the arguments and of
        σ, log, exp … of the sums in them, for every element of the argument; σ's derivative is proven beside
        it. ``sizes`` are small ones, where none are given.

        Raises
        ------
        ProofError
            When there is no proof; ``is_wrong`` says whether numbers show that it is wrong.
        """
        sizes = small_sizes(self.model.indices) if sizes is None else sizes
        what = f"The derivative of {self.model.name} with respect to {written(self.wrt)}"
        if self._uses_sigma and not sigma_slope_is_right():
            raise ProofError(f"{what} rests on a slope of σ that could not be proved.", is_wrong=False)
        (loss,) = elements(self.of, sizes)
        direct = compose(loss, self.model.definitions, sizes)
        for element in elements(self.wrt, sizes):
            chained = write_out_at(self.expression, self.wrt, element, sizes)
            chained = compose(chained, self.model.definitions, sizes)
            check_equal(what, chained, sp.diff(direct, element))

    def steps(self) -> list[Step]:
        """The derivation as on a handout: definitions, chain rule, each factor, their product.

        >>> from symbolic_checks import lecture
        >>> print(derive(lecture.SQUARED_ERROR, "w1").steps()[-1].latex)
        \\frac{\\partial L}{\\partial w_{1}} = 2 \\left(\\hat{y} - y\\right) x_{1}
        """
        factors = list(dict.fromkeys(factor for path in self.paths for factor in path))
        used = {label_of(factor.of) for factor in factors}
        steps = [
            Step(f"{latex(definition.symbol)} = {latex(definition.expression)}", definition.sentence)
            for definition in self.model.definitions
            if label_of(definition.symbol) in used
        ]
        left = partial(self.of, self.wrt)
        if len(factors) > 1:
            sentence = "The chain rule: the product of the derivatives along "
            sentence += "the path." if len(self.paths) == 1 else "each path, added up."
            steps.append(Step(f"{left} = {' + '.join(map(_chain, self.paths))}", sentence))
        if self._uses_sigma:
            steps += sigma_steps()
        for factor in factors:
            sentence = f"The derivative of ${latex(factor.of)}$ with respect to ${latex(factor.wrt)}$."
            steps.append(Step(f"{partial(factor.of, factor.wrt)} = {latex(factor.value)}", sentence))
        if len(factors) > 1:
            steps.append(Step(f"{left} = {latex(self.expression)}", "All factors put in."))
        return steps


def derive(model: Model, variable: str) -> Derivation:
    """Differentiate a model's output with respect to one argument, by the chain rule.

    Parameters
    ----------
    model
        One of `symbolic_checks.lecture`.
    variable
        The argument's name as students read it, or its symbol's: ``"w1"`` or ``"w_1"``.

    Raises
    ------
    UnknownVariableError
        When the model has no such argument, or its output does not depend on it.
    DerivationError
        When the model's output is no single number.
    """
    wrt = find_argument(model.arguments, variable, model.name).symbol
    if indices_of(model.output.symbol):
        raise DerivationError(f"{model.name} has an output per example: a gradient is taken of a loss.")
    paths = tuple(_paths(model, model.output, wrt))
    if not paths:
        raise UnknownVariableError(f"{model.name} does not depend on {variable!r}.")
    return Derivation(model, wrt, paths)


def find_argument(arguments: tuple[Argument, ...], variable: str, where: str) -> Argument:
    """The argument of that name.

    Parameters
    ----------
    arguments
        Of a model or a problem.
    variable
        A name, as the code or as the formula has it.
    where
        What the arguments are of, for the message.

    Raises
    ------
    UnknownVariableError
        When there is none; the message says which there are.
    """
    for argument in arguments:
        if variable in (argument.name, str(argument.symbol)):
            return argument
    known = ", ".join(argument.name for argument in arguments)
    raise UnknownVariableError(f"{where} has no argument {variable!r}: choose from {known}.")


def sigma_slope_is_right() -> bool:
    """Whether σ(1 − σ) is the derivative of 1/(1 + e^(−z))."""
    s, slope = slope_of_sigma()
    definition = Sigma.definition(z)
    return bool(sp.simplify(slope.xreplace({s: definition}) - sp.diff(definition, z)) == 0)


def sigma_steps() -> list[Step]:
    """How dσ/dz = σ(1 − σ) follows from σ's definition, as `language.slope_of_sigma` finds it."""
    definition = Sigma.definition(z)
    s, slope = slope_of_sigma()
    sigma = Sigma(z)
    left = rf"\frac{{d}}{{dz}} {latex(sigma)}"
    (power,) = sp.solve(sp.Eq(s, definition), sp.exp(-z))
    return [
        Step(f"{latex(sigma)} = {latex(definition)}", "The sigmoid's definition."),
        Step(f"{left} = {latex(sp.diff(definition, z))}", "The quotient rule."),
        Step(
            f"{latex(sp.exp(-z))} = {latex(sp.apart(power.xreplace({s: sigma})))}",
            "The definition, solved for the exponential.",
        ),
        Step(f"{left} = {latex(slope.xreplace({s: sigma}))}", "The exponential put in, and cancelled."),
    ]


def _paths(model: Model, node: Definition, leaf: Expr) -> Iterator[Path]:
    """Every path from a definition down to the leaf."""
    for symbol in [leaf, *(definition.symbol for definition in reversed(model.definitions))]:
        of, value = link(node.symbol, node.expression, symbol)
        if value == 0:
            continue
        factor = Factor(of, symbol, _by_name(node, value))
        if symbol == leaf:
            yield (factor,)
        else:
            for rest in _paths(model, _definition(model, symbol), leaf):
                yield (_joined(factor, rest[0].of), *rest)


def _by_name(node: Definition, value: Expr) -> Expr:
    """A derivative in terms of the quantity that is differentiated: ŷ_i (1 − ŷ_i), so that σ(z_i), which has
    the name ŷ_i, is evaluated once; p_ic (δ_cc' − p_ic') likewise."""
    if isinstance(node.expression, Sigma):
        return value.xreplace({node.expression: node.symbol})
    softmax = softmax_of(node.expression)
    if softmax is None:
        return value
    exponent, index, sum_ = softmax

    def is_sum(e: Expr) -> bool:
        return isinstance(e, sp.Sum) and bool(e.xreplace({e.limits[0][0]: sum_.limits[0][0]}) == sum_)

    # e^z is the softmax times the sum, which is the same for all of them and cancels.
    whole = sp.Dummy("S", positive=True)
    in_whole = value.replace(is_sum, lambda _: whole)
    powers = {
        power: node.symbol.xreplace({index: letter}) * whole
        for power in in_whole.atoms(sp.exp)
        for letter in power.atoms(Index)
        if put_indices(exponent, {index: letter}) == power.args[0]
    }
    found = sp.factor_terms(in_whole.xreplace(powers))
    return value if found.has(whole) else found


def _joined(factor: Factor, of: Expr) -> Factor:
    """A factor whose lower end has the letters of the next factor's upper end."""
    letters = zip(indices_of(factor.wrt), indices_of(of), strict=True)
    new = {old: letter for old, letter in letters if old != letter}
    taken = {*indices_of(factor.of), *factor.value.free_symbols}
    new |= {letter: fresh(letter, {*taken, *new.values()}) for letter in new.values() if letter in taken}
    return Factor(factor.of.xreplace(new), of, put_indices(factor.value, new)) if new else factor


def _cancelled(product: Expr, quantities: set[Expr]) -> Expr:
    """The product, where a factor divides by what another one is: ŷ − y in place of
    (−y/ŷ + (1 − y)/(1 − ŷ)) ŷ (1 − ŷ), which has no value where ŷ is rounded to 1."""
    factors = sp.Mul.make_args(product)
    divisors = {
        power.base
        for factor in factors
        for power in factor.atoms(sp.Pow)
        if power.exp.is_Integer and power.exp.is_negative and power.base.free_symbols & quantities
    }
    over = [factor for factor in factors if factor.as_base_exp()[0] in divisors and factor.is_polynomial()]
    if not over:
        return product
    both = [f for f in factors if f in over or any(p.base in divisors for p in f.atoms(sp.Pow))]
    rest = [f for f in factors if f not in both]
    return sp.Mul(*rest, sp.cancel(sp.Mul(*both)))


def _definition(model: Model, symbol: Expr) -> Definition:
    return next(definition for definition in model.definitions if definition.symbol == symbol)


def _inner(path: Path) -> list[Expr]:
    """The indices between the path's ends, to be summed over, in the order in which they turn up."""
    indices = dict.fromkeys(index for factor in path[:-1] for index in indices_of(factor.wrt))
    return [index for index in indices if index not in indices_of(path[-1].wrt)]


def _chain(path: Path) -> str:
    sums = [sigma_sign(index, index.size) for index in _inner(path)]
    return " ".join([*sums, *(partial(factor.of, factor.wrt) for factor in path)])


def compose(expression: Expr, definitions: Sequence[Definition], sizes: Sizes) -> Expr:
    """The written-out expression in terms of the arguments alone: every definition put in, last one first.

    Parameters
    ----------
    expression
        Without sums, as `write_out` gives it.
    definitions
        Each in terms of arguments and of those before it.
    sizes
        How far the indices run.
    """
    for definition in reversed(definitions):
        for element in elements(definition.symbol, sizes):
            if expression.has(element):
                value = write_out_at(definition.expression, definition.symbol, element, sizes)
                expression = expression.xreplace({element: value})
    return expression
