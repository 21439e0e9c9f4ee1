"""Which formula a wrong function computes, read from the function itself: evidence beside the verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from autograder.homework import Exercise, Values
from autograder.judging.trial import Callee, sentence
from autograder.report import Formula
from autograder.sandbox.host import Returned
from symbolic_checks import formula
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
    return isinstance(exercise.rule, Values) and formula.is_readable(exercise.rule.reference)


def read(exercises: Sequence[Exercise], callee: Callee) -> Mapping[str, Mapping[str, Formula]]:
    """For each function and each component that is wrong what it computes, where that can be read.

    Nothing can be asked of the submission afterwards: it has met numbers that are none.
    """
    returned: dict[str, list[Any]] = {}
    for exercise in exercises:
        outcomes = callee.call(exercise.function, formula.points(_reference(exercise)))
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


def _components(exercise: Exercise, callee: Callee, returned: Sequence[Any]) -> dict[str, Formula]:
    reference = _reference(exercise)
    data = callee.trace(exercise.function, formula.points(reference)[0])
    found = {}
    for k, name in enumerate(reference.components):
        explained = formula.explain(reference, k, data, returned) if data is not None else None
        if explained is not None and not explained.is_right:
            found[name] = told(exercise, name, explained)
    return found


def told(exercise: Exercise, component: str, explained: Explained) -> Formula:
    """As much of it as the rubric lets out."""
    name = exercise.function if component == "value" else component
    left = f"{name}{explained.place}"
    difference = right = None
    if exercise.reveal != "nothing":
        difference = _difference(explained)
    if exercise.reveal == "answer":
        right = f"{left} = {explained.right}"
    yours = f"{left} = {explained.yours}"
    return Formula(yours, formula.sizes(_reference(exercise)), explained.legend, difference, right)


def _difference(explained: Explained) -> str | None:
    """In which factors a formula differs, as a sentence."""
    ratio = explained.ratio
    if not ratio:
        return sentence(explained.difference) if explained.difference else None
    clauses = [explained.difference] if explained.difference else []
    if ratio != 1:
        clauses.append(_RATIOS.get(float(ratio), f"it is {ratio} times as large"))
    return sentence(" and ".join(clauses)) if clauses else None
