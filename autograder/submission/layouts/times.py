"""Dates as platforms write them into names and lists; one that cannot be read is none."""

from __future__ import annotations

import re
from datetime import datetime

_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[ T_-](\d\d)[:-](\d\d)(?:[:-](\d\d))?(?:\.(\d{1,9}))?\s*(Z|UTC|[+-]\d\d:?\d\d)?"
)
_PLAIN = re.compile(r"(\d{4})(\d\d)(\d\d)_?(\d\d)(\d\d)(\d\d)")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NAMED = re.compile(
    r"(?:(?P<day>\d{1,2}) )?(?P<month>[A-Za-z]{3,9})[.,]? (?:(?P<day2>\d{1,2}), )?(?P<year>\d{4}) "
    r"(?P<hour>\d{1,2})(?P<minute>\d\d) (?P<half>[AP]M)"
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
    text = text.strip()[:60]
    try:
        if found := _ISO.match(text):
            year, month, day, hour, minute, second, _, zone = found.groups()
            offset = "+00:00" if zone in ("Z", "UTC") else zone or ""
            return datetime.fromisoformat(f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{offset}")
        if found := _PLAIN.match(text):
            year, month, day, hour, minute, second = map(int, found.groups())
            return datetime(year, month, day, hour, minute, second)
        if found := _NAMED.match(text):
            month = 1 + _MONTHS.index(found["month"][:3].lower())
            hour = int(found["hour"]) % 12 + 12 * (found["half"] == "PM")
            return datetime(
                int(found["year"]), month, int(found["day"] or found["day2"]), hour, int(found["minute"])
            )
    except (ValueError, TypeError):
        return None
    return None
