"""A derivation as a fast NumPy function for any size: what a student's function is compared with.

How a rubric writes each exercise's reference:

=============================  ==========================================================
``predict``                    ``value("lecture.LINEAR_OUTPUT")``
``squared_error``              ``value("lecture.SQUARED_ERROR")``
``dL_dw1``                     ``partial("lecture.SQUARED_ERROR", "w1")``
``dL_dw2``                     ``partial("lecture.SQUARED_ERROR", "w2")``
``dL_db``                      ``partial("lecture.SQUARED_ERROR", "b")``
``mse_loss``                   ``value("lecture.MSE")``
``mse_gradient``               ``gradient("lecture.MSE", "w", "b")``
``sigmoid``                    ``value("lecture.SIGMOID")``
``sigmoid_derivative``         ``partial("lecture.SIGMOID", "z")``
``neuron_predict``             ``value("lecture.NEURON_OUTPUT")``
``neuron_loss``                ``value("lecture.NEURON")``
``neuron_gradient``            ``gradient("lecture.NEURON", "w", "b")``
``directional_derivative``     ``slope("lecture.DIRECTIONAL_DERIVATIVE")``
``steepest_ascent_direction``  ``maximiser("lecture.STEEPEST_DIRECTION")``
``steepest_descent_direction`` ``minimiser("lecture.STEEPEST_DIRECTION")``
``minimum_norm_solution``      ``minimiser("lecture.MINIMUM_NORM")``
``predicted_change``           ``change("lecture.FIRST_ORDER_CHANGE")``
``gradient_step``              ``value("lecture.GRADIENT_STEP")``
``zero_one_loss``              ``value("lecture.ZERO_ONE_LOSS")``
``ridge_gradient``             ``gradient("lecture.RIDGE", "w", "b")``
``mlp_forward``                ``value("lecture.NETWORK_OUTPUT")``
``mlp_gradient``               ``gradient("lecture.NETWORK", "W1", "b1", "w2", "b2")``
``momentum_step``              ``value("lecture.MOMENTUM_STEP")``
``adam_step``                  ``value("lecture.ADAM_STEP")``
``quotient_rule``              ``rate("lecture.QUOTIENT")``
``normal_equations``           ``computed.minimum("lecture.MSE")``
``largest_stable_rate``        ``computed.largest_rate()``
``decayed_rate``               ``value("lecture.DECAYED_RATE")``
=============================  ==========================================================

A text names what a module of this package defines. What is derived from it is kept (`keeping`), so that SymPy
is loaded only where something new is asked for. A `Model` of one's own, or ``lecture.MSE`` itself, may stand
in the same place: it is derived in every run.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from symbolic_checks.axis import Axis
from symbolic_checks.declared import Declared, function
from symbolic_checks.errors import SymbolicError
from symbolic_checks.facts import Remembered
from symbolic_checks.keeping import keep, recalled
from symbolic_checks.numpy_functions import compiled

if TYPE_CHECKING:
    from symbolic_checks.deriving import AnyDerivation, Symbolic
    from symbolic_checks.language import ConstrainedProblem, Index, LineProblem, Model, RateProblem
    from symbolic_checks.numpy_code import Program

__all__ = [
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


class Reference:
    """The right values of an exercise, and the sizes to which a tolerance is relative.

    Two are equal where they are one and the same: references are keys of caches.

    Parameters
    ----------
    derive
        Makes the expressions.
    key
        What is derived from what; empty for what is not kept.

    Attributes
    ----------
    facts
        What is known of it without expressions.

    Raises
    ------
    SymbolicError
        When it cannot be derived.
    """

    derived: ClassVar[bool] = True

    def __init__(self, derive: Callable[[], Symbolic], key: str = "") -> None:
        self._derive, self.key = derive, key
        self._kept = recalled(key, Remembered) if key else None
        if key and self._kept is None:
            program = self._expressions.program
            self._kept = Remembered(self._expressions.facts, program.value_source(), program.scale_source())
            keep(key, self._kept)
        self.facts = self._kept.facts if self._kept else self._expressions.facts

    def __repr__(self) -> str:
        return f"Reference({self.name!r}, {self.components})"

    @cached_property
    def _expressions(self) -> Symbolic:
        return self._derive()

    @property
    def program(self) -> Program:
        """What is computed."""
        return self._expressions.program

    @property
    def derivations(self) -> tuple[AnyDerivation, ...]:
        """How each component was derived; empty for a value that is only defined."""
        return self._expressions.derivations

    @property
    def name(self) -> str:
        """What it is, in words."""
        return self.facts.name

    @property
    def components(self) -> tuple[str, ...]:
        """Names of the results in order, such as ``("dw", "db")``; ``("value",)`` for a single one."""
        return self.facts.components

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the arguments, in the student's order."""
        return self.facts.parameters

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the arguments that may not be left out."""
        return self.facts.required

    @property
    def axes(self) -> tuple[tuple[Axis, ...], ...]:
        """What the axes of every argument run over, such as the examples and the features."""
        return self.facts.axes

    @property
    def indices(self) -> tuple[tuple[Index, ...], ...]:
        """The same as symbols."""
        from symbolic_checks.language import indices_of

        return tuple(indices_of(argument.symbol) for argument in self.program.arguments)

    @property
    def has_exponentials(self) -> bool:
        """Whether large numbers leave the range of floats on the way, however small the result is.

        >>> value("lecture.SIGMOID").has_exponentials, value("lecture.MSE").has_exponentials
        (True, False)
        """
        return self.facts.has_exponentials

    @property
    def argument_axes(self) -> tuple[tuple[str, ...], ...]:
        """`axes` by letters: ``i`` examples, ``j`` features, ``k`` hidden units."""
        return tuple(tuple(map(str, axes)) for axes in self.axes)

    @property
    def result_axes(self) -> tuple[tuple[str, ...], ...]:
        """The same for every component."""
        return self.facts.result_axes

    @cached_property
    def _measured(self) -> tuple[tuple[Axis, int, int], ...]:
        """Where each size is measured: at which axis of which argument."""
        found: dict[str, tuple[Axis, int, int]] = {}
        for place, axes in enumerate(self.axes):
            for number, axis in enumerate(axes):
                found.setdefault(axis.size, (axis, place, number))
        return tuple(sorted(found.values(), key=lambda one: one[0].place))

    def sizes(self, *arguments: Any) -> dict[Axis, int]:
        """How many examples, features … these arguments have, for every axis of the reference.

        >>> import numpy as np
        >>> sizes = value("lecture.LINEAR_OUTPUT").sizes(np.ones((5, 2)), np.ones(2), 0.0)
        >>> {axis.plural: size for axis, size in sizes.items()}
        {'examples': 5, 'features': 2}
        """
        return {axis: int(np.shape(arguments[place])[number]) for axis, place, number in self._measured}

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
        return compiled(self._kept.value if self._kept else self.program.value_source())

    @cached_property
    def _scale(self) -> Callable[..., Any]:
        return compiled(self._kept.scale if self._kept else self.program.scale_source())


def value(model: Model | str) -> Reference:
    """The model's output, or its results, one component each.

    >>> value("lecture.SQUARED_ERROR")(1.0, 2.0, 3.0, 0.5, 0.25, 0.0)
    4.0
    """
    return _of("value", model)


def gradient(model: Model | str, *variables: str) -> Reference:
    """The gradient of a loss by the named arguments, one component each.

    Parameters
    ----------
    model
        Its output is one number, the loss. A text names one: ``"lecture.MSE"``.
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
    >>> mse_gradient = gradient("lecture.MSE", "w", "b")
    >>> mse_gradient.components
    ('dw', 'db')
    >>> mse_gradient(np.eye(2), np.array([1.0, 3.0]), np.zeros(2), 0.0)
    (array([-0.5, -1.5]), -2.0)
    """
    return _of("gradient", model, *variables)


def partial(model: Model | str, variable: str) -> Reference:
    """The derivative by one argument.

    Parameters
    ----------
    model
        Its output is one number, or it is taken element by element. A text names one: ``"lecture.MSE"``.
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
    >>> partial("lecture.SQUARED_ERROR", "w1")(1.0, 2.0, 3.0, 0.5, 0.25, 0.0)
    -4.0
    >>> partial("lecture.SIGMOID", "z").scale(40)
    (2.0,)
    """
    return _of("partial", model, variable)


def minimiser(problem: ConstrainedProblem | str) -> Reference:
    """The vector that makes the objective smallest: steepest descent, or the shortest solution.

    >>> import numpy as np
    >>> minimiser("lecture.STEEPEST_DIRECTION")(np.array([3.0, -4.0]))
    array([-0.6,  0.8])
    """
    return _of("minimiser", problem)


def maximiser(problem: ConstrainedProblem | str) -> Reference:
    """The vector that makes the objective largest: steepest ascent.

    Raises
    ------
    DerivationError
        When the objective can grow without limit.
    """
    return _of("maximiser", problem)


def slope(problem: LineProblem | str) -> Reference:
    """The derivative of a loss along a line, at its start."""
    return _of("slope", problem)


def change(problem: LineProblem | str) -> Reference:
    """The change of a loss along a line, to first order in the step.

    >>> import numpy as np
    >>> change("lecture.FIRST_ORDER_CHANGE")(np.array([3.0, -4.0]), 0.5)
    -12.5
    """
    return _of("change", problem)


def rate(problem: RateProblem | str) -> Reference:
    """How fast a formula changes with the variable that its quantities depend on, element by element.

    >>> rate("lecture.QUOTIENT")(1.0, 2.0, 0.0, 3.0)
    -0.75
    """
    return _of("rate", problem)


def _of(kind: str, source: Any, *variables: str) -> Reference:
    """What a function of `deriving` makes of a model or a problem, or of one that is named."""

    def derive() -> Symbolic:
        from symbolic_checks import deriving

        made: Callable[..., Symbolic] = getattr(deriving, kind)
        return made(defined(source), *variables)

    return Reference(derive, " ".join((kind, source, *variables)) if isinstance(source, str) else "")


def defined(source: Any) -> Any:
    """A model or a problem itself, or the one that is named: ``"lecture.MSE"``.

    Raises
    ------
    SymbolicError
        When there is none of that name; the message lists what there is.
    """
    if not isinstance(source, str):
        return source
    from symbolic_checks import language

    home, _, name = source.rpartition(".")
    try:
        module = importlib.import_module(f"symbolic_checks.{home}")
    except ModuleNotFoundError:
        raise SymbolicError(
            f"{source!r} names nothing: write the module, and a name of its, as in 'lecture.MSE'."
        ) from None
    kinds = (language.Model, language.ConstrainedProblem, language.LineProblem, language.RateProblem)
    known = {key: each for key, each in vars(module).items() if isinstance(each, kinds)}
    if name not in known:
        there = ", ".join(f"{home}.{key}" for key in sorted(known)) or "nothing there"
        raise SymbolicError(f"There is no model and no problem {source!r}: choose from {there}.")
    return known[name]
