"""Whether the probes tell wrong formulas from the right one and from each other, whatever is drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from autograder.judging.comparison import TOLERANCE
from autograder.judging.rule import Separation
from autograder.rules.values.declared import Declared
from autograder.rules.values.diagnosis import mutants_of
from autograder.rules.values.domains import unlike_the_probes

# So many students' inputs are drawn.
_STUDENTS = 25
_PROOFS = {"proven": "as SymPy proves", "same": "wherever both were evaluated"}


def results(rule: Declared, function: Callable[..., Any], arguments: Sequence[Any]) -> tuple[np.ndarray, ...]:
    """What a function gives, one array for each component of the reference."""
    value = function(*arguments)
    several = value if len(rule.reference.components) > 1 else (value,)
    if len(several) != len(rule.reference.components):
        raise ValueError(f"it returns {len(several)} results of {len(rule.reference.components)}")
    return tuple(np.asarray(part, float) for part in several)


def separation(rule: Declared) -> Separation:
    """All that the probes cannot tell apart, though it is not the same function."""
    count, weak, notes = 0, [], []
    for k, component in enumerate(rule.reference.components):
        made = mutants_of(rule, k, pairs=False)
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


def undistinguished(rule: Declared, students: int = _STUDENTS) -> Iterator[str]:
    """The rubric's own misconceptions that some student's probes cannot tell from what is right, or apart."""
    missed: Counter[str] = Counter()
    for student in range(students):
        inputs = _drawn(rule, student)
        scale = [rule.reference.scale(*arguments) for arguments in inputs]
        with np.errstate(all="ignore"):
            right = [results(rule, rule.reference, arguments) for arguments in inputs]
            given = {
                own.name: [results(rule, own, arguments) for arguments in inputs]
                for own in rule.misconceptions
            }
            missed.update(
                f"its own misconception {name} is right on all probes"
                for name, wrong in given.items()
                if _same(wrong, right, scale)
            )
            missed.update(
                f"its own misconceptions {one} and {two} give the same on all probes"
                for (one, first), (two, second) in combinations(given.items(), 2)
                if _same(first, second, scale)
            )
    for text, times in missed.items():
        yield text if students == 1 else f"{text} of {times} in {students} students"


def _same(
    one: Sequence[Sequence[np.ndarray]], two: Sequence[Sequence[np.ndarray]], scale: Sequence[Sequence[float]]
) -> bool:
    """Whether two functions cannot be told apart on these inputs."""
    return all(
        a.shape == b.shape and bool(np.all(np.abs(a - b) <= TOLERANCE * size))
        for first, second, sizes in zip(one, two, scale, strict=True)
        for a, b, size in zip(first, second, sizes, strict=True)
    )
