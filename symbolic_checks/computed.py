"""A reference that a routine of NumPy's computes, such as the solution of equations that SymPy derived."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

import numpy as np

from symbolic_checks.declared import Declared
from symbolic_checks.differences import DifferenceQuotient
from symbolic_checks.latex import Step
from symbolic_checks.reference import gradient
from symbolic_checks.sampling import MeanOfBatches
from symbolic_checks.stability import StableRate
from symbolic_checks.stationary import NormalEquations, solver

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


@dataclass(frozen=True, eq=False)
class Computed(Declared):
    """A function as the right values of an exercise, with the derivation that it rests on."""

    derivations: tuple[Certified, ...] = field(default=(), repr=False)

    derived: ClassVar[bool] = True


def minimum(model: Any) -> Computed:
    """The w and b at which the gradient of a quadratic loss of (X, y, w, b) is zero.

    >>> from symbolic_checks import lecture
    >>> w, b = minimum(lecture.MSE)(np.array([[0.0], [1.0], [2.0]]), np.array([1.0, 3.0, 5.0]))
    >>> w.round(12), round(b, 12)
    (array([2.]), 1.0)
    """
    solve = solver(gradient(model, "w", "b"), ("w", "b"), lambda X, y: (np.shape(X)[1:], ()))

    def root(X: Any, y: Any) -> tuple[Any, ...]:
        return solve(X, y)

    name = f"the minimum of {model.name}"
    return Computed(name, ("w", "b"), root, derivations=(NormalEquations(model),))


def largest_rate() -> Computed:
    """2/λ_max of a symmetric, positive definite Hessian.

    >>> largest_rate()(np.diag([1.0, 4.0]))
    0.5
    """

    def rate(hessian: Any) -> float:
        return 2.0 / float(np.linalg.eigvalsh(np.asarray(hessian, float))[-1])

    return Computed("the largest stable learning rate", ("value",), rate, derivations=(StableRate(),))


def central_difference() -> Computed:
    """Nothing to compare with: the error of a central difference, for the handbook."""
    return _shown("the error of a central difference", DifferenceQuotient())


def mean_of_batches() -> Computed:
    """Nothing to compare with: the proof that a random batch is right on average, for the handbook."""
    return _shown("the mean over all batches", MeanOfBatches())


def _shown(name: str, derivation: Certified) -> Computed:
    def nothing() -> float:
        return 0.0

    return Computed(name, ("value",), nothing, size=lambda *_: (), derivations=(derivation,))
