"""Names of students as names of files: safe on any system, and no two the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256

MAX_SLUG = 100
# Windows' device names
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def slugs_of(names: Sequence[str], others: Collection[str] = ()) -> dict[str, str]:
    """For every name a file name that no other has, and none of some `others`.

    It depends on the name alone, except where two names would be one file: a report is found again when
    other students come or go.

    Parameters
    ----------
    names
        Any texts; those that come first have the choice.
    others
        File names that are taken; case does not count.
    """
    taken = {slug.casefold() for slug in others}
    slugs: dict[str, str] = {}
    for name in names:
        slug = next(slug for slug in _possible_slugs(name) if slug.casefold() not in taken)
        taken.add(slug.casefold())
        slugs[name] = slug
    return slugs


def _possible_slugs(name: str) -> Iterator[str]:
    text = unicodedata.normalize("NFKC", name)
    plain = "".join(c if c.isalnum() or c in "._-" else "_" for c in text).strip("._-")
    if plain and plain == _cut(plain, MAX_SLUG) and not _RESERVED.fullmatch(plain):
        yield plain
    mark = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
    for length in range(8, len(mark) + 1):
        yield f"{_cut(plain, MAX_SLUG - 1 - length) or 'student'}-{mark[:length]}"


def _cut(text: str, size: int) -> str:
    return text.encode()[:size].decode(errors="ignore").rstrip("._-")
