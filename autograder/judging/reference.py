"""What is right: a function that results are compared with."""

from __future__ import annotations

from typing import Any, Protocol


class Reference(Protocol):
    """What SymPy derived, or an instructor declared, as a NumPy function (`symbolic_checks.reference`)."""

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the arguments, as the contract with the students writes them."""

    @property
    def required(self) -> tuple[str, ...]:
        """Names of those that have no default."""

    @property
    def components(self) -> tuple[str, ...]:
        """Names of the results in order, such as ``("dw", "db")``; one name for a single result."""

    def __hash__(self) -> int:
        """By identity: references are cached with."""

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """The right result: one value, or a tuple with one value a component."""

    def scale(self, *arguments: Any) -> tuple[float, ...]:
        """For each component the size of the terms it is summed from; rounding errors are relative to it."""
