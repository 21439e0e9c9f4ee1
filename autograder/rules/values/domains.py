"""Inputs of the same kind as a rule's probes, but of other sizes: what hides behind a probe's shape shows."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.rules.values.declared import Declared

_SIZES = {"i": 9, "j": 4, "k": 5}
_SAMPLES = 6


def unlike_the_probes(rule: Declared) -> list[tuple[Any, ...]]:
    """Arguments of a reference that SymPy derived, each of the kind that the probes draw for it.

    Zeros and ones stay zeros and ones, counts stay counts, what is positive or between 0 and 1 stays so.
    """
    random = np.random.default_rng(11)
    drawn = [probe.draw(random) for _ in range(5) for probe in rule.probes]
    arguments = rule.reference.program.arguments  # type: ignore[attr-defined]
    samples = []
    for _ in range(_SAMPLES):
        sample = []
        for place, argument in enumerate(arguments):
            seen = [each[place] for each in drawn if place < len(each)]
            axes = [str(index) for index in getattr(argument.symbol, "indices", ())]
            shape = tuple(_SIZES[axis] for axis in axes) or np.shape(seen[0])
            sample.append(_another(seen, shape, random))
        samples.append(tuple(sample))
    return samples


def _another(seen: list[Any], shape: tuple[int, ...], random: np.random.Generator) -> Any:
    values = np.concatenate([np.ravel(each) for each in seen])
    low, high = values.min(), values.max()
    if set(np.unique(values)) <= {0, 1}:
        made = random.integers(0, 2, shape).astype(float)
    elif all(isinstance(each, int) for each in seen):
        return int(random.integers(low, high + 1))
    elif low >= 0:
        made = random.uniform(0.02, 0.98 if high < 1 else high, shape)
    else:
        made = random.normal(size=shape) * max(1.0, float(np.abs(values).mean()))
    return made if shape else float(made)
