"""Which formula a wrong function computes, read from the function itself: evidence beside the verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from autograder.homework import Exercise, Values
from autograder.judging.trial import Callee, sentence
from autograder.report import Formula
from autograder.sandbox.host import Returned

if TYPE_CHECKING:
    from symbolic_checks.formula import Explained

_RATIOS = {
    2: "it is exactly twice as large",
    0.5: "it is exactly half as large",
    -1: "it has the opposite sign",
    -2: "it is twice as large and has the opposite sign",
    -0.5: "it is half as large and has the opposite sign",
}


def is_readable(exercise: Exercise) -> bool:
    """Whether formulas can be read from the exercise's functions."""
    from symbolic_checks import formula

    return isinstance(exercise.rule, Values) and formula.is_readable(exercise.rule.reference)


def read(exercises: Sequence[Exercise], callee: Callee) -> Mapping[str, Mapping[str, Explained]]:
    """For each function and each of its components what it computes, where that can be read.

    Nothing can be asked of the submission afterwards: it has met numbers that are none.
    """
    from symbolic_checks.formula import points

    returned: dict[str, list[Any]] = {}
    for exercise in exercises:
        outcomes = callee.call(exercise.function, points(_reference(exercise)))
        values = [outcome.value for outcome in outcomes if isinstance(outcome, Returned)]
        if len(values) == len(outcomes):
            returned[exercise.function] = values
    return {
        exercise.function: _components(exercise, callee, returned[exercise.function])
        for exercise in exercises
        if exercise.function in returned
    }


def _reference(exercise: Exercise) -> Any:
    assert isinstance(exercise.rule, Values)
    return exercise.rule.reference


def _components(exercise: Exercise, callee: Callee, returned: Sequence[Any]) -> dict[str, Explained]:
    from symbolic_checks import formula

    reference = _reference(exercise)
    data = callee.trace(exercise.function, formula.points(reference)[0])
    found = {}
    for k, name in enumerate(reference.components):
        explained = formula.explain(reference, k, data, returned) if data is not None else None
        if explained is not None:
            found[name] = explained
    return found


def told(exercise: Exercise, component: str, explained: Explained) -> Formula:
    """As much of it as the rubric lets out."""
    from symbolic_checks.formula import sizes

    left = f"{exercise.function if component == 'value' else component}{explained.place}"
    difference = right = None
    if exercise.reveal != "nothing":
        difference = _difference(explained)
    if exercise.reveal == "answer":
        right = f"{left} = {explained.right}"
    yours = f"{left} = {explained.yours}"
    return Formula(yours, sizes(_reference(exercise)), explained.legend, difference, right)


def _difference(explained: Explained) -> str | None:
    """In which factors a formula differs, as a sentence."""
    ratio = explained.ratio
    if not ratio:
        return sentence(explained.difference) if explained.difference else None
    clauses = [explained.difference] if explained.difference else []
    if ratio != 1:
        clauses.append(_RATIOS.get(float(ratio), f"it is {ratio} times as large"))
    return sentence(" and ".join(clauses)) if clauses else None
