"""What holds for any differentiable loss: its steepest direction, its slope along a line, its first step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import sympy as sp

from symbolic_checks.errors import DerivationError, ProofError
from symbolic_checks.indexed import (
    Sizes,
    elements,
    local_derivative,
    pull_out,
    sum_over,
    write_out,
    write_out_at,
)
from symbolic_checks.language import ConstrainedProblem, Expr, Index, LineProblem, indices_of
from symbolic_checks.latex import Step, latex, partial, sigma_sign
from symbolic_checks.plain import written
from symbolic_checks.proof import check_equal, counterexample

_DIMENSIONS = (2, 3)
"""The dimensions at which a general result is compared with SymPy's solution of the written-out problem."""

_mu = sp.Symbol("mu", real=True)
_u, _v = sp.IndexedBase("u", real=True), sp.IndexedBase("v", real=True)
_L = sp.Symbol("L", real=True)


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

    proof: ClassVar[str] = (
        "SymPy finds the same point of the problem written out in two and in three dimensions"
    )

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
        try:
            self.prove(dimensions)
        except ProofError:
            return False
        return True

    def prove(self, dimensions: Sequence[int] = _DIMENSIONS) -> None:
        """Prove it: SymPy, solving the problem written out in d dimensions, must find this point too.

        Raises
        ------
        ProofError
            When it does not; ``is_wrong`` says whether numbers show that the point is wrong.
        """
        (index,) = indices_of(self.of)
        for dimension in dimensions:
            self._check({index.size: dimension})

    def _check(self, sizes: Sizes) -> None:
        lagrangian = write_out(_lagrangian(self.problem), sizes)
        unknowns = elements(self.of, sizes)
        conditions = [sp.diff(lagrangian, unknown) for unknown in (*unknowns, _mu)]
        claimed = [write_out_at(self.expression, self.of, unknown, sizes) for unknown in unknowns]
        solutions = sp.solve(conditions, [*unknowns, _mu], dict=True)
        if any(
            all(sp.simplify(solution[x] - value) == 0 for x, value in zip(unknowns, claimed, strict=True))
            for solution in solutions
        ):
            return
        multiplier = write_out(self.multiplier, sizes)
        point = {**dict(zip(unknowns, claimed, strict=True)), _mu: multiplier}
        wrong = any(counterexample(condition.xreplace(point), sp.Integer(0)) for condition in conditions)
        raise ProofError(
            f"{written(self.of)} = {written(self.expression)} for {self.problem.name} "
            + (
                "is wrong: at some point the Lagrangian's derivatives are not 0 there. Mend the problem."
                if wrong
                else "could not be proved: SymPy does not find it, though no point speaks against it."
            ),
            is_wrong=wrong,
        )

    def steps(self) -> list[Step]:
        """The derivation as on a handout."""
        problem, unknown = self.problem, latex(self.of)
        slope = local_derivative(_L, _lagrangian(problem), self.of)
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
    condition = sp.solve(local_derivative(_L, _lagrangian(problem), problem.unknown), problem.unknown)
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

    proof: ClassVar[str] = "SymPy finds the same for any loss of two and of three variables"

    @property
    def of(self) -> Expr:
        """What is derived: the slope, or the change, of L."""
        return sp.Symbol(r"\Delta L" if self.change else r"L'(0)", real=True)

    @property
    def slope(self) -> Expr:
        """dL/dt at t = 0 by the chain rule: Σ_j ∂L/∂u_j · ∂u_j/∂t, where ∂L/∂u_j is named g_j."""
        return sum_over(self.problem.gradient * self._factor, [self._index])

    @property
    def expression(self) -> Expr:
        """The slope, or the slope times the step."""
        return self.slope * self.problem.t if self.change else self.slope

    @property
    def _index(self) -> Index:
        (index,) = indices_of(self.problem.gradient)
        return index

    @property
    def _factor(self) -> Expr:
        return local_derivative(_u[self._index], self._line, self.problem.t)

    @property
    def _line(self) -> Expr:
        return _v[self._index] + self.problem.t * self.problem.direction

    def certify(self, dimensions: Sequence[int] = _DIMENSIONS) -> bool:
        """Whether SymPy, with an undefined L of d variables, finds the same first order in t.

        >>> from symbolic_checks import lecture
        >>> LineDerivative(lecture.FIRST_ORDER_CHANGE, change=True).certify()
        True
        """
        try:
            self.prove(dimensions)
        except ProofError:
            return False
        return True

    def prove(self, dimensions: Sequence[int] = _DIMENSIONS) -> None:
        """Prove it: SymPy, with an undefined L of d variables, must find the same first order in t.

        Raises
        ------
        ProofError
            When it does not; ``is_wrong`` says whether numbers show that it is wrong.
        """
        for dimension in dimensions:
            self._check({self._index.size: dimension})

    def _check(self, sizes: Sizes) -> None:
        t, loss, start = self.problem.t, sp.Function("L"), _v[self._index]
        places = elements(start, sizes)
        # SymPy differentiates by plain symbols only.
        plain = {place: sp.Symbol(f"v{m}", real=True) for m, place in enumerate(places)}
        line = [write_out_at(self._line, start, place, sizes).xreplace(plain) for place in places]
        slope = sp.diff(loss(*line), t).subs(t, 0).doit()
        partials = [sp.diff(loss(*plain.values()), plain[place]) for place in places]
        gradient = dict(zip(partials, elements(self.problem.gradient, sizes), strict=True))
        expected = slope.xreplace(gradient) * (t if self.change else 1)
        claimed = write_out(self.expression, sizes)
        if sp.simplify(claimed - expected) != 0:
            check_equal(f"{self.problem.name[:1].upper()}{self.problem.name[1:]}", claimed, expected)

    def steps(self) -> list[Step]:
        """The derivation as on a handout."""
        t, u, index = latex(self.problem.t), latex(_u[self._index]), self._index
        by_u, by_step = partial(_L, _u[index]), partial(_u[index], self.problem.t)
        gradient = latex(self.problem.gradient)
        by_t = rf"\frac{{d L}}{{d {t}}}"
        chain = rf"{sigma_sign(index, index.size)} {by_u} {by_step}"
        at_zero = rf"\Big|_{{{t}=0}}"
        steps = [
            Step(f"{u} = {latex(self._line)}", f"The line on which L is looked at, with the step ${t}$."),
            Step(f"{by_t} = {chain}", "The chain rule: every coordinate moves along."),
            Step(rf"{by_u} {at_zero} = {gradient}", "At the start, this is the gradient."),
            Step(f"{by_step} = {latex(self._factor)}", "How fast a coordinate moves."),
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
