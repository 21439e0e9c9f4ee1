"""Expressions as one line of plain text, for instructors and for error messages."""

from __future__ import annotations

from symbolic_checks.language import Expr

_SIGNS = (
    ("\\hat{y}", "ŷ"),
    ("\\hat{m}", "m̂"),
    ("\\hat{s}", "ŝ"),
    ("lam", "λ"),
    ("eta", "η"),
)
_LONGEST = 300


def written(expression: Expr) -> str:
    """An expression as an instructor reads it, in one line of plain text.

    >>> from symbolic_checks.lecture import X, i, j, lam, y
    >>> written(X[i, j] * (lam - y[i]))
    '(λ - y[i])*X[i, j]'
    """
    text = str(expression)
    for letters, sign in _SIGNS:
        text = text.replace(letters, sign)
    return text.replace("\\", "")


def shortened(expression: Expr) -> str:
    """The same for a message: σ for its name, and no more than a few lines."""
    text = written(expression).replace("Sigma(", "σ(")
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} … ({len(text)} letters)"
