"""What came back beside what is right, call by call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from autograder.homework import Probe
from autograder.judging.comparison import Part, agree, take_apart
from autograder.judging.reference import Reference
from autograder.sandbox.host import Outcome, Returned


@dataclass(frozen=True)
class Answered:
    """One probe's outcome beside the expected values."""

    name: str
    arguments: tuple[Any, ...]
    outcome: Outcome
    expected: tuple[Any, ...]
    scales: tuple[float, ...]
    parts: list[Part]

    def holds(self, component: int) -> bool:
        """Whether a component is right."""
        return bool(self.parts) and agree(
            self.parts[component], self.expected[component], self.scales[component]
        )


def compare(
    probes: Sequence[Probe],
    reference: Reference,
    calls: Sequence[tuple[Any, ...]],
    outcomes: Sequence[Outcome],
) -> list[Answered]:
    """The outcomes of calls with what the probes drew, each beside the expected values."""
    return [
        compared_call(probe.name, arguments, outcome, reference)
        for probe, arguments, outcome in zip(probes, calls, outcomes, strict=True)
    ]


def compared_call(name: str, arguments: tuple[Any, ...], outcome: Outcome, reference: Reference) -> Answered:
    """One outcome beside the expected values."""
    expected = components_of(reference, reference(*arguments))
    parts = take_apart(outcome.value, expected, reference.components) if isinstance(outcome, Returned) else []
    return Answered(name, arguments, outcome, expected, reference.scale(*arguments), parts)


def components_of(reference: Reference, value: Any) -> tuple[Any, ...]:
    """A result as a tuple of its components."""
    return value if len(reference.components) > 1 else (value,)
