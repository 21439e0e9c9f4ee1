"""What a rubric declares of an exercise whose values are compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from autograder.homework import Curve, Probe
from autograder.judging.misconception import Misconception
from autograder.judging.reference import Reference
from autograder.rules.values.axes import in_order
from autograder.rules.values.probes import sized


@dataclass(frozen=True, eq=False)  # what is known of a rule is kept by its identity
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
    special
        Misconceptions that show on special inputs alone: where the ordinary ones are right. Several functions
        may have one name.
    derived
        For a derivative that is to be derived: a difference quotient is told as such, and loses the points
        of the values, but for the share that the exercise's ``credit`` says.
    again
        Further inputs for a function that is wrong: what is wrong with it is told only where it explains
        these, too.
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
    special: tuple[Misconception, ...] = ()
    derived: bool = False
    again: tuple[Probe, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        """Name the probes after what the reference's arguments run over."""
        nouns = [(index.noun, index.plural) for index in in_order(self.reference)]
        for field_ in ("probes", "edges", "refused"):
            named = (_named(probe, nouns) for probe in getattr(self, field_))
            object.__setattr__(self, field_, tuple(named))


def _named(probe: Probe, nouns: Sequence[tuple[str, str]]) -> Probe:
    """A probe that is named after its shape, in the words for its axes; any other as it is."""
    if not probe.shape or len(nouns) < len(probe.shape):
        return probe
    return replace(probe, name=sized(probe.shape, nouns))
