"""Strangers' text and grades' numbers, made fit to be printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import normalize

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
# Letters of Persian, Hindi, Sinhala and others are written with (non-)joiners, and emoji; CJK has a space.
_OF_NAMES = "\u200c\u200d\u3000"
_OF_A_PAGE = "\n\t\u00a0\u202f"  # line break, tab, two hard spaces


def printable(text: str, keep: str = "") -> str:
    """Write characters that steer a terminal, hide, or reorder the text as escapes; names in any script stay.

    Parameters
    ----------
    text
        Anything, lone surrogates included.
    keep
        Unprintable characters that may stay.

    Examples
    --------
    >>> printable("al\\x1b[31mice")
    'al\\\\x1b[31mice'
    """
    if text.isprintable():
        return text
    return "".join(
        c
        if c.isprintable() or c in _OF_NAMES or c in keep
        else c.encode("unicode_escape", "surrogatepass").decode("ascii")
        for c in text
    )


def printable_lines(text: str, limit: int = 8_000) -> str:
    """`printable` for text of several lines, as programs print it: colours go, line breaks stay.

    Parameters
    ----------
    text
        Anything.
    limit
        Characters after which the text is cut, with a word that it was.
    """
    cut = text[:limit]
    cut = _COLOUR.sub("", cut).replace("\r\n", "\n").replace("\r", "\n")
    more = f"\n… ({len(text) - limit} more characters)" if len(text) > limit else ""
    return printable(cut, keep=_OF_A_PAGE) + more


def shortened(text: str, most: int = 300) -> str:
    """A text without blank lines, and without its middle where it is longer than somebody would read.

    Parameters
    ----------
    text
        Anything, such as what an exception says.
    most
        Characters that are kept: three quarters of them from the beginning.

    Examples
    --------
    >>> shortened("abcdefghij", 4), shortened("abcd", 4)
    ('abc … (6 more characters) … j', 'abcd')
    """
    if "\n" in text:
        text = "\n".join(line for line in text.split("\n") if line.strip())
    if len(text) <= most:
        return text
    end = most // 4
    begin = most - end
    return f"{text[:begin]} … ({len(text) - most} more characters) … {text[len(text) - end :]}"


def folded(name: str) -> str:
    """A name without what people do not tell apart: capitals, and how accents are stored.

    Examples
    --------
    >>> folded("Jose\u0301") == folded("JOS\u00c9")
    True
    """
    return normalize("NFC", normalize("NFC", name).casefold())


def number(value: float) -> str:
    """Points without the noise of floating point.

    Examples
    --------
    >>> number(3.0), number(0.1 + 0.2), number(2.5), number(-0.0)
    ('3', '0.3', '2.5', '0')
    """
    rounded = f"{value:.4f}"
    if "." in rounded:
        rounded = rounded.rstrip("0").rstrip(".")
    return "0" if rounded == "-0" else rounded


def listed(names: Sequence[str], most: int) -> str:
    """Names for a sentence, and how many more there are.

    Parameters
    ----------
    names
        All of them, in the order in which they are named.
    most
        How many are named.

    Examples
    --------
    >>> listed(["a", "b"], 2), listed(["a", "b", "c"], 1)
    ('a, b', 'a and 2 more')
    """
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")
