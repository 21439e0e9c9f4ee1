"""Where the gradient of a quadratic loss is zero: linear equations, which SymPy reads off the derivatives."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import sympy as sp

from symbolic_checks.derivation import Derivation, compose, derive, find_argument
from symbolic_checks.errors import ProofError
from symbolic_checks.indexed import elements, small_sizes, write_out_at
from symbolic_checks.language import Model, indices_of
from symbolic_checks.latex import Step, latex, partial
from symbolic_checks.proof import check_equal


@dataclass(frozen=True)
class NormalEquations:
    """The equations ∂L/∂w = 0 and ∂L/∂b = 0 of a loss of the linear model with features X and targets y."""

    model: Model

    proof: ClassVar[str] = (
        "written out at a small size, n times SymPy's derivatives are exactly these equations, and their "
        "matrix is n times the Hessian"
    )

    @cached_property
    def derivations(self) -> tuple[Derivation, ...]:
        """The derivative by w and by b."""
        return derive(self.model, "w"), derive(self.model, "b")

    def prove(self) -> None:
        """Prove both derivatives, and that n times them is Aᵀ(Av − y), where A is X with a column of ones.

        Raises
        ------
        ProofError
            When that does not hold.

        Examples
        --------
        >>> from symbolic_checks import lecture
        >>> NormalEquations(lecture.MSE).prove()
        """
        for derivation in self.derivations:
            derivation.prove()
        sizes = small_sizes(self.model.indices)
        X, y = (find_argument(self.model.arguments, name, self.model.name).symbol for name in ("X", "y"))
        examples, features = (sizes[index.size] for index in indices_of(X))
        unknowns, slopes = [], []
        for derivation in self.derivations:
            for element in elements(derivation.wrt, sizes):
                slope = write_out_at(derivation.expression, derivation.wrt, element, sizes)
                unknowns.append(element)
                slopes.append(examples * compose(slope, self.model.definitions, sizes))
        A = sp.Matrix(examples, features, elements(X, sizes)).row_join(sp.ones(examples, 1))
        claimed = A.T * (A * sp.Matrix(unknowns) - sp.Matrix(elements(y, sizes)))
        for row, slope in zip(claimed, slopes, strict=True):
            check_equal(f"The normal equation of {self.model.name}", row, slope)
        hessian = sp.Matrix([[sp.diff(slope, unknown) for unknown in unknowns] for slope in slopes])
        if (hessian - A.T * A).expand() != sp.zeros(len(unknowns)):
            raise ProofError(f"AᵀA is not n times the Hessian of {self.model.name}.", is_wrong=True)

    def steps(self) -> list[Step]:
        """The derivation as on a handout."""
        steps = [
            Step(f"{latex(d.symbol)} = {latex(d.expression)}", d.sentence) for d in self.model.definitions
        ]
        for derivation in self.derivations:
            left = partial(derivation.of, derivation.wrt)
            sentence = f"At the minimum the derivative with respect to ${latex(derivation.wrt)}$ is 0."
            steps.append(Step(f"{left} = {latex(derivation.expression)} = 0", sentence))
        return [
            *steps,
            Step(
                r"A^\top \left(A v - y\right) = 0",
                "Times $n$, with matrices: $A$ is $X$ with a column of ones, $v$ is $w$ with $b$ at its end.",
            ),
            Step(r"A^\top A \, v = A^\top y", "The normal equations."),
            Step(
                r"v = \left(A^\top A\right)^{-1} A^\top y",
                "The only solution where $A$ has full rank. $A^\\top A$ is $n$ times the Hessian, and "
                "$u^\\top A^\\top A u$ is a sum of squares: it is a minimum.",
            ),
        ]
