"""A derivation as a fast NumPy function for any size: what a student's function is compared with.

How a rubric writes each exercise's reference:

=============================  ==========================================================
``predict``                    ``value(lecture.LINEAR_OUTPUT)``
``squared_error``              ``value(lecture.SQUARED_ERROR)``
``dL_dw1``                     ``partial(lecture.SQUARED_ERROR, "w1")``
``dL_dw2``                     ``partial(lecture.SQUARED_ERROR, "w2")``
``dL_db``                      ``partial(lecture.SQUARED_ERROR, "b")``
``mse_loss``                   ``value(lecture.MSE)``
``mse_gradient``               ``gradient(lecture.MSE, "w", "b")``
``sigmoid``                    ``value(lecture.SIGMOID)``
``sigmoid_derivative``         ``partial(lecture.SIGMOID, "z")``
``neuron_predict``             ``value(lecture.NEURON_OUTPUT)``
``neuron_loss``                ``value(lecture.NEURON)``
``neuron_gradient``            ``gradient(lecture.NEURON, "w", "b")``
``directional_derivative``     ``slope(lecture.DIRECTIONAL_DERIVATIVE)``
``steepest_ascent_direction``  ``maximiser(lecture.STEEPEST_DIRECTION)``
``steepest_descent_direction`` ``minimiser(lecture.STEEPEST_DIRECTION)``
``minimum_norm_solution``      ``minimiser(lecture.MINIMUM_NORM)``
``predicted_change``           ``change(lecture.FIRST_ORDER_CHANGE)``
``gradient_step``              ``value(lecture.GRADIENT_STEP)``
``zero_one_loss``              ``value(lecture.ZERO_ONE_LOSS)``
``ridge_gradient``             ``gradient(lecture.RIDGE, "w", "b")``
``mlp_forward``                ``value(lecture.NETWORK_OUTPUT)``
``mlp_gradient``               ``gradient(lecture.NETWORK, "W1", "b1", "w2", "b2")``
``momentum_step``              ``value(lecture.MOMENTUM_STEP)``
``adam_step``                  ``value(lecture.ADAM_STEP)``
``quotient_rule``              ``rate(lecture.QUOTIENT)``
``normal_equations``           ``computed.minimum(lecture.MSE)``
``largest_stable_rate``        ``computed.largest_rate()``
``decayed_rate``               ``value(lecture.DECAYED_RATE)``
=============================  ==========================================================
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

import numpy as np
import sympy as sp

from symbolic_checks.declared import Declared, function
from symbolic_checks.derivation import Derivation, derive
from symbolic_checks.directions import LineDerivative, StationaryPoint, stationary_points
from symbolic_checks.errors import DerivationError
from symbolic_checks.language import (
    ConstrainedProblem,
    Index,
    LineProblem,
    Model,
    RateProblem,
    Sigma,
    in_order,
    indices_of,
)
from symbolic_checks.numpy_code import AtZero, Program, Result, compiled
from symbolic_checks.rates import Rate

__all__ = [
    "AnyDerivation",
    "Declared",
    "Reference",
    "change",
    "function",
    "gradient",
    "maximiser",
    "minimiser",
    "partial",
    "rate",
    "slope",
    "value",
]

AnyDerivation = Derivation | StationaryPoint | LineDerivative | Rate


# Compared by identity: references are keys of caches, and hashing expressions takes longer than a call.
@dataclass(frozen=True, eq=False)
class Reference:
    """The right values of an exercise, and the sizes to which a tolerance is relative.

    Parameters
    ----------
    name
        What it is, in words.
    components
        Names of the results in order, such as ``("dw", "db")``; ``("value",)`` for a single one.
    program
        What is computed.
    derivations
        How each component was derived; empty for a value that is only defined.
    """

    name: str
    components: tuple[str, ...]
    program: Program = field(repr=False)
    derivations: tuple[AnyDerivation, ...] = field(default=(), repr=False)

    derived: ClassVar[bool] = True

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the arguments, in the student's order."""
        return tuple(argument.name for argument in self.program.arguments)

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the arguments that may not be left out."""
        return tuple(argument.name for argument in self.program.arguments if argument.default is None)

    @property
    def axes(self) -> tuple[tuple[Index, ...], ...]:
        """What the axes of every argument run over, such as the examples and the features."""
        return tuple(indices_of(argument.symbol) for argument in self.program.arguments)

    @property
    def has_exponentials(self) -> bool:
        """Whether large numbers leave the range of floats on the way, however small the result is.

        >>> from symbolic_checks import lecture
        >>> value(lecture.SIGMOID).has_exponentials, value(lecture.MSE).has_exponentials
        (True, False)
        """
        parts: list[Any] = [*self.program.definitions, *self.program.results]
        return any(part.expression.has(Sigma, sp.exp, sp.tanh, sp.sinh, sp.cosh) for part in parts)

    @property
    def argument_axes(self) -> tuple[tuple[str, ...], ...]:
        """The same by letters: ``i`` examples, ``j`` features, ``k`` hidden units."""
        return tuple(tuple(map(str, axes)) for axes in self.axes)

    @property
    def result_axes(self) -> tuple[tuple[str, ...], ...]:
        """The same for every component."""
        return tuple(tuple(map(str, indices_of(result.like))) for result in self.program.results)

    @cached_property
    def _measured(self) -> tuple[tuple[Index, int, int], ...]:
        """Where each index is measured: at which axis of which argument."""
        found: dict[Any, tuple[Index, int, int]] = {}
        for place, axes in enumerate(self.axes):
            for axis, index in enumerate(axes):
                found.setdefault(index.size, (index, place, axis))
        return tuple(found[index.size] for index in in_order(one for one, *_ in found.values()))

    def sizes(self, *arguments: Any) -> dict[Index, int]:
        """How many examples, features … these arguments have, for every index of the reference.

        >>> import numpy as np
        >>> from symbolic_checks import lecture
        >>> value(lecture.LINEAR_OUTPUT).sizes(np.ones((5, 2)), np.ones(2), 0.0)
        {i: 5, j: 2}
        """
        return {index: int(np.shape(arguments[place])[axis]) for index, place, axis in self._measured}

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """The right result: a float or a new array, or a tuple with one of them a component.

        Raises
        ------
        UndefinedError
            Where the quantity is not defined, such as the derivative in the direction of the zero vector.
        """
        return self._value(*arguments, **named)

    def scale(self, *arguments: Any) -> tuple[float, ...]:
        """For each component the size of the terms it is summed from; rounding errors are relative to it.

        The largest element of the component in absolute-value arithmetic (`numpy_writer.absolute`): positive
        where the terms cancel, as in the gradient at a perfect fit.
        """
        return self._scale(*arguments)

    # Compiled at the first call: a course has many references, and a run needs few.
    @cached_property
    def _value(self) -> Callable[..., Any]:
        return compiled(self.program.value_source())

    @cached_property
    def _scale(self) -> Callable[..., Any]:
        return compiled(self.program.scale_source())


def value(model: Model) -> Reference:
    """The model's output, or its results, one component each.

    >>> from symbolic_checks import lecture
    >>> value(lecture.SQUARED_ERROR)(1.0, 2.0, 3.0, 0.5, 0.25, 0.0)
    4.0
    """
    if not model.results:
        result = Result(model.output.symbol, model.output.expression)
        return Reference(model.name, ("value",), _program(model, (result,)))
    results = tuple(Result(result.symbol, result.symbol) for result in model.results)
    return Reference(model.name, tuple(result.name for result in model.results), _program(model, results))


def gradient(model: Model, *variables: str) -> Reference:
    """The gradient of a loss by the named arguments, one component each.

    Parameters
    ----------
    model
        Its output is one number, the loss.
    variables
        The arguments' names, in the order of the components.

    Raises
    ------
    UnknownVariableError
        When the model has no such argument, or does not depend on it.
    DerivationError
        When the model's output is no single number.

    Examples
    --------
    >>> import numpy as np
    >>> from symbolic_checks import lecture
    >>> mse_gradient = gradient(lecture.MSE, "w", "b")
    >>> mse_gradient.components
    ('dw', 'db')
    >>> mse_gradient(np.eye(2), np.array([1.0, 3.0]), np.zeros(2), 0.0)
    (array([-0.5, -1.5]), -2.0)
    """
    derivations = tuple(derive(model, variable) for variable in variables)
    results = tuple(Result(derivation.wrt, derivation.expression) for derivation in derivations)
    components = tuple(f"d{variable}" for variable in variables) if len(variables) > 1 else ("value",)
    return Reference(f"the gradient of {model.name}", components, _program(model, results), derivations)


def partial(model: Model, variable: str) -> Reference:
    """The derivative by one argument.

    Parameters
    ----------
    model
        Its output is one number, or it is taken element by element.
    variable
        The argument's name.

    Raises
    ------
    UnknownVariableError
        When the model has no such argument, or does not depend on it.
    DerivationError
        When the model's output is no single number.

    Examples
    --------
    >>> from symbolic_checks import lecture
    >>> partial(lecture.SQUARED_ERROR, "w1")(1.0, 2.0, 3.0, 0.5, 0.25, 0.0)
    -4.0
    >>> partial(lecture.SIGMOID, "z").scale(40)
    (2.0,)
    """
    reference = gradient(model, variable)
    return Reference(
        f"the derivative of {model.name} by {variable}", ("value",), reference.program, reference.derivations
    )


def minimiser(problem: ConstrainedProblem) -> Reference:
    """The vector that makes the objective smallest: steepest descent, or the shortest solution.

    >>> import numpy as np
    >>> from symbolic_checks import lecture
    >>> minimiser(lecture.STEEPEST_DIRECTION)(np.array([3.0, -4.0]))
    array([-0.6,  0.8])
    """
    return _solution(problem, stationary_points(problem)[0], "smallest")


def maximiser(problem: ConstrainedProblem) -> Reference:
    """The vector that makes the objective largest: steepest ascent.

    Raises
    ------
    DerivationError
        When the objective can grow without limit.
    """
    points = stationary_points(problem)
    if len(points) < 2:
        raise DerivationError(f"{problem.name}: the objective has a smallest value only.")
    return _solution(problem, points[-1], "largest")


def slope(problem: LineProblem) -> Reference:
    """The derivative of a loss along a line, at its start."""
    return _along(problem, LineDerivative(problem, change=False))


def change(problem: LineProblem) -> Reference:
    """The change of a loss along a line, to first order in the step.

    >>> import numpy as np
    >>> from symbolic_checks import lecture
    >>> change(lecture.FIRST_ORDER_CHANGE)(np.array([3.0, -4.0]), 0.5)
    -12.5
    """
    return _along(problem, LineDerivative(problem, change=True))


def rate(problem: RateProblem) -> Reference:
    """How fast a formula changes with the variable that its quantities depend on, element by element.

    >>> from symbolic_checks import lecture
    >>> rate(lecture.QUOTIENT)(1.0, 2.0, 0.0, 3.0)
    -0.75
    """
    derivation = Rate(problem)
    program = Program(
        problem.arguments, (), (Result(derivation.of, derivation.expression),), elementwise=True
    )
    return Reference(problem.name, ("value",), program, (derivation,))


def _program(model: Model, results: tuple[Result, ...]) -> Program:
    return Program(model.arguments, model.definitions, results, model.elementwise)


def _solution(problem: ConstrainedProblem, point: StationaryPoint, which: str) -> Reference:
    return _reference(f"{problem.name}, {which} objective", problem, point)


def _along(problem: LineProblem, derivation: LineDerivative) -> Reference:
    return _reference(problem.name, problem, derivation)


def _reference(
    name: str, problem: ConstrainedProblem | LineProblem, derivation: StationaryPoint | LineDerivative
) -> Reference:
    result = Result(derivation.of, derivation.expression)
    # Where a vector's length is divided by, the vector may not be zero.
    divisors = {power.base for power in result.expression.atoms(sp.Pow) if power.exp.is_negative}
    at_zero = None
    for argument in problem.arguments:
        if any(divisor.has(argument.symbol) for divisor in divisors):
            at_zero = AtZero(argument.name, problem.undefined)
    program = Program(problem.arguments, (), (result,), at_zero=at_zero)
    return Reference(name, ("value",), program, (derivation,))
