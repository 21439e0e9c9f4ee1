"""Points as a platform's file has them: plain decimals in the file's own decimal sign."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

# Canvas compares at two decimals, and no platform shows more.
_PLACES = Decimal("0.01")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)")
_SIGN = re.compile(r"\s*[+-]?\d*([.,])\d+\s*")


def rounded(points: float) -> Decimal:
    """Points to two decimals, halves up.

    Examples
    --------
    >>> rounded(2.125), rounded(0.1 + 0.2), rounded(45)
    (Decimal('2.13'), Decimal('0.30'), Decimal('45.00'))
    """
    return Decimal(repr(float(points))).quantize(_PLACES, ROUND_HALF_UP)


def written(points: Decimal, sign: str = ".") -> str:
    """Points as text: no thousands sign, no zeros that say nothing.

    Parameters
    ----------
    points
        As `rounded` gives them.
    sign
        The decimal sign, see `decimal_sign`.

    Examples
    --------
    >>> written(Decimal("37.50"), ","), written(Decimal("40.00")), written(Decimal("0.00"))
    ('37,5', '40', '0')
    """
    text = f"{points:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", sign)


def read(cell: str) -> Decimal | None:
    """The number in a cell, whichever decimal sign it has; None where it is no plain number.

    Examples
    --------
    >>> read(" 37,50 "), read("EX"), read("")
    (Decimal('37.50'), None, None)
    """
    cell = cell.strip()
    return Decimal(cell.replace(",", ".")) if _NUMBER.fullmatch(cell) else None


def decimal_sign(*columns: Iterable[str], delimiter: str = ",") -> str:
    """The decimal sign of a file.

    Parameters
    ----------
    columns
        Cells that may hold numbers, those that tell most first: the first column with a sign decides.
    delimiter
        What stands between cells. Where no number tells, a semicolon says that the comma is taken.
    """
    for cells in columns:
        signs = {found[1] for cell in cells if (found := _SIGN.fullmatch(cell))}
        if len(signs) == 1:
            return signs.pop()
    return "," if delimiter == ";" else "."
