"""Dates as platforms write them into names and lists; one that cannot be read is none."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[ T_-](\d\d)[:-]?(\d\d)(?:[:-](\d\d))?(?:\.(\d{1,9}))?\s*(Z|UTC|[+-]\d\d:?\d\d)?"
)
_PLAIN = re.compile(r"(\d{4})(\d\d)(\d\d)_?(\d\d)(\d\d)(\d\d)")
_MONTHS = [
    "jan january januar janvier janv enero ene", "feb february februar février févr fév febrero",
    "mar march märz mär mars marzo", "apr april avril avr abril abr", "may mai mayo",
    "jun june juni juin junio", "jul july juli juillet juil julio", "aug august août agosto ago",
    "sep sept september septembre septiembre", "oct october okt oktober octobre octubre",
    "nov november novembre noviembre", "dec december dez dezember déc décembre dic diciembre",
]  # fmt: skip
_MONTH = {word: number for number, words in enumerate(_MONTHS, start=1) for word in words.split()}
_NAMED = re.compile(
    r"(?:(?P<day>\d{1,2})\.? (?:de )?)?(?P<month>[^\W\d]{3,10})[.,]? (?:de )?(?:(?P<day2>\d{1,2}), )?"
    r"(?P<year>\d{4}) (?P<hour>\d{1,2})(?P<minute>\d\d)(?!\d)(?: (?P<half>[AP]M))?"
)


def moment(text: str) -> datetime | None:
    """The date in a text; without an offset it is on the platform's own clock.

    Examples
    --------
    >>> moment("2024-09-10 23:59:59.123456000 -07:00").isoformat()
    '2024-09-10T23:59:59-07:00'
    >>> moment("20240910_235959").isoformat(), moment("Sep 24, 2024 926 PM").isoformat()
    ('2024-09-10T23:59:59', '2024-09-24T21:26:00')
    """
    text = unicodedata.normalize("NFC", text[:100]).strip()[:60]
    try:
        if found := _ISO.match(text):
            year, month, day, hour, minute, second, _, zone = found.groups()
            offset = "+00:00" if zone in ("Z", "UTC") else zone or ""
            return datetime.fromisoformat(f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{offset}")
        if found := _PLAIN.match(text):
            year, month, day, hour, minute, second = map(int, found.groups())
            return datetime(year, month, day, hour, minute, second)
        if found := _NAMED.match(text):
            month, hour = _MONTH[found["month"].lower()], int(found["hour"])
            if found["half"]:
                hour = hour % 12 + 12 * (found["half"] == "PM")
            return datetime(
                int(found["year"]), month, int(found["day"] or found["day2"]), hour, int(found["minute"])
            )
    except (ValueError, TypeError, KeyError):
        return None
    return None
