"""A reference that is not derived: a NumPy function that an instructor wrote, checked against its loss."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

import numpy as np

from symbolic_checks.axis import Axis
from symbolic_checks.errors import MismatchError, SymbolicError

_STEP = 1e-5
# Central differences of a smooth loss are right to about 1e-9 of its size.
_TOLERANCE = 1e-5

Scale = Callable[..., Sequence[float]]


# Compared by identity, as derived references are.
@dataclass(frozen=True, eq=False)
class Declared:
    """A function as the right values of an exercise.

    Parameters
    ----------
    name
        What it is, in words.
    components
        Names of the results in order; ``("value",)`` for a single one.
    function
        Takes the student's arguments and returns one value, or a tuple with one for each component.
    loss
        What it is the gradient of, if it is one: takes the same arguments, returns a number.
    wrt
        For each component the argument that the loss is differentiated with respect to.
    """

    name: str
    components: tuple[str, ...]
    function: Callable[..., Any] = field(repr=False)
    loss: Callable[..., Any] | None = field(default=None, repr=False)
    wrt: tuple[str, ...] = ()
    size: Scale | None = field(default=None, repr=False)

    derived: ClassVar[bool] = False

    @cached_property
    def _signature(self) -> inspect.Signature:
        return inspect.signature(self.function)

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the arguments, in the student's order."""
        return tuple(self._signature.parameters)

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the arguments that may not be left out."""
        given = self._signature.parameters.values()
        return tuple(one.name for one in given if one.default is inspect.Parameter.empty)

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """The right result: one value, or a tuple with one of them a component."""
        return self.function(*arguments, **named)

    def scale(self, *arguments: Any) -> tuple[float, ...]:
        """For each component the size that a tolerance is relative to: its largest element, at least 1."""
        if self.size is not None:
            return tuple(float(size) for size in self.size(*arguments))
        return tuple(
            max(1.0, float(np.max(np.abs(part), initial=0.0))) for part in self._parts(self(*arguments))
        )

    def sizes(self, *_arguments: Any) -> dict[Axis, int]:
        """Nothing: nobody said what the axes of the arguments run over."""
        return {}

    def check(self, arguments: Sequence[Any]) -> None:
        """Compare the function with central differences of the loss at one set of arguments.

        Raises
        ------
        MismatchError
            Where a component is another; the message says which element, and by how much.
        SymbolicError
            When there is no loss.
        """
        if self.loss is None:
            raise SymbolicError(
                f"{self.name} was declared without a loss: there is nothing to compare it with."
            )
        parts = self._parts(self(*arguments))
        size = abs(float(self.loss(*arguments)))
        for component, name, part in zip(self.components, self.wrt, parts, strict=True):
            right = self._slope(arguments, self.parameters.index(name))
            whose = f"{component} of {self.name}"
            if np.shape(part) != right.shape:
                raise MismatchError(
                    f"{whose} has the shape {np.shape(part)}, and `{name}`, which it belongs to, has the "
                    f"shape {right.shape}."
                )
            apart = np.abs(np.asarray(part, float) - right)
            room = _TOLERANCE * (1 + size + float(np.max(np.abs(right), initial=0.0)))
            if np.all(apart <= room):
                continue
            place = np.unravel_index(int(np.argmax(np.where(np.isnan(apart), np.inf, apart))), apart.shape)
            where = f" at {tuple(map(int, place))}" if right.ndim else ""
            raise MismatchError(
                f"{whose} is not the slope of the loss with respect to `{name}`: it is "
                f"{np.asarray(part)[place]:.6g}{where}, and central differences give {right[place]:.6g}; "
                f"they differ by {apart[place]:.3g}. Mend the function, or the loss."
            )

    def verify(self, samples: Iterable[Sequence[Any]]) -> None:
        """`check` at every set of arguments.

        Raises
        ------
        MismatchError
            At the first that does not hold.
        """
        for arguments in samples:
            self.check(arguments)

    def _parts(self, result: Any) -> tuple[Any, ...]:
        if len(self.components) == 1:
            return (result,)
        if not isinstance(result, tuple) or len(result) != len(self.components):
            count = len(result) if isinstance(result, tuple) else 1
            raise SymbolicError(
                f"{self.name} returned {count} values, and {len(self.components)} components are declared: "
                f"{', '.join(self.components)}."
            )
        return result

    def _slope(self, arguments: Sequence[Any], position: int) -> np.ndarray:
        """Central differences of the loss by one argument."""
        assert self.loss is not None
        at = np.array(arguments[position], dtype=np.float64)
        found = np.empty(at.shape)
        for place in np.ndindex(at.shape):
            step = _STEP * max(1.0, abs(float(at[place])))
            ends = []
            for sign in (1, -1):
                moved = at.copy()
                moved[place] += sign * step
                given = moved if moved.ndim else float(moved)
                ends.append(float(self.loss(*arguments[:position], given, *arguments[position + 1 :])))
            found[place] = (ends[0] - ends[1]) / (2 * step)
        return found


def function(
    f: Callable[..., Any],
    components: Sequence[str] = ("value",),
    *,
    loss: Callable[..., Any] | None = None,
    wrt: Sequence[str] | None = None,
    scale: Scale | None = None,
    name: str | None = None,
) -> Declared:
    """A NumPy function as a reference, for what no loss and no formula says: k-means, a search, a simulation.

    Parameters
    ----------
    f
        Takes the student's arguments, by position; returns one value, or a tuple with one for each component.
    components
        Names of the results.
    loss
        Where ``f`` is a gradient, what it is the gradient of. `Declared.verify` compares them.
    wrt
        The argument that each component belongs to; ``"dw"`` belongs to ``w`` if nothing is given.
    scale
        Takes the same arguments, returns for each component the size that a tolerance is relative to. Without
        it, that is the largest element, and at least 1.
    name
        What it is, in words; the function's own name if nothing is given.

    Raises
    ------
    SymbolicError
        When the function takes arguments other than by position, or a component belongs to no argument.

    Examples
    --------
    >>> def assign(X, centers):
    ...     return np.argmin(((X[:, None] - centers) ** 2).sum(2), axis=1)
    >>> labels = function(assign)
    >>> labels.parameters, labels.components, labels.derived
    (('X', 'centers'), ('value',), False)
    >>> labels(np.array([[0.0], [5.0]]), np.array([[4.0], [1.0]]))
    array([1, 0])
    """
    called = name or str(getattr(f, "__name__", "the function"))
    by_position = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    parameters = inspect.signature(f).parameters
    for one in parameters.values():
        if one.kind not in by_position:
            raise SymbolicError(f"{called} takes `{one}`: a reference takes each argument by position.")
    if not components:
        raise SymbolicError(f"{called} has no component: name its results.")
    variables = tuple(wrt) if wrt is not None else tuple(one.removeprefix("d") for one in components)
    if loss is not None:
        if len(variables) != len(components):
            raise SymbolicError(f"{called}: {len(components)} components, and {len(variables)} names in wrt.")
        for variable in variables:
            if variable not in parameters:
                raise SymbolicError(
                    f"{called} has no argument {variable!r}: choose wrt from {', '.join(parameters)}."
                )
    return Declared(called, tuple(components), f, loss, variables if loss is not None else (), scale)
