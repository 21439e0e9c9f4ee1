"""Simulated right and wrong behaviour beside what came back: what judges of whole loops share."""

from __future__ import annotations

NO_VALUES = "No curve: the function gives no values."


def same_curve(title: str) -> str:
    """The student's curve is right."""
    return f"{title}: the curve is the reference's."


def loss_ends(ours: str, reference: str) -> str:
    """Where two curves of a loss end."""
    return f"your loss ends at {ours}, the reference's at {reference}"
