"""What the kit's check compares with: inputs of the same kinds, drawn from a seed that everybody may know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from autograder.homework import Probe
from autograder.judging.reference import Reference
from autograder.judging.trial import Task
from autograder.kit.published import WORKED

_PUBLIC_SEED = 2026


def public_examples(
    reference: Reference, kinds: Mapping[str, tuple[Probe, ...]], edges: Sequence[Probe], task: Task
) -> dict[str, Any]:
    """The worked example first, then one input for each probe, with the right word.

    Parameters
    ----------
    reference
        Takes the arguments of a probe, and returns the right word.
    kinds
        Check → its probes.
    edges
        Probes of special inputs.
    task
        The exercise; it may have no worked example.
    """
    random = np.random.default_rng(_PUBLIC_SEED)
    named = [(kind, probe) for kind in kinds for probe in kinds[kind]] + [("", probe) for probe in edges]
    drawn = [(kind, probe.name, probe.draw(random)) for kind, probe in named]
    worked = [(next(iter(kinds)), WORKED, task.example)] if task.example else []
    return {
        "examples": [
            {
                "kind": kind,
                "name": name,
                "arguments": [np.asarray(argument).tolist() for argument in arguments],
                "expected": reference(*arguments),
            }
            for kind, name, arguments in [*worked, *drawn]
        ]
    }
