"""Which formula a wrong function computes, read from the function itself: evidence beside the verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from autograder.judging.reference import Reference
from autograder.judging.rule import Read
from autograder.judging.trial import Task, sentence
from autograder.report import Formula
from autograder.rules.values.sentences import SIGN_HALF, SIGN_TWICE

if TYPE_CHECKING:
    from symbolic_checks.formula import Explained

_RATIOS = {
    2: "it is exactly twice as large",
    0.5: "it is exactly half as large",
    -1: "it has the opposite sign",
    -2: SIGN_TWICE,
    -0.5: SIGN_HALF,
}

# A number that somebody may have forgotten, or written once too often, is no larger.
_SIMPLE = 30


def reader(reference: Reference, task: Task) -> FormulaReader | None:
    """What reads formulas of an exercise's function; None where that cannot be done.

    Parameters
    ----------
    reference
        What is right; formulas can be compared only with what SymPy derived.
    task
        Names the function, and says how much feedback may tell.
    """
    from symbolic_checks import formula

    return FormulaReader(reference, task) if formula.is_readable(reference) else None


@dataclass(frozen=True)
class FormulaReader:
    """Reads what a function computes, from its trace and from what it returned."""

    reference: Any
    task: Task

    @property
    def calls(self) -> Sequence[tuple[Any, ...]]:
        """Where the function is traced, and where its formula is tried."""
        from symbolic_checks.formula import points

        return points(self.reference)

    def read(self, trace: Any, returned: Sequence[Any]) -> Mapping[str, Read]:
        """As much of each component's formula as the rubric lets out, where it can be read.

        Parameters
        ----------
        trace
            The graph of the function, traced at the first of `calls`: hostile data.
        returned
            What the function gave for each of `calls`.
        """
        from symbolic_checks import formula

        found = {}
        for k, name in enumerate(self.reference.components):
            explained = formula.explain(self.reference, k, trace, returned)
            if explained is not None:
                found[name] = Read(self._told(name, explained), explained.is_right)
        return found

    def _told(self, component: str, explained: Explained) -> Formula:
        from symbolic_checks.formula import sizes

        left = f"{self.task.function if component == 'value' else component}{explained.place}"
        reveal = self.task.reveal
        return Formula(
            f"{left} = {explained.yours}",
            sizes(self.reference),
            explained.legend,
            _difference(explained) if reveal != "nothing" else None,
            f"{left} = {explained.right}" if reveal == "answer" else None,
        )


def _difference(explained: Explained) -> str | None:
    """In which factors a formula differs, as a sentence."""
    ratio = explained.ratio
    if not ratio:
        return sentence(explained.difference) if explained.difference else None
    if 1 not in (abs(ratio.numerator), ratio.denominator) or max(abs(ratio), 1 / abs(ratio)) > _SIMPLE:
        return None
    clauses = [explained.difference] if explained.difference else []
    if ratio != 1:
        clauses.append(_RATIOS.get(float(ratio), f"it is {ratio} times as large"))
    return sentence(" and ".join(clauses)) if clauses else None
