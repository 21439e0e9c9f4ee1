"""What judge and check of `Labels` both say."""

from __future__ import annotations

from collections.abc import Iterable


def not_a_word(found: str, known: Iterable[str]) -> str:
    """Something other than one of the words came back.

    Parameters
    ----------
    found
        What came back, in words.
    known
        The words that may come, in any order.
    """
    return f"it returned {found}; expected one of {', '.join(map(repr, sorted(set(known))))}"


def another_word(got: str, kind: str) -> str:
    """A word came back that is wrong here.

    Parameters
    ----------
    got
        The word that came back.
    kind
        The name of the input.
    """
    return f"it returned {got!r} for {kind}"
