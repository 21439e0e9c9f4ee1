"""How platforms read a file of marks: what each would do with it, as its makers' programs and pages tell.

Written after those, and not after what is exported: an importer knows nothing of this project.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import dataclass, field
from datetime import datetime


def table(data: bytes, delimiter: str, encoding: str = "utf-8") -> list[list[str]]:
    lines = io.StringIO(data.decode(encoding), newline="")
    return list(csv.reader(lines, delimiter=delimiter, strict=True))


# ------------------------------------------------------------------------------------ Canvas


@dataclass
class Canvas:
    """A course: students by number with their other ids, and assignments by number with their titles."""

    students: dict[int, dict[str, str]]
    assignments: dict[int, str]
    custom: tuple[str, ...] = ("Notes",)
    grades: dict[tuple[int, int], str] = field(default_factory=dict)
    points: dict[int, str] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)

    def take(self, data: bytes) -> None:
        """Import a gradebook; ``made`` are assignments that Canvas would add."""
        delimiter = self._delimiter(data)
        header, *rows = table(data, delimiter)
        two = header[0].endswith("LastName") and header[1] == "FirstName"
        assert len(header) > 3
        assert two or ("Student" in header[0] and "ID" in header[1])
        first = 4 if two else 3
        if header[first - 1 : first + 1] == ["SIS User ID", "SIS Login ID"]:
            first += 2 + (header[first + 1] == "Integration ID")
        elif header[first - 1] == "SIS Login ID":
            first += 1
        assert "Section" in header[first - 1]
        dropped = re.compile("(Current|Final) (Score|Points|Grade)|Override (Score|Grade|Status)")
        places = {k: name for k, name in enumerate(header) if k >= first and name not in self.custom}
        places = {k: name for k, name in places.items() if not dropped.search(name)}
        numbers = {}
        for k, name in places.items():
            found = re.fullmatch(r"(.*)\s\((\d+)\)", name, re.DOTALL)
            number = int(found[2]) if found else -1
            if number not in self.assignments:
                number = next((n for n, title in self.assignments.items() if title == name), -1)
            if number < 0:
                self.made.append(name)
            else:
                numbers[k] = number
        read_only: set[int] = set()
        for row in rows:
            if "Points Possible" in row[0]:
                for k, number in numbers.items():
                    if "read only" in row[k]:
                        read_only.add(number)
                    else:
                        self.points[number] = self._normal(row[k])
                continue
            if all(re.fullmatch(r"\s*(Muted|Manual Posting.*)?\s*", cell, re.IGNORECASE) for cell in row):
                continue
            student = self._student(dict(zip(header, row, strict=True)), row[2 if two else 1])
            for k, number in numbers.items():
                self.grades[student, number] = self._normal(row[k].strip())
        self.grades = {key: grade for key, grade in self.grades.items() if key[1] not in read_only}

    @staticmethod
    def _delimiter(data: bytes) -> str:
        lines = data.decode().splitlines(keepends=True)[:3]
        counts = {}
        for each in ";,":
            try:
                sizes = {len(row) for row in csv.reader(lines, delimiter=each)}
            except csv.Error:
                sizes = set()
            counts[each] = sizes.pop() if len(sizes) == 1 else 0
        return ";" if counts[";"] > counts[","] else ","

    @staticmethod
    def _normal(cell: str) -> str:
        """Points and commas alike divide a number; the last one is the decimal sign."""
        if not re.fullmatch(r"-?[0-9.,]+%?", cell):
            return cell
        *whole, last = re.split("[,.]", cell)
        return f"{''.join(whole)}.{last}" if whole else last

    def _student(self, row: dict[str, str], number: str) -> int:
        if number.isdecimal() and int(number) in self.students:
            return int(number)
        for name in ("SIS User ID", "SIS Login ID"):
            for known, ids in self.students.items():
                if row.get(name) and ids.get(name) == row[name]:
                    return known
        raise AssertionError(f"Canvas would look for a student by name: {row}")


# ------------------------------------------------------------------------------------ Moodle


@dataclass(frozen=True)
class Language:
    """Moodle's words, in the language of whoever uploads."""

    identifier: str = "Identifier"
    participant: str = "Participant "
    grade: str = "Grade"
    modified: str = "Last modified (grade)"
    comments: str = "Feedback comments"
    decimal: str = "."


