"""What is known of a reference without its expressions, so that it can be kept for later runs."""

from __future__ import annotations

import msgspec

from symbolic_checks.axis import Axis


class Facts(msgspec.Struct, frozen=True):
    """All that judging asks a derived reference for, beside its values.

    Parameters
    ----------
    name
        What it is, in words.
    components
        Names of the results in order; ``("value",)`` for a single one.
    parameters, required
        Names of the arguments in the student's order, and of those that may not be left out.
    axes
        What the axes of each argument run over.
    result_axes
        The same of each component, by letters.
    by
        For each component the place of the argument that it is the derivative by; None where it is none.
    is_derived
        Whether something was derived; otherwise it is only defined.
    of_data
        Whether it was derived from a loss of more than two arguments.
    of_squares
        Whether a square is in what it was made from.
    has_exponentials
        Whether large numbers leave the range of floats on the way.
    """

    name: str
    components: tuple[str, ...]
    parameters: tuple[str, ...]
    required: tuple[str, ...]
    axes: tuple[tuple[Axis, ...], ...]
    result_axes: tuple[tuple[str, ...], ...]
    by: tuple[int | None, ...]
    is_derived: bool
    of_data: bool
    of_squares: bool
    has_exponentials: bool


class Remembered(msgspec.Struct, frozen=True):
    """One reference: what is known of it, and the source of the functions of its values and its scales."""

    facts: Facts
    value: str
    scale: str
