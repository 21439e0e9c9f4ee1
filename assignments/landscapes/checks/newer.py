"""Syntax of a newer Python than the one that grades: a sentence that says so."""

from __future__ import annotations

import re
import sys

# What a line with a syntax error holds, or the error says, and the Python that reads it.
_SIGNS: tuple[tuple[tuple[int, int], re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (version, re.compile(line), re.compile(error))
    for version, line, error in (
        ((3, 12), r"^\s*(?:async\s+)?(?:def|class)\s+\w+\s*\[", r""),
        ((3, 12), r"^\s*type\s+\w+\s*(?:\[.*\]\s*)?=", r""),
        ((3, 12), r"(?i)\b(?:rf|fr|f)['\"]", r"f-string|untermin|unmatched|never closed|forgot a comma"),
        ((3, 13), r"^\s*(?:def|class|type)\s+\w+\s*\[[^\]]*=", r""),
        ((3, 14), r"^\s*except\*?\s+[A-Z][\w.]*(?:\s*,\s*[A-Z][\w.]*)+\s*:", r"parenthesized|syntax"),
        ((3, 14), r"(?i)(?<![\w])(?:rt|tr|t)['\"]", r"syntax"),
        ((3, 15), r"^\s*lazy\s+(?:import|from)\s", r"syntax"),
    )
)  # fmt: skip


def needed(line: str, error: str, running: tuple[int, ...] = tuple(sys.version_info[:2])) -> str:
    """What is said of a line that this Python cannot read and a newer one can; empty if there is no sign.

    >>> needed("type Vector = list[float]", "invalid syntax", (3, 11))
    'this needs Python 3.12 or newer, and it is run with Python 3.11'
    >>> needed("print 'x'", "invalid syntax", (3, 11))
    ''
    """
    found = [
        version
        for version, of_line, of_error in _SIGNS
        if version > tuple(running[:2]) and of_line.search(line) and of_error.search(error)
    ]
    if not found:
        return ""
    wanted, here = max(found), running
    return (
        f"this needs Python {wanted[0]}.{wanted[1]} or newer, and it is run with Python {here[0]}.{here[1]}"
    )
