"""The error of a central difference, by Taylor's theorem, and the step that balances it with rounding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import sympy as sp

from symbolic_checks.errors import ProofError
from symbolic_checks.language import Expr
from symbolic_checks.latex import Step, latex

_h = sp.Symbol("h", positive=True)
_ORDER = 5
# L and its derivatives at v.
_SLOPES = sp.symbols(f"L0:{_ORDER + 1}", real=True)
_rounding, _size, _third = sp.symbols(r"\epsilon L M", positive=True)


def _taylor(step: Expr) -> Expr:
    """L(v + step) up to the fifth power."""
    return sum(slope * step**k / sp.factorial(k) for k, slope in enumerate(_SLOPES))


@dataclass(frozen=True)
class DifferenceQuotient:
    """(L(v + h) − L(v − h)) / 2h as the slope and an error."""

    proof: ClassVar[str] = (
        "SymPy expands both Taylor polynomials, and solves for the step with the least error"
    )

    @property
    def error(self) -> Expr:
        """The first term that is not the slope."""
        found = sp.expand((_taylor(_h) - _taylor(-_h)) / (2 * _h) - _SLOPES[1])
        return sp.Poly(found, _h).coeff_monomial(_h**2) * _h**2

    @property
    def best_step(self) -> Expr:
        """Where the Taylor error h²M/6 and the rounding error εL/h together are smallest."""
        (best,) = sp.solve(sp.diff(self._both, _h), _h)
        return best

    @property
    def _both(self) -> Expr:
        return _third * _h**2 / 6 + _rounding * _size / _h

    def prove(self) -> None:
        """Prove that h and h³ do not occur, and that the best step is a minimum.

        Raises
        ------
        ProofError
            When that does not hold.

        Examples
        --------
        >>> DifferenceQuotient().prove()
        """
        whole = sp.Poly(sp.expand((_taylor(_h) - _taylor(-_h)) / (2 * _h)), _h)
        if whole.coeff_monomial(1) != _SLOPES[1] or whole.coeff_monomial(_h) or whole.coeff_monomial(_h**3):
            raise ProofError("The odd powers of h do not cancel.", is_wrong=True)
        if self.error != _SLOPES[3] * _h**2 / 6 or not self.best_step.is_positive:
            raise ProofError("The error of a central difference is not h² L‴ / 6.", is_wrong=True)

    def steps(self) -> list[Step]:
        """The derivation as on a handout."""
        error, cube = latex(self.error.xreplace({_SLOPES[3]: sp.Symbol("L'''")})), latex(self.best_step**3)
        return [
            Step(
                r"L(v + h) = L + h L' + \frac{h^2}{2} L'' + \frac{h^3}{6} L''' + \dots",
                "Taylor's theorem, one step ahead.",
            ),
            Step(
                r"L(v - h) = L - h L' + \frac{h^2}{2} L'' - \frac{h^3}{6} L''' + \dots",
                "And one step back: the odd powers change their sign.",
            ),
            Step(
                rf"\frac{{L(v + h) - L(v - h)}}{{2 h}} = L' + {error} + \dots",
                "The even powers cancel. What is left is the slope, and an error that falls with $h^2$.",
            ),
            Step(
                rf"\left\lvert \text{{error}} \right\rvert \le {latex(self._both)}",
                "With rounding errors of size $\\epsilon L$, where $M$ is the size of $L'''$.",
            ),
            Step(rf"h^3 = {cube}", "Here both together are smallest: a smaller $h$ makes it worse."),
        ]
