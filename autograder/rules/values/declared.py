"""What a rubric declares of an exercise whose values are compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from autograder.homework import Curve, Probe
from autograder.judging.misconception import Misconception
from autograder.judging.reference import Reference


@dataclass(frozen=True)
class Declared:
    """The fields of the rule `Values`.

    Parameters
    ----------
    reference
        What is right.
    probes
        Ordinary inputs.
    edges
        Special ones, which count only where the ordinary ones are right.
    refused
        Inputs for which a ValueError must be raised; they count with the edges.
    misconceptions
        The exercise's own, beside those that any formula can have.
    curve
        A learning curve with the function in the loop.
    quiet
        For functions whose contract rules NumPy's warnings out: one costs the points for form.
    titles
        Component → its name as students read it, where the component's own name says too little.
    """

    reference: Reference
    probes: tuple[Probe, ...]
    edges: tuple[Probe, ...] = ()
    refused: tuple[Probe, ...] = ()
    misconceptions: tuple[Misconception, ...] = ()
    curve: Curve | None = None
    quiet: bool = False
    titles: Mapping[str, str] = field(default_factory=dict, hash=False)
