"""What judge and check of `Labels` both say."""

from __future__ import annotations

from collections.abc import Iterable


def not_a_word(found: str, known: Iterable[str]) -> str:
    """Something other than one of the words came back."""
    return f"it returned {found}; expected one of {', '.join(map(repr, sorted(set(known))))}"


def another_word(got: str, kind: str) -> str:
    """A word came back that is wrong here."""
    return f"it returned {got!r} for {kind}"
