"""Canvas: ``doejane_LATE_4711_98765_derivatives.ipynb``, all files beside each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable

from autograder.submission.layouts.found import Attempt, Claim, Found, Layout, Owner, Says, by_names
from autograder.submission.listing import Listing
from autograder.submission.opening import Parts

# The number before the attachment's is the user's; a classic quiz has its question's in between.
_FORM = (
    r"(?:(?!LATE_)(?P<name>{name})_)?(?:(?P<late>LATE)_)?(?:(?P<user>\d+)|anon_(?P<anon>[A-Za-z0-9]+))_"
    r"(?:(?:question_\d+_)?(?P<attachment>\d+)_(?P<file>.+)|(?P<kind>text|link)\.html)"
)
_FILE = re.compile(_FORM.format(name=".*?"), re.DOTALL)
# A name may end in a number itself, as that of a group: team_3_4711_98765_hw1.py.
_NUMBERED = re.compile(_FORM.format(name=r".*?\d"), re.DOTALL)
_NEW_QUIZ = re.compile(r"(?P<user>\d+)_(?P<name>[^\d_][^_]*)_(?P<file>[^_].*\.[A-Za-z]+)", re.DOTALL)
# An upload again under the same name: hw1-2.ipynb.
_AGAIN = re.compile(r"-\d+(?=\.\w+\Z)")
# A download that was unpacked twice into one folder: hw1 (1).py, hw1 copy.py, hw1 2.py.
_COPY = re.compile(r"(?: \(\d{1,3}\)| copy(?: \d{1,3})?| \d{1,2})(?=\.\w+\Z)")
# Attachments are numbered over all courses of a school: smaller numbers are somebody's own.
_FEW = 1000
_SMALL = 3  # digits

Match = Callable[[str], re.Match[str] | None]


def _has_a_small_user(name: str) -> bool:
    """Whether the number after the name is that of a group rather than a user, whose own follows."""
    first, second = _FILE.fullmatch(name), _NUMBERED.fullmatch(name)
    if not (first and second and first["user"] and second["user"]):
        return False
    return len(first["user"]) <= _SMALL < len(second["user"])


def _numbered(name: str) -> re.Match[str] | None:
    return _NUMBERED.fullmatch(name) or _FILE.fullmatch(name)


def _read(listing: Listing) -> Found | None:
    names_end_in_numbers = any(map(_has_a_small_user, listing.tops))
    for match in (_numbered,) if names_end_in_numbers else (_FILE.fullmatch, _numbered):
        found = [m for m in map(match, listing.tops) if m]
        if found and (listing.asked or _are_canvas_s(found)) and not _are_one_homework_s(found, listing):
            return by_names(listing, _claimed_by(match))
    return by_names(listing, _quiz) if _name_one_user_each(listing) else None


def _are_canvas_s(found: Iterable[re.Match[str]]) -> bool:
    """Whether numbers behave as Canvas's: an attachment is one file's, and a user has one name."""
    files = {(m["user"], m["attachment"], _COPY.sub("", m["file"])) for m in found if m["attachment"]}
    attachments = [attachment for _, attachment, _ in files]
    names: dict[str, set[str]] = defaultdict(set)
    for m in found:
        names[m["user"] or m["anon"]].add(m["name"] or "")
    dates = any(m["user"] and m["attachment"] and _is_a_date(m["user"], m["attachment"]) for m in found)
    return (
        not dates
        and len(set(attachments)) == len(attachments)
        and all(len(number) < 30 and int(number) >= _FEW for number in attachments)
        and all(len(several) == 1 for several in names.values())
    )


def _is_a_date(year: str, day: str) -> bool:
    return len(year) == 4 and year[:2] in ("19", "20") and len(day) <= 4 and int(day) <= 1231


def _are_one_homework_s(found: Iterable[re.Match[str]], listing: Listing) -> bool:
    """Whether it is the homework that stands in the name's place: ``derivatives_4_2024_ada.py``."""
    names = {(m["name"] or "").casefold() for m in found}
    own = listing.wanted.folded
    return len(names) == 1 and any(name in (own, own.replace("_", "")) for name in names)


def _claimed_by(match: Match) -> Callable[[Parts], Says]:
    def claim(path: Parts) -> Says:
        found = match(path[0]) if len(path) == 1 else None
        if found is None:
            return None
        user, name = found["user"] or found["anon"], found["name"] or ""
        owner = Owner(f"{name}_{user}" if name else user, name, (user,))
        file = _AGAIN.sub("", found["file"] or f"{found['kind']}.html")
        return Claim(owner, Attempt(late=bool(found["late"])), (file,), given_name=True)

    return claim


def _name_one_user_each(listing: Listing) -> bool:
    """Whether files may come from the other kind of quiz: ``4711_doejane_derivatives.ipynb``."""
    names: dict[str, set[str]] = defaultdict(set)
    for found in map(_NEW_QUIZ.fullmatch, listing.tops):
        if found:
            names[found["user"]].add(found["name"])
    return all(len(several) == 1 for several in names.values())


def _quiz(path: Parts) -> Says:
    found = _NEW_QUIZ.fullmatch(path[0]) if len(path) == 1 else None
    if found is None:
        return None
    owner = Owner(f"{found['name']}_{found['user']}", found["name"], (found["user"],))
    return Claim(owner, Attempt(), (_AGAIN.sub("", found["file"]),), given_name=True)


LAYOUT = Layout("canvas", "Canvas download", _read)
