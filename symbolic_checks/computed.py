"""A reference that a routine of NumPy's computes, such as the solution of equations that SymPy derived."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

import numpy as np

from symbolic_checks.declared import Declared
from symbolic_checks.reference import defined, gradient
from symbolic_checks.solving import solver

if TYPE_CHECKING:
    from symbolic_checks.latex import Step

__all__ = ["Computed", "central_difference", "largest_rate", "mean_of_batches", "minimum"]


class Certified(Protocol):
    """A derivation: it can be proven, and shown step by step."""

    @property
    def proof(self) -> str:
        """What `prove` shows, in words."""

    def prove(self) -> None:
        """Prove it, or raise."""

    def steps(self) -> list[Step]:
        """Its lines as on a handout."""


def _nothing() -> tuple[Certified, ...]:
    return ()


@dataclass(frozen=True, eq=False)
class Computed(Declared):
    """A function as the right values of an exercise, with the derivation that it rests on.

    Parameters
    ----------
    derive
        Makes the derivation; SymPy is loaded for it.
    of_data
        Whether a loss of examples is what it rests on.
    """

    derive: Callable[[], tuple[Certified, ...]] = field(default=_nothing, repr=False)
    of_data: bool = False

    derived: ClassVar[bool] = True
    is_derived: ClassVar[bool] = True

    @cached_property
    def derivations(self) -> tuple[Certified, ...]:
        """What it rests on."""
        return self.derive()


def minimum(model: Any) -> Computed:
    """The w and b at which the gradient of a quadratic loss of (X, y, w, b) is zero.

    >>> w, b = minimum("lecture.MSE")(np.array([[0.0], [1.0], [2.0]]), np.array([1.0, 3.0, 5.0]))
    >>> w.round(12), round(b, 12)
    (array([2.]), 1.0)
    """
    slopes = gradient(model, "w", "b")
    solve = solver(slopes, ("w", "b"), lambda X, y: (np.shape(X)[1:], ()))

    def root(X: Any, y: Any) -> tuple[Any, ...]:
        return solve(X, y)

    def derive() -> tuple[Certified, ...]:
        from symbolic_checks.stationary import NormalEquations

        return (NormalEquations(defined(model)),)

    name = slopes.name.replace("the gradient of", "the minimum of", 1)
    return Computed(name, ("w", "b"), root, derive=derive, of_data=True)


def largest_rate() -> Computed:
    """2/λ_max of a symmetric, positive definite Hessian.

    >>> largest_rate()(np.diag([1.0, 4.0]))
    0.5
    """

    def rate(hessian: Any) -> float:
        return 2.0 / float(np.linalg.eigvalsh(np.asarray(hessian, float))[-1])

    def derive() -> tuple[Certified, ...]:
        from symbolic_checks.stability import StableRate

        return (StableRate(),)

    return Computed("the largest stable learning rate", ("value",), rate, derive=derive)


def central_difference() -> Computed:
    """Nothing to compare with: the error of a central difference, for the handbook."""

    def derive() -> tuple[Certified, ...]:
        from symbolic_checks.differences import DifferenceQuotient

        return (DifferenceQuotient(),)

    return _shown("the error of a central difference", derive)


def mean_of_batches() -> Computed:
    """Nothing to compare with: the proof that a random batch is right on average, for the handbook."""

    def derive() -> tuple[Certified, ...]:
        from symbolic_checks.sampling import MeanOfBatches

        return (MeanOfBatches(),)

    return _shown("the mean over all batches", derive)


def _shown(name: str, derive: Callable[[], tuple[Certified, ...]]) -> Computed:
    def nothing() -> float:
        return 0.0

    return Computed(name, ("value",), nothing, size=lambda *_: (), derive=derive)
