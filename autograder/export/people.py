"""Who is who: people with marks and rows of a platform's file, by numbers and logins, never by names."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.export.gradefile import GradeLine
from autograder.ledger.rows import Participant
from autograder.printable import printable
from autograder.report import Report


@dataclass(frozen=True)
class Graded:
    """Somebody's mark on its way out; no report where nothing was handed in.

    ``unread`` says that nobody could read what was handed in: there is a page, and no mark until somebody
    decides.
    """

    member: Participant
    report: Report | None = None
    unread: bool = False


@dataclass(frozen=True)
class Paired:
    """Who is who.

    Parameters
    ----------
    pairs
        People with their rows.
    lost
        People without one, each with the reason.
    alone
        Rows that are nobody's.
    """

    pairs: tuple[tuple[Graded, GradeLine], ...]
    lost: tuple[tuple[Graded, str], ...]
    alone: tuple[GradeLine, ...]

    @property
    def unknown(self) -> list[str]:
        """Rows that are nobody's, and of people who may have marks, as they are shown."""
        return [printable(line.shown) for line in self.alone if not line.locked]


def paired(people: Sequence[Graded], lines: Sequence[GradeLine], *, own: bool) -> Paired:
    """Find each person's row by a number or login, letter by letter.

    Parameters
    ----------
    people, lines
        Both sides.
    own
        Whether people were handed in by the same platform: then their first number is the platform's own, and
        decides. Else a number may be of any kind, and must fit one row only.
    """
    first, every = _indexed(lines)
    found: list[tuple[Graded, GradeLine]] = []
    lost: list[tuple[Graded, str]] = []
    for person in people:
        rows = _rows(person.member, first, every, own)
        reason = _doubt(person.member, rows, own) if rows else _unknown(person.member, every)
        if reason:
            lost.append((person, reason))
        else:
            found.append((person, rows[0]))
    claimed: dict[int, list[Graded]] = defaultdict(list)
    for person, line in found:
        claimed[line.row].append(person)
    pairs = tuple((person, line) for person, line in found if len(claimed[line.row]) == 1)
    for several in claimed.values():
        if len(several) > 1:
            names = " and ".join(person.member.student for person in several)
            lost += [(person, f"{names} have the same row") for person in several]
    known = {line.row for _, line in pairs}
    return Paired(pairs, tuple(lost), tuple(line for line in lines if line.row not in known))


_Index = dict[str, list[GradeLine]]


def _indexed(lines: Sequence[GradeLine]) -> tuple[_Index, _Index]:
    """The rows by the platform's own id, and by any."""
    first: _Index = defaultdict(list)
    every: _Index = defaultdict(list)
    for line in lines:
        for number, each in enumerate(dict.fromkeys(line.ids)):
            if each:
                every[each].append(line)
                if number == 0:
                    first[each].append(line)
    return first, every


def _rows(member: Participant, first: _Index, every: _Index, own: bool) -> list[GradeLine]:
    if own and member.ids and (rows := first.get(member.ids[0])):
        return rows
    found = {line.row: line for each in member.ids for line in every.get(each, ())}
    return list(found.values())


def _doubt(member: Participant, rows: Sequence[GradeLine], own: bool) -> str:
    """Why these rows are not taken; empty where there is one, and nothing speaks against it."""
    if len(rows) > 1:
        shown = " and ".join(printable(line.shown) for line in rows[:3])
        return f"the file has {len(rows)} rows for these numbers: {shown}"
    name = _name(member, own)
    if name and rows[0].name and not _related(name, rows[0].name, strict=own):
        return f"the number is in the file, but is that of {printable(rows[0].name)}"
    return ""


def _name(member: Participant, own: bool) -> str:
    """The name that somebody has on the platform; empty where it is none that tells anything."""
    if own and member.ids and member.student.endswith(f"_{member.ids[0]}"):
        return member.student.removesuffix(f"_{member.ids[0]}")
    return "" if member.name == member.student else member.name


def _related(one: str, other: str, strict: bool) -> bool:
    """Whether two names have a word in common, which one of them may hold without its blanks.

    Names in two scripts are not compared, unless it is one platform that wrote both.
    """
    first, second = _words(one), _words(other)
    if not first or not second:
        return True
    if not strict and not all(word.isascii() for word in (*first, *second)):
        return True
    whole = "".join(first), "".join(second)
    return any(word in whole[1] for word in first) or any(word in whole[0] for word in second)


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    return [word for word in words if len(word) > 1 or not word.isascii()]  # an initial is anybody's


def _unknown(member: Participant, every: _Index) -> str:
    """Why nobody was found, with what comes near."""
    if not member.ids:
        return "no number or login is known"
    folded = {each.casefold(): each for each in reversed(every)}
    for each in member.ids:
        if near := folded.get(each.casefold()):
            return f"the file has {printable(near)}, which differs in capitals"
        if near := next((k for k in every if k.lstrip("0") == each.lstrip("0") and each.strip("0")), None):
            return f"the file has {printable(near)}, which differs in leading zeros"
    return f"the file has no {' or '.join(printable(each) for each in member.ids[:3])}"
