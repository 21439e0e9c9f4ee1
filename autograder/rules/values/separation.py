"""Whether the probes tell wrong formulas from the right one and from each other, whatever is drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from autograder.judging.comparison import TOLERANCE
from autograder.judging.rule import Separation
from autograder.rules.values.declared import Declared
from autograder.rules.values.diagnosis import catalogue_of, mutants_of
from autograder.rules.values.domains import unlike_the_probes

# So many students' inputs are drawn.
_STUDENTS = 25
_PROOFS = {"proven": "as SymPy proves", "same": "wherever both were evaluated"}


def results(rule: Declared, function: Callable[..., Any], arguments: Sequence[Any]) -> tuple[np.ndarray, ...]:
    """What a function gives, one array for each component of the reference.

    Parameters
    ----------
    rule
        Its reference says how many components there are.
    function
        The reference, or a wrong function that takes the same arguments.
    arguments
        Of one call, in the reference's order.

    Raises
    ------
    ValueError
        When the function gives another number of results.
    """
    value = function(*arguments)
    several = value if len(rule.reference.components) > 1 else (value,)
    if len(several) != len(rule.reference.components):
        raise ValueError(f"it returns {len(several)} results of {len(rule.reference.components)}")
    return tuple(np.asarray(part, float) for part in several)


def separation(rule: Declared) -> Separation:
    """All that the probes cannot tell apart, though it is not the same function."""
    count, weak, notes = 0, [], []
    for k, component in enumerate(rule.reference.components):
        made = catalogue_of(rule, k)
        if made is None:
            continue
        count += len(made.mutants)
        same: set[str] = set()
        for mutant, other, proof in made.proofs(unlike_the_probes(rule)):
            text = f"{component}: {mutant.name} ({mutant.note})"
            if proof != "different":
                what = f"the same as {other.name}" if other else f"the same function, {_PROOFS[proof]}"
                notes.append(f"{text} is {what}")
                same.add(mutant.name)
            elif other is None:
                weak.append(f"{text} is another function, and the probes cannot show it")
            else:
                weak.append(f"{text} is not {other.name}, and the probes cannot tell them apart")
        weak += _for_some_students(rule, k)
    weak += undistinguished(rule)
    if len(rule.reference.components) > 1:
        weak += [text for k in range(len(rule.reference.components)) for text in _hidden_in(rule, k)]
    return Separation(count + len(rule.misconceptions), tuple(weak), tuple(notes))


def _drawn(rule: Declared, student: int) -> list[tuple[Any, ...]]:
    random = np.random.default_rng([student, 2])
    return [probe.draw(random) for probe in rule.probes]


def _for_some_students(rule: Declared, k: int) -> Iterator[str]:
    """Mutants of a component that one student's inputs cannot tell from what is right."""
    made = mutants_of(rule, k, pairs=False)
    assert made is not None
    component, missed = rule.reference.components[k], Counter[int]()
    for student in range(_STUDENTS):
        inputs = _drawn(rule, student)
        right = [results(rule, rule.reference, arguments)[k].ravel() for arguments in inputs]
        scale = [
            np.full(value.size, rule.reference.scale(*arguments)[k])
            for value, arguments in zip(right, inputs, strict=True)
        ]
        with np.errstate(all="ignore"):
            near = np.abs(made.fingerprints(inputs) - np.concatenate(right)) <= TOLERANCE * np.concatenate(
                scale
            )
        missed.update(np.flatnonzero(near.all(axis=-1)).tolist())
    for place, times in missed.items():
        mutant = made.mutants[place]
        yield (
            f"{component}: {mutant.name} ({mutant.note}) is right on all probes of {times} in "
            f"{_STUDENTS} students"
        )