@dataclass(frozen=True)
class Participant:
    """Somebody in Moodle's database."""

    grade: str = ""
    modified: str = "-"
    locked: bool = False


def moodle(
    data: bytes,
    people: dict[int, Participant],
    maximum: float,
    language: Language = Language(),
    delimiter: str = ",",
) -> tuple[dict[int, float], dict[int, str]]:
    """The grades and the comments that an uploaded worksheet changes; rows are passed over without a word."""
    header, *rows = table(data.removeprefix(b"\xef\xbb\xbf"), delimiter)
    assert all(len(row) == len(header) for row in rows), "Moodle refuses the whole file"
    place = {name: k for k, name in enumerate(header)}  # of two of one name the last counts
    number, grade, modified = (place[w] for w in (language.identifier, language.grade, language.modified))
    grades, comments = {}, {}
    for row in rows:
        person = int(row[number][len(language.participant) :])
        known = people.get(person)
        if known is None:
            continue
        told = row[grade].strip().replace(language.decimal, ".")
        stale = _seconds(known.modified) > _seconds(row[modified]) + 60
        if told and not known.locked and not stale and 0 <= float(told) <= maximum and told != known.grade:
            grades[person] = float(told)
        if language.comments in place and not known.locked and not stale:
            comments[person] = row[place[language.comments]]
    return grades, comments


def _seconds(text: str) -> float:
    """As the server reads a date: in English, and anything else as the beginning of time."""
    try:
        return datetime.strptime(text, "%A, %d %B %Y, %I:%M %p").timestamp()
    except ValueError:
        return 0.0


def moodle_pages(data: bytes, people: set[int]) -> dict[int, dict[str, bytes]]:
    """Feedback files by participant: whatever a path does not say is dropped."""
    found: dict[int, dict[str, bytes]] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            parts = info.filename.split("/")
            if parts[-1].startswith((".", "~")):
                continue
            while parts:
                words = parts.pop(0).split("_", 4)
                # releases before 4.1 ask for the fifth part as well
                if len(words) < 5 or not words[1].isdecimal() or int(words[1]) not in people:
                    continue
                if (words[2], words[3]) in (("assignsubmission", "file"), ("assignfeedback", "file")):
                    name = "/".join((words[4], *parts))
                    found.setdefault(int(words[1]), {})[name] = archive.read(info)
                    break
    return found


# ---------------------------------------------------------------------------- Brightspace


def brightspace(data: bytes, items: dict[str, float], delimiter: str = ",") -> dict[str, dict[str, float]]:
    """Points by item and by the id that stands first."""
    header, *rows = table(data.removeprefix(b"\xef\xbb\xbf"), delimiter)
    assert header[0] in ("OrgDefinedId", "Username")
    assert header[-1] == "End-of-Line Indicator"
    found: dict[str, dict[str, float]] = {}
    for k, name in enumerate(header):
        if " Points Grade" not in name:
            continue
        title = name.partition(" Points Grade")[0]
        assert title in items, f"Brightspace would make a new item {title}"
        for row in rows:
            assert row[-1] == "#", "the row does not end as Brightspace asks for"
            if row[k]:
                found.setdefault(title, {})[row[0]] = min(float(row[k]), items[title])
    return found


# ----------------------------------------------------------------------------- Blackboard


def blackboard(
    data: bytes, columns: dict[str, float], username: str = "Username"
) -> tuple[dict[tuple[str, str], str], dict[str, tuple[str, str]]]:
    """Cells by column and username, and feedback with its format by username."""
    is_wide = data.startswith(b"\xff\xfe")
    rows = table(data[2:] if is_wide else data, "\t" if is_wide else ",", "utf-16-le" if is_wide else "utf-8")
    header, *people = rows
    assert username in header
    cells, feedback = {}, {}
    for row in people:
        told = dict(zip(header, row, strict=True))
        user = told[username]
        for name, cell in told.items():
            number = name.rpartition("|")[2]
            if "|" in name:
                assert number in columns, "Blackboard would make a new column of text"
                cells[number, user] = cell
        if "Feedback to Learner" in told:
            feedback[user] = (told["Feedback to Learner"], told["Feedback Format"])
    return cells, feedback


# ---------------------------------------------------------------------------------- Sakai


