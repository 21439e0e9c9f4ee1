"""What references are made from: a derivation for each component, and the program that computes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from symbolic_checks.derivation import Derivation, derive
from symbolic_checks.directions import LineDerivative, StationaryPoint, stationary_points
from symbolic_checks.errors import DerivationError
from symbolic_checks.facts import Facts
from symbolic_checks.language import ConstrainedProblem, LineProblem, Model, RateProblem, Sigma, indices_of
from symbolic_checks.numpy_code import AtZero, Program, Result
from symbolic_checks.rates import Rate

AnyDerivation = Derivation | StationaryPoint | LineDerivative | Rate
_EXPONENTIALS = (Sigma, sp.exp, sp.tanh, sp.sinh, sp.cosh)
# A loss of fewer arguments is a function of numbers, such as the sigmoid.
_OF_NUMBERS = 2


@dataclass(frozen=True, eq=False)
class Symbolic:
    """What is right, as expressions.

    Parameters
    ----------
    name
        What it is, in words.
    components
        Names of the results in order; ``("value",)`` for a single one.
    program
        What is computed.
    derivations
        How each component was derived; empty for a value that is only defined.
    """

    name: str
    components: tuple[str, ...]
    program: Program
    derivations: tuple[AnyDerivation, ...] = ()

    @property
    def facts(self) -> Facts:
        """All that can be told without expressions."""
        arguments = self.program.arguments
        models = [each.model for each in self.derivations if isinstance(each, Derivation)]
        of_data = [model for model in models if len(model.arguments) > _OF_NUMBERS]
        return Facts(
            name=self.name,
            components=self.components,
            parameters=tuple(argument.name for argument in arguments),
            required=tuple(argument.name for argument in arguments if argument.default is None),
            axes=tuple(tuple(index.axis for index in indices_of(each.symbol)) for each in arguments),
            result_axes=tuple(tuple(map(str, indices_of(each.like))) for each in self.program.results),
            by=tuple(map(self._by, range(len(self.components)))),
            is_derived=bool(self.derivations),
            of_data=bool(of_data),
            of_squares=any(map(_has_square, of_data if self.derivations else [self.program])),
            has_exponentials=self._has_exponentials,
        )

    @property
    def _has_exponentials(self) -> bool:
        parts: list[Any] = [*self.program.definitions, *self.program.results]
        return any(part.expression.has(*_EXPONENTIALS) for part in parts)

    def _by(self, component: int) -> int | None:
        """The place of the argument that a component is the derivative by."""
        derivation = self.derivations[component] if component < len(self.derivations) else None
        if not isinstance(derivation, Derivation):
            return None
        symbols = [argument.symbol for argument in self.program.arguments]
        return symbols.index(derivation.wrt)


def _has_square(model: Model | Program) -> bool:
    expressions = [definition.expression for definition in model.definitions]
    return len(model.arguments) > _OF_NUMBERS and any(
        each.find(lambda part: part.is_Pow and part.exp == 2) for each in expressions
    )


def value(model: Model) -> Symbolic:
    """See `reference.value`."""
    if not model.results:
        result = Result(model.output.symbol, model.output.expression)
        return Symbolic(model.name, ("value",), _program(model, (result,)))
    results = tuple(Result(result.symbol, result.symbol) for result in model.results)
    return Symbolic(model.name, tuple(result.name for result in model.results), _program(model, results))


def gradient(model: Model, *variables: str) -> Symbolic:
    """See `reference.gradient`.

    Parameters
    ----------
    model, variables
        As there.
    """
    derivations = tuple(derive(model, variable) for variable in variables)
    results = tuple(Result(derivation.wrt, derivation.expression) for derivation in derivations)
    components = tuple(f"d{variable}" for variable in variables) if len(variables) > 1 else ("value",)
    return Symbolic(f"the gradient of {model.name}", components, _program(model, results), derivations)


def partial(model: Model, variable: str) -> Symbolic:
    """See `reference.partial`.

    Parameters
    ----------
    model, variable
        As there.
    """
    whole = gradient(model, variable)
    name = f"the derivative of {model.name} by {variable}"
    return Symbolic(name, ("value",), whole.program, whole.derivations)


def minimiser(problem: ConstrainedProblem) -> Symbolic:
    """See `reference.minimiser`."""
    return _solution(problem, stationary_points(problem)[0], "smallest")


def maximiser(problem: ConstrainedProblem) -> Symbolic:
    """See `reference.maximiser`."""
    points = stationary_points(problem)
    if len(points) < 2:
        raise DerivationError(f"{problem.name}: the objective has a smallest value only.")
    return _solution(problem, points[-1], "largest")


def slope(problem: LineProblem) -> Symbolic:
    """See `reference.slope`."""
    return _along(problem, LineDerivative(problem, change=False))


def change(problem: LineProblem) -> Symbolic:
    """See `reference.change`."""
    return _along(problem, LineDerivative(problem, change=True))


def rate(problem: RateProblem) -> Symbolic:
    """See `reference.rate`."""
    derivation = Rate(problem)
    program = Program(
        problem.arguments, (), (Result(derivation.of, derivation.expression),), elementwise=True
    )
    return Symbolic(problem.name, ("value",), program, (derivation,))


def _program(model: Model, results: tuple[Result, ...]) -> Program:
    return Program(model.arguments, model.definitions, results, model.elementwise)


def _solution(problem: ConstrainedProblem, point: StationaryPoint, which: str) -> Symbolic:
    return _made(f"{problem.name}, {which} objective", problem, point)


def _along(problem: LineProblem, derivation: LineDerivative) -> Symbolic:
    return _made(problem.name, problem, derivation)


def _made(
    name: str, problem: ConstrainedProblem | LineProblem, derivation: StationaryPoint | LineDerivative
) -> Symbolic:
    result = Result(derivation.of, derivation.expression)
    # Where a vector's length is divided by, the vector may not be zero.
    divisors = {power.base for power in result.expression.atoms(sp.Pow) if power.exp.is_negative}
    at_zero = None
    for argument in problem.arguments:
        if any(divisor.has(argument.symbol) for divisor in divisors):
            at_zero = AtZero(argument.name, problem.undefined)
    program = Program(problem.arguments, (), (result,), at_zero=at_zero)
    return Symbolic(name, ("value",), program, (derivation,))
