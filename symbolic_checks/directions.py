"""What holds for any differentiable loss: its steepest direction, its slope along a line, its first step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sympy as sp

from symbolic_checks.indexed import (
    DerivationError,
    Sizes,
    elements,
    local_derivative,
    pull_out,
    sum_over,
    write_out,
    write_out_at,
)
from symbolic_checks.latex import Step, latex, partial, sigma_sign
from symbolic_checks.lecture import ConstrainedProblem, Expr, L, LineProblem, d, g, j, v

_DIMENSIONS = (2, 3)
"""The dimensions at which a general result is compared with SymPy's solution of the written-out problem."""

_mu = sp.Symbol("mu", real=True)
_u = sp.IndexedBase("u", real=True)


@dataclass(frozen=True)
class StationaryPoint:
    """A solution of a constrained problem by a Lagrange multiplier.

    Parameters
    ----------
    problem
        What is made stationary, and where.
    condition
        The unknown in terms of the multiplier, from the Lagrangian's derivative being 0.
    multiplier
        The multiplier's value, from the constraint.
    """

    problem: ConstrainedProblem
    condition: Expr
    multiplier: Expr

    @property
    def of(self) -> Expr:
        """The unknown, such as ``r[j]``."""
        return self.problem.unknown

    @property
    def expression(self) -> Expr:
        """The unknown's value."""
        return self.condition.xreplace({_mu: self.multiplier})

    @property
    def objective(self) -> Expr:
        """The objective's value there."""
        return pull_out(self.problem.objective.xreplace({self.of: self.expression}))

    def certify(self, dimensions: Sequence[int] = _DIMENSIONS) -> bool:
        """Whether SymPy, solving the problem written out in d dimensions, finds this point too.

        >>> from symbolic_checks import lecture
        >>> stationary_points(lecture.MINIMUM_NORM)[0].certify()
        True
        """
        return all(self._solves({d: dimension}) for dimension in dimensions)

    def _solves(self, sizes: Sizes) -> bool:
        lagrangian = write_out(_lagrangian(self.problem), sizes)
        unknowns = elements(self.of, sizes)
        conditions = [sp.diff(lagrangian, unknown) for unknown in (*unknowns, _mu)]
        claimed = [write_out_at(self.expression, self.of, unknown, sizes) for unknown in unknowns]
        return any(
            all(sp.simplify(solution[x] - value) == 0 for x, value in zip(unknowns, claimed, strict=True))
            for solution in sp.solve(conditions, [*unknowns, _mu], dict=True)
        )

    def steps(self) -> list[Step]:
        """The derivation as on a handout."""
        problem, unknown = self.problem, latex(self.of)
        slope = local_derivative(L, _lagrangian(problem), self.of)
        inserted = pull_out(problem.constraint.xreplace({self.of: self.condition}))
        return [
            Step(
                rf"\Lambda = {latex(problem.objective)} - \mu \left({latex(problem.constraint)}\right)",
                f"The Lagrangian of {problem.name}.",
            ),
            Step(
                rf"\frac{{\partial \Lambda}}{{\partial {unknown}}} = {latex(slope)} = 0",
                "Where the objective is stationary, the Lagrangian's derivatives are 0.",
            ),
            Step(f"{unknown} = {latex(self.condition)}", "Solved for the unknown."),
            Step(f"{latex(inserted)} = 0", "Put into the constraint."),
            Step(rf"\mu = {latex(self.multiplier)}", "Solved for the multiplier."),
            Step(f"{unknown} = {latex(self.expression)}", "The multiplier put in."),
            Step(f"{latex(problem.objective)} = {latex(self.objective)}", "The objective's value there."),
        ]


