"""What came back beside what is right, call by call."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from autograder.homework import Probe
from autograder.judging.comparison import Part, agree, close, take_apart
from autograder.judging.reference import Reference
from autograder.judging.trial import of_numpy_too
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

    @property
    def right(self) -> bool:
        """Whether all components are."""
        return all(map(self.holds, range(len(self.expected))))


def compare(
    probes: Sequence[Probe],
    reference: Reference,
    calls: Sequence[tuple[Any, ...]],
    outcomes: Sequence[Outcome],
) -> list[Answered]:
    """The outcomes of calls with what the probes drew, each beside the expected values.

    Parameters
    ----------
    probes
        Give each call its name.
    reference
        Gives the expected values.
    calls, outcomes
        What each probe drew, and what came back for it, in the same order.
    """
    return [
        compared_call(probe.name, arguments, outcome, reference)
        for probe, arguments, outcome in zip(probes, calls, outcomes, strict=True)
    ]


def compared_call(name: str, arguments: tuple[Any, ...], outcome: Outcome, reference: Reference) -> Answered:
    """One outcome beside the expected values.

    Parameters
    ----------
    name
        What is special about the inputs, as the student reads it.
    arguments
        Of the call, in the reference's order.
    outcome
        What came back; only `Returned` has parts to compare.
    reference
        Gives the expected values.
    """
    return Expected.of(name, arguments, reference).beside(outcome, reference)


@dataclass(frozen=True)
class Expected:
    """What is right for a call."""

    name: str
    arguments: tuple[Any, ...]
    values: tuple[Any, ...]
    scales: tuple[float, ...]

    @property
    def sent(self) -> tuple[Any, ...]:
        """The arguments as they are sent: a number of NumPy's is one there, too."""
        return of_numpy_too(self.arguments)

    @staticmethod
    def of(name: str, arguments: tuple[Any, ...], reference: Reference) -> Expected:
        """The same, computed.

        Parameters
        ----------
        name
            What is special about the inputs, as the student reads it.
        arguments
            Of the call, in the reference's order.
        reference
            Gives the expected values and their scales.
        """
        values = components_of(reference, reference(*arguments))
        return Expected(name, arguments, values, reference.scale(*arguments))

    def beside(self, outcome: Outcome, reference: Reference) -> Answered:
        """An outcome beside it.

        Parameters
        ----------
        outcome
            What came back; only `Returned` has parts to compare.
        reference
            The one that gave the expected values; it names the components.
        """
        parts: list[Part] = []
        if isinstance(outcome, Returned):
            parts = take_apart(outcome.value, self.values, reference.components)
        return Answered(self.name, self.arguments, outcome, self.values, self.scales, parts)


@dataclass(frozen=True)
class AllExpected:
    """What is right for many calls: nearly always all results are, and are compared at once."""

    calls: tuple[Expected, ...]

    @cached_property
    def sent(self) -> list[tuple[Any, ...]]:
        """The arguments of each call, as they are sent."""
        return [each.sent for each in self.calls]

    @cached_property
    def _shapes(self) -> list[list[tuple[int, ...]]]:
        return [[np.shape(value) for value in each.values] for each in self.calls]

    @cached_property
    def _values(self) -> np.ndarray:
        """All numbers in a row."""
        return _in_a_row(np.ravel(value) for each in self.calls for value in each.values)

    @cached_property
    def _scales(self) -> np.ndarray:
        """That of each number."""
        pairs = [pair for each in self.calls for pair in zip(each.values, each.scales, strict=True)]
        return _in_a_row(np.full(np.size(value), scale) for value, scale in pairs)

    def are(self, outcomes: Sequence[Outcome]) -> bool:
        """Whether all results are right, come just as they are asked for, and nothing was seen beside them.

        Parameters
        ----------
        outcomes
            What came back, in the order of the calls.
        """
        came, at = np.empty(len(self._values)), 0
        for shapes, outcome in zip(self._shapes, outcomes, strict=True):
            if not isinstance(outcome, Returned) or outcome.is_notable:
                return False
            value = outcome.value
            if len(shapes) == 1:
                value = (value,)
            elif type(value) is not tuple or len(value) != len(shapes):
                return False
            for part, shape in zip(value, shapes, strict=True):
                if type(part) is float and not shape:
                    came[at] = part
                    at += 1
                elif type(part) is np.ndarray and part.dtype == np.float64 and part.shape == shape:
                    came[at : at + part.size] = part.ravel()
                    at += part.size
                else:
                    return False
        return close(came, self._values, self._scales)


def _in_a_row(parts: Iterable[np.ndarray]) -> np.ndarray:
    return np.concatenate([np.empty(0), *parts])


def components_of(reference: Reference, value: Any) -> tuple[Any, ...]:
    """A result as a tuple of its components.

    Parameters
    ----------
    reference
        Says how many components there are.
    value
        What the reference, or a function that stands in for it, returned: a tuple where there are several.
    """
    return value if len(reference.components) > 1 else (value,)
