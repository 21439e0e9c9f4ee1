"""A list of who should have handed in: any table with names and numbers, of a platform or a school."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from autograder.printable import printable
from autograder.submission.errors import SubmissionError
from autograder.submission.lateness import duration
from autograder.submission.layouts import Person

MAX_BYTES = 20_000_000
_HEADER_WITHIN = 10  # lines

_HEADERS = {
    "id": "id studentid studentnumber sid idnumber orgdefinedid userid username user sisloginid sisuserid "
    "loginid login displayid integrationid lmsuserid githubid githubusername github netid uid identifier "
    "participantid matrikelnummer matrikelnr matrikel matriculationnumber matrnr kennung benutzername",
    "email": "email emailaddress mail emailadresse",
    "name": "name fullname student studentname displayname vollständigername nomcomplet nombrecompleto",
    "first": "firstname givenname givennames first vorname prénom prenom nombre",
    "last": "lastname familyname surname last nachname nom apellidos",
    "group": "group groups team teamname gruppe groupe grupo",
    "longer": "extension extensions extendedto extendeduntil extendeddue",
}
_MEANING = {word: meaning for meaning, words in _HEADERS.items() for word in words.split()}
_NOBODY = re.compile(r"points possible|manual posting|student, test|test student", re.IGNORECASE)


@dataclass(frozen=True)
class Enrolled:
    """A line of the roster; ``longer`` is a date or a duration as it stands there."""

    line: int
    name: str
    ids: tuple[str, ...]
    group: str = ""
    longer: str = ""

    @property
    def key(self) -> str:
        """What a person is called who is known from here alone."""
        return f"{self.name}_{self.ids[0]}" if self.name and self.ids else self.name or self.ids[0]


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


def read_roster(path: Path) -> tuple[Enrolled, ...]:
    """The people of a roster.

    Parameters
    ----------
    path
        A CSV with commas, semicolons or tabs, in UTF-8, UTF-16 or Windows' encoding, and a line of headers.

    Raises
    ------
    SubmissionError
        When it cannot be read, has no column with names or numbers, a quote is not closed, or two lines have
        one number.
    """
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise SubmissionError(
            f"The roster {path} cannot be read ({error.strerror}): check --roster."
        ) from None
    if len(data) > MAX_BYTES:
        raise SubmissionError(
            f"The roster {path} has more than {MAX_BYTES / 1e6:.0f} MB: is it another file?"
        )
    text = _decoded(data)
    rows, meanings, first = _table(text, path)
    if broken := _unclosed(list(io.StringIO(text, newline="")), rows, first - 1, set(meanings)):
        raise SubmissionError(
            f'{path}, line {broken}: a quote (") is opened there and not closed in the line, so that '
            "the lines after it would be the same person's. Close it, or take it away."
        )
    entries: list[Enrolled] = []
    seen: dict[tuple[int, str], int] = {}
    for line, row in rows[first:]:
        cells = {k: cell for k in meanings if k < len(row) and (cell := _unguarded(row[k]))}
        entry = _entry(line, {k: (meanings[k], text) for k, text in cells.items()})
        if entry is None:
            continue
        for k, text in cells.items():
            if meanings[k] in ("id", "email") and (other := seen.setdefault((k, text), line)) != line:
                raise SubmissionError(
                    f"{path}, lines {other} and {line}: both have {printable(text)!r}. Whose is it? "
                    "Leave one of them."
                )
        entries.append(entry)
    if not entries:
        raise SubmissionError(f"The roster {path} names nobody below its headers.")
    return tuple(entries)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if data[:200].count(0) > len(data[:200]) // 4:
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _table(text: str, path: Path) -> tuple[list[tuple[int, list[str]]], dict[int, str], int]:
    """The rows with their line numbers, what the columns mean, and where the people begin."""
    best: tuple[list[tuple[int, list[str]]], dict[int, str], int] = ([], {}, 0)
    for delimiter in ",;\t":
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        rows: list[tuple[int, list[str]]] = []
        try:
            for row in reader:
                rows.append((reader.line_num, row))
        except csv.Error:
            continue
        for k, (_, row) in enumerate(rows[:_HEADER_WITHIN]):
            meanings = {
                c: _MEANING[header] for c, cell in enumerate(row) if (header := _plain(cell)) in _MEANING
            }
            if len(meanings) > len(best[1]):
                best = rows, meanings, k + 1
    meant = set(best[1].values())
    if not meant & {"id", "email", "name", "last", "first"}:
        raise SubmissionError(
            f"The roster {path} has no column that is known: it needs a line of headers, such as "
            "Name,Student ID or First Name;Last Name;Email."
        )
    return best


def _unguarded(cell: str) -> str:
    """A cell without what programs put around a number that is to stay a text: ``="0012"``, ``'0013``."""
    cell = cell.strip()
    if (quoted := re.fullmatch(r'="([^"]*)"', cell)) is not None:
        cell = quoted[1].strip()
    return cell[1:] if re.match(r"'[\d=+@-]", cell) else cell


def _unclosed(lines: Sequence[str], rows: Sequence[tuple[int, list[str]]], head: int, known: set[int]) -> int:
    """The line with a quote that is not closed where it should be, from the headers on; else 0.

    A cell may hold several lines, but a name or a number has one.
    """
    before = rows[head - 1][0] if head else 0
    for number, (line, row) in enumerate(rows[head:]):
        block, first = lines[before:line], before + 1
        is_odd = sum(each.count('"') for each in block) % 2 == 1
        is_open = line == len(lines) and re.search(r'(?:^|[,;\t])"', block[0] if block else "")
        broken = number > 0 and any("\n" in row[k].strip().replace("\r", "\n") for k in known if k < len(row))
        if (is_odd and (len(block) > 1 or is_open)) or broken:
            return first
        before = line
    return 0


def _plain(header: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", header).casefold())


def _entry(line: int, cells: dict[int, tuple[str, str]]) -> Enrolled | None:
    """The person of a line, if it is one's."""

    def first(meaning: str) -> str:
        return next((text for told, text in cells.values() if told == meaning), "")

    name = first("name") or " ".join(filter(None, (first("first"), first("last"))))
    ids = [text for meaning in ("id", "email") for told, text in cells.values() if told == meaning]
    if not (name or ids) or _NOBODY.match(name) or any(each.endswith("_previewuser") for each in ids):
        return None
    return Enrolled(line, name, tuple(dict.fromkeys(ids)), first("group"), first("longer"))


def match(entries: Sequence[Enrolled], people: Sequence[Person]) -> Matched:
    """Find each person's line: by a number or login; then by the name, where only one line has it."""
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


def seconds_longer(entry: Enrolled, due: datetime) -> float:
    """How much longer than others somebody has.

    Raises
    ------
    SubmissionError
        When the cell is neither a duration nor a date.
    """
    if not entry.longer:
        return 0.0
    seconds = duration(entry.longer)
    if seconds is not None:
        return seconds
    if entry.longer.isdecimal() and len(entry.longer) < 4:
        return 86_400.0 * int(entry.longer)
    try:
        until = datetime.fromisoformat(entry.longer)
    except ValueError:
        raise SubmissionError(
            f"Line {entry.line} of the roster: {printable(entry.longer)!r} is no extension. Write 2d, 12h, "
            "or the date until which there is time."
        ) from None
    if until.tzinfo is None or due.tzinfo is None:
        until, due = until.replace(tzinfo=None), due.replace(tzinfo=None)
    return max(0.0, (until - due).total_seconds())
