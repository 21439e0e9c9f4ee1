"""The largest learning rate with which gradient descent converges on a quadratic loss: 2/λ_max."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import sympy as sp

from symbolic_checks.errors import ProofError
from symbolic_checks.language import Expr
from symbolic_checks.latex import Step, latex

_lam, _eta = sp.Symbol("lam", positive=True), sp.Symbol("eta", positive=True)


@dataclass(frozen=True)
class StableRate:
    """What follows from the iteration v ← v − ηHv, one eigenvalue λ of H at a time."""

    proof: ClassVar[str] = (
        "for a symmetric H of two variables SymPy finds the same factor along every eigenvector, and solves "
        "the inequality for it"
    )

    @property
    def factor(self) -> Expr:
        """By what one step multiplies the part of v along an eigenvector."""
        return 1 - _eta * _lam

    @property
    def bound(self) -> Expr:
        """The largest η at which the factor's absolute value is 1: below it v shrinks."""
        (bound,) = sp.solve(sp.Eq(self.factor**2, 1), _eta)  # η is positive, so 0 is no solution
        return bound

    def prove(self) -> None:
        """Prove the factor for a symmetric H of two variables, and the interval.

        Raises
        ------
        ProofError
            When one of them does not hold.

        Examples
        --------
        >>> StableRate().prove()
        """
        angle, other = sp.Symbol("phi", real=True), sp.Symbol("kappa", positive=True)
        Q = sp.Matrix([[sp.cos(angle), -sp.sin(angle)], [sp.sin(angle), sp.cos(angle)]])
        H = Q * sp.diag(_lam, other) * Q.T
        stepped = Q[:, 0] - _eta * H * Q[:, 0]
        if sp.simplify(stepped - self.factor * Q[:, 0]) != sp.zeros(2, 1):
            raise ProofError("A step does not multiply an eigenvector by 1 − ηλ.", is_wrong=True)
        inside, outside = self.factor.subs(_eta, 1 / _lam), self.factor.subs(_eta, 3 / _lam)
        if not abs(inside) < 1 < abs(outside) or not sp.diff(self.bound, _lam).is_negative:
            raise ProofError(f"|1 − ηλ| < 1 does not hold for 0 < η < {self.bound} alone.", is_wrong=True)

    def steps(self) -> list[Step]:
        """The derivation as on a handout."""
        factor, upper = latex(self.factor), latex(self.bound)
        return [
            Step(
                r"L(v) = \frac{1}{2} v^\top H v, \quad \nabla L = H v", "A quadratic loss and its gradient."
            ),
            Step(r"v_{t+1} = v_t - \eta H v_t", "A step of gradient descent."),
            Step(
                rf"H u = \lambda u \;\Rightarrow\; u - \eta H u = \left({factor}\right) u",
                "Along an eigenvector $u$ of $H$ a step multiplies by one number.",
            ),
            Step(rf"v_t = \left({factor}\right)^t u", "The same in every step, from $v_0 = u$."),
            Step(
                rf"\left\lvert {factor} \right\rvert < 1 \;\Leftrightarrow\; 0 < \eta < {upper}",
                "It shrinks to zero where the absolute value is below 1.",
            ),
            Step(
                r"\eta < \frac{2}{\lambda_{\max}}",
                "It must hold for every eigenvalue; the largest one has the smallest bound.",
            ),
        ]