def stationary_points(problem: ConstrainedProblem) -> tuple[StationaryPoint, ...]:
    """Solve a constrained problem in any dimension, smallest value of the objective first.

    >>> from symbolic_checks import lecture
    >>> [point.expression for point in stationary_points(lecture.STEEPEST_DIRECTION)]
    [-g[j]/sqrt(Sum(g[j]**2, (j, 1, d))), g[j]/sqrt(Sum(g[j]**2, (j, 1, d)))]

    Raises
    ------
    DerivationError
        When the problem is not of the lecture's kind, with one sum left in the condition on the multiplier.
    """
    condition = sp.solve(local_derivative(L, _lagrangian(problem), problem.unknown), problem.unknown)
    inserted = pull_out(problem.constraint.xreplace({problem.unknown: condition[0]}))
    sums = inserted.atoms(sp.Sum)
    if len(condition) != 1 or len(sums) != 1:
        raise DerivationError(f"{problem.name}: the Lagrangian's conditions cannot be solved one by one.")
    # The sum is one of squares: where it is 0, no direction is defined.
    squares = sp.Symbol("S", positive=True)
    (sum_,) = sums
    multipliers = sp.solve(inserted.xreplace({sum_: squares}), _mu)
    points = [StationaryPoint(problem, condition[0], m.xreplace({squares: sum_})) for m in multipliers]
    return tuple(sorted(points, key=lambda p: bool(p.objective.xreplace({sum_: squares}).is_positive)))


@dataclass(frozen=True)
class LineDerivative:
    """How an unknown L changes along a line: its slope there, or its change to first order in the step t."""

    problem: LineProblem
    change: bool

    @property
    def of(self) -> Expr:
        """What is derived: the slope, or the change, of L."""
        return sp.Symbol(r"\Delta L" if self.change else r"L'(0)", real=True)

    @property
    def slope(self) -> Expr:
        """dL/dt at t = 0 by the chain rule: Σ_j ∂L/∂u_j · ∂u_j/∂t, where ∂L/∂u_j is named g_j."""
        return sum_over(g[j] * self._factor, [j])

    @property
    def expression(self) -> Expr:
        """The slope, or the slope times the step."""
        return self.slope * self.problem.t if self.change else self.slope

    @property
    def _factor(self) -> Expr:
        return local_derivative(_u[j], self._line, self.problem.t)

    @property
    def _line(self) -> Expr:
        return v[j] + self.problem.t * self.problem.direction

    def certify(self, dimensions: Sequence[int] = _DIMENSIONS) -> bool:
        """Whether SymPy, with an undefined L of d variables, finds the same first order in t.

        >>> from symbolic_checks import lecture
        >>> LineDerivative(lecture.FIRST_ORDER_CHANGE, change=True).certify()
        True
        """
        return all(self._agrees({d: dimension}) for dimension in dimensions)

    def _agrees(self, sizes: Sizes) -> bool:
        t, loss = self.problem.t, sp.Function("L")
        places = elements(v[j], sizes)
        # SymPy differentiates by plain symbols only.
        plain = {place: sp.Symbol(f"v{m}", real=True) for m, place in enumerate(places)}
        line = [write_out_at(self._line, v[j], place, sizes).xreplace(plain) for place in places]
        slope = sp.diff(loss(*line), t).subs(t, 0).doit()
        partials = [sp.diff(loss(*plain.values()), plain[place]) for place in places]
        gradient = dict(zip(partials, elements(g[j], sizes), strict=True))
        expected = slope.xreplace(gradient) * (t if self.change else 1)
        return bool(sp.simplify(write_out(self.expression, sizes) - expected) == 0)

    def steps(self) -> list[Step]:
        """The derivation as on a handout."""
        t, u = latex(self.problem.t), latex(_u[j])
        by_t = rf"\frac{{d L}}{{d {t}}}"
        chain = rf"{sigma_sign(j, d)} {partial(L, _u[j])} {partial(_u[j], self.problem.t)}"
        at_zero = rf"\Big|_{{{t}=0}}"
        steps = [
            Step(f"{u} = {latex(self._line)}", f"The line on which L is looked at, with the step ${t}$."),
            Step(f"{by_t} = {chain}", "The chain rule: every coordinate moves along."),
            Step(rf"{partial(L, _u[j])} {at_zero} = {latex(g[j])}", "At the start, this is the gradient."),
            Step(f"{partial(_u[j], self.problem.t)} = {latex(self._factor)}", "How fast a coordinate moves."),
            Step(rf"{by_t} {at_zero} = {latex(self.slope)}", "All factors put in."),
        ]
        if self.change:
            steps.append(
                Step(
                    rf"\Delta L \approx {t} \, {by_t} {at_zero} = {latex(self.expression)}",
                    "To first order, the change is the slope times the step.",
                )
            )
        return steps


def _lagrangian(problem: ConstrainedProblem) -> Expr:
    return problem.objective - _mu * problem.constraint