@dataclass(frozen=True)
class _Seen:
    """What comes of one student's probes: in rows, one for each component of the reference."""

    right: list[np.ndarray]
    scale: list[np.ndarray]
    given: dict[str, list[np.ndarray]]

    def is_right(self, name: str, k: int) -> bool:
        """Whether an own misconception cannot be told from what is right in component k."""
        return self._same(self.given[name], self.right, k)

    def are_one(self, one: str, other: str, k: int) -> bool:
        """Whether two own misconceptions cannot be told apart in component k."""
        return self._same(self.given[one], self.given[other], k)

    def _same(self, one: list[np.ndarray], other: list[np.ndarray], k: int) -> bool:
        a, b = one[k], other[k]
        return a.shape == b.shape and bool(np.all(np.abs(a - b) <= TOLERANCE * self.scale[k]))


def _seen(rule: Declared, inputs: Sequence[tuple[Any, ...]]) -> _Seen:
    """What is right on these inputs, and what the rubric's own misconceptions give."""

    def rows(function: Callable[..., Any]) -> list[np.ndarray]:
        found = [results(rule, function, arguments) for arguments in inputs]
        return [np.concatenate([part.ravel() for part in parts]) for parts in zip(*found, strict=True)]

    with np.errstate(all="ignore"):
        sizes = [[part.size for part in results(rule, rule.reference, arguments)] for arguments in inputs]
        scales = [rule.reference.scale(*arguments) for arguments in inputs]
        scale = [
            np.repeat([each[k] for each in scales], [each[k] for each in sizes])
            for k in range(len(rule.reference.components))
        ]
        return _Seen(rows(rule.reference), scale, {own.name: rows(own) for own in rule.misconceptions})


def undistinguished(rule: Declared, students: int = _STUDENTS) -> Iterator[str]:
    """The rubric's own misconceptions that some student's probes cannot tell from what is right, or apart.

    Parameters
    ----------
    rule
        Gives the probes and the misconceptions.
    students
        How many students' inputs are drawn; with 1, the sentences do not count students.
    """
    missed: Counter[str] = Counter()
    for student in range(students):
        seen = _seen(rule, _drawn(rule, student))
        every = range(len(seen.right))
        missed.update(
            f"its own misconception {name} is right on all probes"
            for name in seen.given
            if all(seen.is_right(name, k) for k in every)
        )
        missed.update(
            f"its own misconceptions {one} and {other} give the same on all probes"
            for one, other in combinations(seen.given, 2)
            if all(seen.are_one(one, other, k) for k in every)
        )
    for text, times in missed.items():
        yield text if students == 1 else f"{text} of {times} in {students} students"


def _hidden_in(rule: Declared, k: int) -> Iterator[str]:
    """Own misconceptions that show in a component for some students and not for others, or only on inputs
    that no student gets. One that is right there by its nature is none of them."""
    seen = [_seen(rule, _drawn(rule, student)) for student in range(_STUDENTS)]
    names, component = list(seen[0].given), rule.reference.components[k]
    right = {name: [each.is_right(name, k) for each in seen] for name in names}
    for name, times in right.items():
        text = f"{component}: its own misconception {name}"
        if all(times) and _shows_elsewhere(rule, name, k):
            yield f"{text} is another function there, and the probes cannot show it"
        elif any(times) and not all(times):
            yield f"{text} is right on all probes of {sum(times)} in {_STUDENTS} students"
    for one, other in combinations(names, 2):
        told = [each for each, *hidden in zip(seen, right[one], right[other], strict=True) if not any(hidden)]
        alike = sum(each.are_one(one, other, k) for each in told)
        if 0 < alike < len(told):
            text = f"{component}: its own misconceptions {one} and {other} give the same on all probes"
            yield f"{text} of {alike} in {_STUDENTS} students"


def _shows_elsewhere(rule: Declared, name: str, k: int) -> bool:
    """Whether an own misconception is another function in component k, on inputs unlike the probes."""
    if not hasattr(rule.reference, "axes"):
        return False  # of what was not derived nobody knows other inputs
    try:
        return not _seen(rule, unlike_the_probes(rule)).is_right(name, k)
    except (ValueError, ArithmeticError):  # of a function that is not defined there
        return False
