"""How fast a formula changes where all its quantities change: the quotient rule, by the chain rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import sympy as sp

from symbolic_checks.language import Expr, RateProblem
from symbolic_checks.latex import Step, latex, partial
from symbolic_checks.proof import check_equal


@dataclass(frozen=True)
class Rate:
    """The derivative of a formula by the variable that its quantities depend on."""

    problem: RateProblem

    proof: ClassVar[str] = "SymPy differentiates the formula of unknown functions to exactly this"

    @property
    def of(self) -> Expr:
        """What is derived."""
        return self.problem.result

    @property
    def terms(self) -> tuple[Expr, ...]:
        """For every quantity u the product ∂f/∂u · u'."""
        return tuple(sp.diff(self._formula, u) * rate for u, rate in self.problem.rates)

    @property
    def expression(self) -> Expr:
        """The sum of the terms, over one denominator."""
        return sp.together(sp.Add(*self.terms))

    @property
    def _formula(self) -> Expr:
        return self.problem.definition.expression

    def prove(self) -> None:
        """Prove it: SymPy differentiates the formula with an unknown function for every quantity.

        Raises
        ------
        ProofError
            When it finds something else.

        Examples
        --------
        >>> from symbolic_checks import lecture
        >>> Rate(lecture.QUOTIENT).prove()
        """
        t = self.problem.variable
        functions = {u: sp.Function(f"f{place}")(t) for place, (u, _) in enumerate(self.problem.rates)}
        slopes = {sp.diff(functions[u], t): rate for u, rate in self.problem.rates}
        direct = sp.diff(self._formula.xreplace(functions), t).doit().xreplace(slopes)
        back = {function: u for u, function in functions.items()}
        check_equal(self.problem.name, self.expression, direct.xreplace(back))

    def steps(self) -> list[Step]:
        """The derivation as on a handout."""
        definition, t = self.problem.definition, latex(self.problem.variable)
        of = latex(definition.symbol)
        left = rf"\frac{{d {of}}}{{d {t}}}"
        chain = " + ".join(
            rf"{partial(definition.symbol, u)} \frac{{d {latex(u)}}}{{d {t}}}" for u, _ in self.problem.rates
        )
        steps = [
            Step(f"{of} = {latex(self._formula)}", definition.sentence),
            Step(f"{left} = {chain}", "The chain rule: every quantity changes."),
        ]
        for u, rate in self.problem.rates:
            sentence = f"${latex(rate)}$ is how fast ${latex(u)}$ changes."
            steps.append(
                Step(f"{partial(definition.symbol, u)} = {latex(sp.diff(self._formula, u))}", sentence)
            )
        steps.append(Step(f"{left} = {latex(self.expression)}", "All factors put in, over one denominator."))
        return steps