def sakai(data: bytes, delimiter: str = ",") -> tuple[dict[str, str], dict[str, dict[str, bytes]]]:
    """Grades, and feedback attachments, by the login that stands in brackets."""
    grades: dict[str, str] = {}
    files: dict[str, dict[str, bytes]] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            parts = info.filename.split("/")
            if parts[1:] == ["grades.csv"]:
                lines = table(archive.read(info), delimiter)
                assert lines[1] == []
                grades = {row[0]: row[4] for row in lines[3:] if row}
            user = re.search(r"\(([^()/]+)\)$", parts[1]) if len(parts) > 3 else None
            if user and parts[2] == "Feedback Attachment(s)" and parts[3]:
                files.setdefault(user[1], {})[parts[3]] = archive.read(info)
    return grades, files


# ------------------------------------------------------------------------------- Submitty


def submitty(data: bytes, titles: list[str]) -> dict[str, dict[str, str]]:
    """Scores by user and question: cells are divided at every comma, quotes mean nothing."""
    header, *lines = re.split("\r\n|\n|\r", data.decode())
    names = header.split(",")
    found = {}
    for line in lines:
        cells = line.split(",")
        if len(cells) == len(names):
            told = dict(zip(names, cells, strict=True))
            found[told["User ID"]] = {title: told[title] for title in titles}
    return found


# ----------------------------------------------------------------------------- Gradescope


@dataclass(frozen=True)
class Shown:
    """What somebody sees of a submission: no total while a test is held back, as Gradescope does it."""

    total: float | None
    maximum: float
    texts: dict[str, str]
    markup: dict[str, str]


_FORMATS = {"text", "html", "simple_format", "md", "ansi"}
_WHEN = {"visible", "hidden", "after_due_date", "after_published"}


def gradescope(data: bytes, *, due: bool = False, published: bool = False) -> Shown:
    """Read ``results.json`` as its documentation says, for a student."""
    told = json.loads(data)
    assert told.get("output_format", "simple_format") == "text", "text is taken for HTML by default"
    assert told.get("visibility", "visible") in _WHEN
    assert "stdout_visibility" not in told, "what students print would be shown"
    tests = told.get("tests", [])
    held = {"hidden"} | (set() if due else {"after_due_date"}) | (set() if published else {"after_published"})
    texts, markup = {"": told["output"]}, {}
    for test in tests:
        assert isinstance(test.get("number", ""), str)
        assert test.get("output_format", told.get("test_output_format", "text")) in _FORMATS
        assert test.get("name_format", told.get("test_name_format", "text")) == "text"
        assert test.get("status", "passed") in ("passed", "failed")
        assert all(isinstance(tag, str) for tag in test.get("tags", []))
        if test.get("visibility", "visible") in held:
            continue
        form = test.get("output_format", told.get("test_output_format", "text"))
        place = texts if form == "text" else markup
        name = f"{test.get('number', '')} {test['name']}".strip()
        assert name not in place
        place[name] = test["output"]
    any_held = any(test.get("visibility", "visible") in held for test in tests)
    total = told.get("score", sum(test.get("score", 0) for test in tests))
    return Shown(
        None if any_held else float(total), sum(test.get("max_score", 0) for test in tests), texts, markup
    )


# --------------------------------------------------------------------------- Classroom 50


def classroom50(data: bytes, identity: dict[str, str]) -> tuple[int, int, dict[str, int]]:
    """Score, maximum and scores by test, as they are collected; what is no whole number is refused."""
    told = json.loads(data)
    assert told["schema"] == "classroom50/result/v1"
    for field_, variable in (
        ("classroom", "CLASSROOM"),
        ("assignment", "ASSIGNMENT"),
        ("commit", "COMMIT_URL"),
    ):
        assert told[field_] == identity[variable]
    assert told["submission"] == identity["SUBMISSION_TAG"]
    assert told["release"] == identity["RELEASE_URL"]
    assert told["review"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", told["datetime"])
    numbers = [told["score"], told["max-score"]]
    for test in told["tests"]:
        numbers += [test["score"], test["max-score"]]
        assert isinstance(test["passed"], bool)
    assert all(type(number) is int and number >= 0 for number in numbers)
    assert told["score"] == sum(test["score"] for test in told["tests"])
    assert told["max-score"] == sum(test["max-score"] for test in told["tests"])
    return told["score"], told["max-score"], {test["test-name"]: test["score"] for test in told["tests"]}
