"""What a homework's references rest on: derivations, proven anew, and functions that are measured."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.errors import HomeworkError
from autograder.homework import Exercise

_DRAWS = 3
_SEED = 2026


def derived(reference: Any) -> bool:
    """Whether what is right was derived; otherwise an instructor declared it."""
    return bool(getattr(reference, "derived", False))


def prove(exercise: Exercise) -> int:
    """Prove all derivations behind an exercise, and measure declared gradients on its ordinary inputs.

    Returns
    -------
    int
        How many derivations there are.

    Raises
    ------
    HomeworkError
        When one does not hold, with the sentence that says which.
    """
    from symbolic_checks.errors import SymbolicError

    references: tuple[Any, ...] = exercise.rule.references()
    derivations = [d for reference in references for d in getattr(reference, "derivations", ())]
    try:
        for derivation in derivations:
            derivation.prove()
        for reference in references:
            if not derived(reference) and getattr(reference, "loss", None) is not None:
                reference.verify(_samples(exercise))
    except SymbolicError as error:
        raise HomeworkError(f"{exercise.function}: {error}") from None
    return len(derivations)


def _samples(exercise: Exercise) -> list[tuple[Any, ...]]:
    """Ordinary inputs of the exercise, as students get them."""
    random = np.random.default_rng(_SEED)
    ordinary = [given for given in exercise.rule.inputs() if given.kind == "ordinary"]
    return [given.draw(random) for _ in range(_DRAWS) for given in ordinary]


def not_derived(exercise: Exercise) -> bool:
    """Whether it has a reference that an instructor declared."""
    return not all(map(derived, exercise.rule.references()))
