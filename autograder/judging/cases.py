"""Simulated right and wrong behaviour beside what came back: what judges of whole loops share."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import numpy as np

from autograder.judging.comparison import Part, close, take_apart
from autograder.judging.sentences import sentence
from autograder.judging.trial import Finding, failure
from autograder.sandbox.host import Outcome, Returned

NO_VALUES = "No curve: the function gives no values."
# More steps than Python's recursion limit has levels: who calls itself at every step fails. It is always
# asked, since only the process itself could say whether it needs to be.
MANY = 1050


class Case(Protocol):
    """A call of the student's function."""

    @property
    def name(self) -> str:
        """What it is called with, as in "with no step at all"."""


def parts_of(outcome: Outcome, expected: Sequence[Any], names: Sequence[str]) -> list[Part]:
    """The components of what came back; none where nothing did.

    Parameters
    ----------
    outcome
        Of the student's function.
    expected
        What is right, a value for each component.
    names
        Of the components; the only name of a single result is not printed.
    """
    return take_apart(outcome.value, expected, names) if isinstance(outcome, Returned) else []


def same(part: Part, expected: Any) -> bool:
    """Whether a component is what is expected, relative to its largest number.

    Parameters
    ----------
    part
        What came back.
    expected
        The right numbers, in the component's shape.
    """
    if part.values is None:
        return False
    wanted = np.asarray(expected, float)
    return close(part.values, wanted, 1 + float(np.abs(wanted).max(initial=0.0)))


def came_back(outcome: Outcome, expected: Sequence[Any], names: Sequence[str]) -> bool:
    """Whether all components are what a simulation, a right or a wrong one, leads to.

    Parameters
    ----------
    outcome
        Of the student's function.
    expected
        What the simulation gives, a value for each component.
    names
        Of the components; the only name of a single result is not printed.
    """
    parts = parts_of(outcome, expected, names)
    return bool(parts) and all(same(part, wanted) for part, wanted in zip(parts, expected, strict=True))


def the_only(fits: Iterable[tuple[str, str]]) -> tuple[str | None, str]:
    """The name and the sentence of the mistake that explains everything, if exactly one does."""
    found = list(fits)
    return found[0] if len(found) == 1 else (None, "")


def seen_with(name: str, text: str) -> str:
    """What was seen in a call, as a sentence.

    Parameters
    ----------
    name
        What the function was called with, as in "no step at all".
    text
        What was seen; its full stop may be missing.
    """
    return sentence(f"With {name}: {text}")


def failed(name: str, outcome: Outcome) -> Finding:
    """Nothing came back that can be judged.

    Parameters
    ----------
    name
        What the function was called with, as in "no step at all".
    outcome
        Of the call; any but `Returned`.
    """
    return Finding(False, seen_with(name, failure(outcome)), fault=outcome)


def right_with(cases: Sequence[Case]) -> Finding:
    """Everything is right in these cases."""
    return Finding(True, f"Right with {', '.join(case.name for case in cases)}.")


def to_draw(outcome: Outcome, parts: Sequence[Part], k: int = 0) -> np.ndarray | Finding:
    """The numbers of component k, which make a curve, or the finding that says why there is none.

    Parameters
    ----------
    outcome
        Of the call whose result is drawn.
    parts
        The components of that result; looked at only where one came back.
    k
        Counted from 0.
    """
    if not isinstance(outcome, Returned):
        return Finding(False, sentence(f"No curve: {failure(outcome)}"), fault=outcome)
    values = parts[k].values
    return Finding(False, sentence(f"No curve: {parts[k].problem}")) if values is None else values


def drawn(values: Iterable[Any]) -> list[float | None]:
    """The points of a curve; None where it leaves the range of numbers."""
    return [float(value) if math.isfinite(value) else None for value in values]


def same_curve(title: str) -> str:
    """The student's curve is right."""
    return f"{title}: the curve is the reference's."


def loss_ends(ours: str, reference: str) -> str:
    """Where two curves of a loss end.

    Parameters
    ----------
    ours, reference
        The last loss of the student's curve and of the reference's, as text.
    """
    return f"your loss ends at {ours}, the reference's at {reference}"
