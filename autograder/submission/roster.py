"""A list of who should have handed in: any table with names and numbers, of a platform or a school."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from autograder.printable import printable
from autograder.submission.errors import AskedError, SubmissionError
from autograder.submission.lateness import duration, until

MAX_BYTES = 20_000_000
# What tells that something known of a person is from a roster.
OF_ROSTER = "roster "
_HEADER_WITHIN = 10  # lines

_HEADERS = {
    "id": "id studentid studentnumber sid idnumber orgdefinedid userid username user sisloginid sisuserid "
    "loginid login displayid integrationid lmsuserid githubid githubusername github netid uid identifier "
    "participantid idnummer numérodidentification númerodeid numerodiidentificazione identifiant "
    "identificador identificatore nomdutilisateur nombredeusuario nomeutente gebruikersnaam "
    "matrikelnummer matrikelnr matrikel matriculationnumber matrnr kennung benutzername",
    "email": "email emailaddress mail emailadresse adressedecourriel direccióndecorreo indirizzoemail",
    "name": "name fullname student studentname displayname vollständigername nomcomplet nombrecompleto",
    "first": "firstname givenname givennames first vorname prénom prenom nombre",
    "last": "lastname familyname surname last nachname nom apellidos",
    "group": "group groups team teamname gruppe groupe grupo",
    "section": "section sections sectionname registrationsection tutorial tutorials tutorium recitation "
    "seminar class period übungsgruppe tutoriumsgruppe",
    "longer": "extension extensions extendedto extendeduntil extendeddue",
}
_MEANING = {word: meaning for meaning, words in _HEADERS.items() for word in words.split()}
_NOBODY = re.compile(r"points possible|manual posting|student, test|test student", re.IGNORECASE)


@dataclass(frozen=True)
class Enrolled:
    """A line of the roster; ``longer`` is a date or a duration as it stands there.

    ``known_as`` identifies the person in another version of the roster: each number or login with its
    column; where there is none, the name with group and section.
    """

    line: int
    name: str
    ids: tuple[str, ...]
    group: str = ""
    longer: str = ""
    section: str = ""
    known_as: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What a person is called who is known from here alone."""
        return f"{self.name}_{self.ids[0]}" if self.name and self.ids else self.name or self.ids[0]


def meaning_of(header: str) -> str:
    """What a column of this header holds: ``id``, ``email``, ``name``, ``first``, ``last`` …; else empty.

    Examples
    --------
    >>> meaning_of("SIS User ID"), meaning_of("E-Mail"), meaning_of("Colour")
    ('id', 'email', '')
    """
    return _MEANING.get(_plain(header), "")


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
        raise AskedError(f"The roster {path} cannot be read ({error.strerror}): check --roster.") from None
    if len(data) > MAX_BYTES:
        raise SubmissionError(
            f"The roster {path} has more than {MAX_BYTES / 1e6:.0f} MB: is it another file?"
        )
    text = decoded(data)
    rows, meanings, first = _table(text, path)
    if broken := _unclosed(list(io.StringIO(text, newline="")), rows, first - 1, set(meanings)):
        raise SubmissionError(
            f'{path}, line {broken}: a quote (") is opened there and not closed in the line, so that '
            "the lines after it would be the same person's. Close it, or take it away."
        )
    headers = {k: _plain(cell) for k, cell in enumerate(rows[first - 1][1])}
    entries: list[Enrolled] = []
    seen: dict[tuple[int, str], int] = {}
    for line, row in rows[first:]:
        cells = {k: cell for k in meanings if k < len(row) and (cell := _unguarded(row[k]))}
        entry = _entry(line, {k: (meanings[k], text) for k, text in cells.items()}, headers)
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


def decoded(data: bytes) -> str:
    """A table's text: UTF-8, UTF-16 or Windows' encoding, as spreadsheets save it."""
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
            meanings = {c: meaning for c, cell in enumerate(row) if (meaning := meaning_of(cell))}
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


def _entry(line: int, cells: dict[int, tuple[str, str]], headers: dict[int, str]) -> Enrolled | None:
    """The person of a line, if it is one's."""

    def first(meaning: str) -> str:
        return next((text for told, text in cells.values() if told == meaning), "")

    name = first("name") or " ".join(filter(None, (first("first"), first("last"))))
    own = [(k, text) for meaning in ("id", "email") for k, (told, text) in cells.items() if told == meaning]
    ids = [text for _, text in own]
    if not (name or ids) or _NOBODY.match(name) or any(each.endswith("_previewuser") for each in ids):
        return None
    group, section = first("group"), first("section")
    known_as = [
        f"{OF_ROSTER}{headers[k]}: {text.casefold() if cells[k][0] == 'email' else text}" for k, text in own
    ] or [", ".join(filter(None, (f"{OF_ROSTER}name: {name}", group, section)))]
    return Enrolled(line, name, tuple(dict.fromkeys(ids)), group, first("longer"), section, tuple(known_as))


def seconds_longer(entry: Enrolled, due: datetime) -> float:
    """How much longer than others somebody has.

    Parameters
    ----------
    entry
        The person's line of the roster.
    due
        When the homework is due for everybody else.

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
        end = until(entry.longer)
    except (ValueError, OverflowError):
        raise SubmissionError(
            f"Line {entry.line} of the roster: {printable(entry.longer)!r} is not an extension. Write 2d, "
            "12h, or the date until which there is time."
        ) from None
    if end.tzinfo is None or due.tzinfo is None:
        end, due = end.replace(tzinfo=None), due.replace(tzinfo=None)
    return max(0.0, (end - due).total_seconds())
