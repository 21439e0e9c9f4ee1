"""Who is who: those who handed in, found in a roster by their numbers, logins and names."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from autograder.printable import printable
from autograder.submission.layouts import Person
from autograder.submission.roster import Enrolled


@dataclass(frozen=True)
class Matched:
    """Who is who.

    Parameters
    ----------
    entries
        The lines of those who handed in, by the keys of `Person`.
    absent
        Who is on the roster, and handed in nothing.
    strangers
        Who handed in, and is not on the roster.
    notes
        What could not be decided.
    """

    entries: dict[str, Enrolled]
    absent: tuple[Enrolled, ...]
    strangers: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass
class _Index:
    """The lines by what they can be found by."""

    exact: dict[str, list[Enrolled]] = field(default_factory=lambda: defaultdict(list))
    folded: dict[str, list[Enrolled]] = field(default_factory=lambda: defaultdict(list))
    names: dict[str, list[Enrolled]] = field(default_factory=lambda: defaultdict(list))


def match(entries: Sequence[Enrolled], people: Sequence[Person]) -> Matched:
    """Find each person's line: by a number or login; then by the name, where only one line has it.

    Parameters
    ----------
    entries
        The roster's lines.
    people
        All who handed in, also the members of groups.
    """
    index = _index(entries)
    found: dict[str, Enrolled] = {}
    by_name: dict[int, list[tuple[str, Enrolled]]] = defaultdict(list)
    notes: list[str] = []
    alike = Counter(person.name for person in people)
    guessed, told = _guessed([person for person in people if person.guesses], index)
    notes += told
    people_known = [person for person in people if not person.guesses]
    for person in people_known:
        lines = _by_id(person, index)
        # many have one name where nobody is to be known: then it says nothing
        tells = alike[person.name] == 1 and person.name != person.key
        if len(lines) == 1 and tells and _are_others(person.name, lines[0].name):
            notes.append(
                f"{printable(person.key)} has the number of {printable(lines[0].name)} in line "
                f"{lines[0].line} of the roster, and another name: it was not taken."
            )
        elif len(lines) == 1:
            found[person.key] = lines[0]
        elif len(lines) > 1:
            notes.append(
                f"{printable(person.key)} may be lines {_lines(lines)} of the roster: none was taken."
            )
    taken = {entry.line for entry in found.values()}
    found |= {key: entry for key, entry in guessed.items() if entry.line not in taken}
    taken |= {entry.line for entry in guessed.values()}
    for person in people_known:
        if person.key not in found:
            lines = [entry for entry in _by_name(person, index) if entry.line not in taken]
            if len(lines) == 1:
                by_name[lines[0].line].append((person.key, lines[0]))
            elif lines:
                notes.append(
                    f"{printable(person.key)} may be lines {_lines(lines)} of the roster: none was taken."
                )
    for several in by_name.values():
        if len(several) == 1:
            found[several[0][0]] = several[0][1]
        else:
            keys = ", ".join(printable(key) for key, _ in several)
            notes.append(f"{keys} have the name of line {several[0][1].line} of the roster: none was taken.")
    whose: dict[int, list[str]] = defaultdict(list)
    for key, entry in found.items():
        whose[entry.line].append(printable(key))
    notes += [
        f"{' and '.join(keys)} are the same person in line {line} of the roster: each is graded."
        for line, keys in whose.items()
        if len(keys) > 1
    ]
    absent = tuple(entry for entry in entries if entry.line not in whose)
    strangers = tuple(printable(person.key) for person in people if person.key not in found)
    return Matched(found, absent, strangers, tuple(notes))


def _guessed(people: Sequence[Person], index: _Index) -> tuple[dict[str, Enrolled], list[str]]:
    """The lines of people who have one of several ids: only where one line fits, and fits nobody else."""
    fits: dict[str, dict[int, Enrolled]] = {}
    whose: dict[int, list[str]] = defaultdict(list)
    for person in people:
        lines = [entry for guess in person.guesses for entry in _by_text((guess,), index)]
        fits[person.key] = {entry.line: entry for entry in lines}
        for line in fits[person.key]:
            whose[line].append(person.key)
    found: dict[str, Enrolled] = {}
    notes: list[str] = []
    for key, entries in fits.items():
        others = sorted({printable(other) for line in entries for other in whose[line] if other != key})
        if len(entries) == 1 and not others:
            found[key] = next(iter(entries.values()))
        elif entries:
            shown = f", and so may {', '.join(others[:3])}" if others else ""
            notes.append(
                f"{printable(key)} may be {'lines' if len(entries) > 1 else 'line'} "
                f"{_lines(entries.values())} of the roster{shown}: none was taken."
            )
    return found, notes


def _lines(entries: Iterable[Enrolled]) -> str:
    return " and ".join(str(entry.line) for entry in entries)


def _index(entries: Sequence[Enrolled]) -> _Index:
    index = _Index()
    for entry in entries:
        for text in entry.ids:
            index.exact[text].append(entry)
            for other in {text.casefold(), *_other_forms(text)}:
                if entry not in index.folded[other]:
                    index.folded[other].append(entry)
        for name in set(_forms_of_a_name(entry.name)):
            index.names[name].append(entry)
    return index


def _other_forms(text: str) -> Iterator[str]:
    """Other ways to write a number or a login: without a domain, a mark, or a localised word before it."""
    folded = text.casefold()
    yield folded.lstrip("#")
    yield folded.rpartition("\\")[2]
    if "@" in folded:
        yield folded.partition("@")[0]
    if (word := re.fullmatch(r"[^\W\d]+\s+(\d+)", folded)) is not None:  # Moodle's Participant 4711
        yield word[1]


def _by_id(person: Person, index: _Index) -> list[Enrolled]:
    return _by_text([*person.ids, person.key], index)


def _by_text(told: Sequence[str], index: _Index) -> list[Enrolled]:
    for text in told:
        if index.exact.get(text):
            return index.exact[text]
    for text in told:
        for form in (text.casefold(), *_other_forms(text)):
            if index.folded.get(form):
                return index.folded[form]
    return []


def _by_name(person: Person, index: _Index) -> list[Enrolled]:
    for name in _forms_of_a_name(person.name or person.key):
        if index.names.get(name):
            return index.names[name]
    return []


def _forms_of_a_name(name: str) -> Iterator[str]:
    """Its words in one order, whatever stands first; and without blanks, as Canvas writes it."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    last, comma, first = plain.partition(",")
    words = re.findall(r"[^\W_]+", plain)
    if not words:
        return
    yield " ".join(sorted(words))
    ordered = re.findall(r"[^\W_]+", f"{last} {first}") if comma else [words[-1], *words[:-1]]
    yield "".join(ordered)


def _are_others(one: str, other: str) -> bool:
    """Whether two names, written in Latin letters, have not even a word in common."""
    first, second = (next(_forms_of_a_name(name), "") for name in (one, other))
    if not (first.isascii() and second.isascii() and first and second):
        return False
    whole = first.replace(" ", ""), second.replace(" ", "")
    return not any(word in whole[1] for word in first.split()) and not any(
        word in whole[0] for word in second.split()
    )
