"""From a download to a class: what was recognised, who is on the roster, what is late, and is it right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from unicodedata import normalize

from autograder.homework import Homework
from autograder.ledger import is_shown_in
from autograder.printable import listed, printable
from autograder.report import HandedIn
from autograder.submission import Candidates, Download, Student, opened, wanted_of
from autograder.submission.errors import AskedError
from autograder.submission.lateness import Deadline, late_rule, shown_until
from autograder.submission.layouts import Person, Policy
from autograder.submission.layouts.blackboard import NOT_CERTAIN
from autograder.submission.matching import Matched, match
from autograder.submission.roster import Enrolled, read_roster, seconds_longer
from autograder.submission.slugs import slugs_of
from autograder.submission.students import Member

_SHOWN = 5


@dataclass(frozen=True)
class Asked:
    """What was asked for beside the submissions; see the options of `autograder grade`."""

    layout: str = "auto"
    inside: str = ""
    roster: Path | None = None
    attempt: Policy | None = None
    due: datetime | None = None
    late: str = ""
    anyway: bool = False


@dataclass(frozen=True)
class Intake:
    """A class, ready to be read.

    Parameters
    ----------
    download
        What was handed in.
    policy, deadline
        Which attempt counts, and until when there was time.
    entries
        The roster's lines of those who handed in, by the keys of `Person`.
    away
        The same of those who handed in nothing, by the names they will have, which nobody else has.
    notes
        Sentences for those who grade.
    """

    download: Download
    policy: Policy
    deadline: Deadline | None = None
    entries: dict[str, Enrolled] = field(default_factory=dict)
    away: dict[str, Enrolled] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def absent(self) -> tuple[str, ...]:
        """Names of those on the roster who handed in nothing."""
        return tuple(self.away)

    def section(self, member: Member) -> str:
        """The roster's section of somebody; empty where there is none."""
        entry = self.entries.get(member.person.key)
        return printable(entry.section) if entry else ""

    def read(self) -> Iterator[Candidates]:
        """What each student handed in."""
        return self.download.read(self.policy, self.deadline)

    def told(self, student: Student) -> HandedIn:
        """When the last attempt of a student that may count came."""
        return self.download.handed_in(student, self.policy, self.deadline)

    def person(self, member: Member) -> Person:
        """Somebody with all that the platform and the roster know of them."""
        entry = self.entries.get(member.person.key)
        if entry is None:
            return member.person
        ids = tuple(dict.fromkeys((*member.person.ids, *entry.ids)))
        return Person(member.person.key, entry.name or member.person.name, ids)

    def known_as(self, member: Member) -> tuple[str, ...]:
        """What identifies somebody in any run, whoever else is in it; what is surest comes first.

        The platform's own word for them, its numbers and logins, then those of the roster.
        """
        person, entry = member.person, self.entries.get(member.person.key)
        platform = "/".join(filter(None, (self.download.layout.name, person.section)))
        token = person.token or person.key
        name = f" ({person.name})" if person.name not in ("", token) else ""
        ids = (f"{platform} id: {each}" for each in person.ids)
        of_roster = entry.known_as if entry else ()
        return as_known((f"{platform}: {token}{name}", *ids, *of_roster))


@contextmanager
def taken_in(submissions: Path, homework: Homework, course: Path, asked: Asked) -> Iterator[Intake]:
    """Recognise a download, and match it with the roster.

    Parameters
    ----------
    submissions
        A folder, a zip or a tar archive of a class, or one student's file.
    homework
        Whose files are looked for.
    course
        The folder that holds ``solutions/``.
    asked
        What was asked for: the layout, the roster, the deadline.

    Raises
    ------
    SubmissionError
        When something about the submissions, the roster or a date cannot be used.
    """
    if is_shown_in(submissions):
        raise AskedError(
            f"{submissions} is what was made of a class that was graded, and no submissions: name the folder "
            "or the file that students' work is in."
        )
    entries = read_roster(asked.roster) if asked.roster else ()
    wanted = wanted_of(homework, course)
    with opened(submissions, wanted, asked.layout, asked.inside, asked.anyway) as download:
        matched = Matched({}, (), ())
        away: dict[str, Enrolled] = {}
        if entries:
            download, matched = _with_roster(download, entries)
            names = _keys(matched.absent, _taken(download))
            away = {names[entry.line]: entry for entry in matched.absent}
        notes = [*download.notes, *matched.notes]
        if entries:
            notes = [note for note in notes if NOT_CERTAIN not in note]
            notes += _not_on(entries, download, matched)
        deadline = None
        if asked.due:
            longer = {
                key: seconds_longer(entry, asked.due)
                for key, entry in matched.entries.items()
                if entry.longer
            }
            deadline = Deadline(asked.due, longer)
        policy = asked.attempt or download.layout.attempts
        intake = Intake(download, policy, deadline, matched.entries, away, tuple(notes))
        yield replace(intake, notes=(*notes, *_without_effect(intake, asked)))


def _not_on(entries: Sequence[Enrolled], download: Download, matched: Matched) -> Iterator[str]:
    """What is missing in the roster that is in use."""
    if matched.strangers:
        yield f"Not on the roster: {listed(matched.strangers, _SHOWN)}."
    if not any(NOT_CERTAIN in note for note in download.notes):
        return
    people = (member.person for student in download.students for member in student.people)
    unsure = [printable(each.key) for each in people if each.guesses and each.key not in matched.entries]
    if unsure and any(entry.ids for entry in entries):
        yield (
            f"The roster has no login that is surely that of {listed(unsure, _SHOWN)}, and the names of "
            "their files alone do not tell where it begins: add it there, or download Blackboard's .txt "
            "files with the work."
        )
    elif unsure:
        yield (
            "The roster has no column with logins, and the names of the files alone do not tell where the "
            f"logins of {listed(unsure, _SHOWN)} begin: add that column, or download Blackboard's .txt files "
            "with the work."
        )


def _without_effect(intake: Intake, asked: Asked) -> Iterator[str]:
    """What was asked for and changes nothing, as the download does not tell enough."""
    students = intake.download.students
    told = [(student, intake.told(student)) for student in students] if asked.due or asked.late else []
    unknown = [printable(student.name) for student, each in told if not each.when]
    if unknown:
        whose = "anything" if len(unknown) == len(told) else f"the work of {listed(unknown, _SHOWN)}"
        text = f"The download does not say when {whose} came"
        marked = sum(each.late for _, each in told if not each.when)
        if marked and asked.late and late_rule(asked.late).per:
            yield f"{text}; {marked} marked as late lose nothing by --late {asked.late!r}, which counts time."
        elif not marked:
            yield f"{text}: {'--due' if asked.due else '--late'} changes nothing there."
    if asked.attempt in ("first", "latest") and not any(len(student.times) > 1 for student in students):
        yield f"The download does not tell attempts apart: --attempt {asked.attempt} changes nothing."


def as_known(texts: Iterable[str]) -> tuple[str, ...]:
    """What identifies somebody, as it is kept: fit to be printed, however accents are stored."""
    return tuple(dict.fromkeys(printable(normalize("NFC", text)) for text in texts))


def _taken(download: Download) -> set[str]:
    """What anybody who handed in is called."""
    return {member.student for student in download.students for member in student.people}


def _keys(entries: Sequence[Enrolled], taken: Collection[str]) -> dict[int, str]:
    """Names of people on the roster by their lines; two of one name are told apart, also from others."""
    times = Counter(printable(entry.key) for entry in entries)
    names: dict[int, str] = {}
    used = set(taken)
    for entry in entries:
        name = own = printable(entry.key)
        number = 1
        while (times[own] > 1 and name == own) or name in used:
            name = f"{own} (line {entry.line})" if number == 1 else f"{own} (line {entry.line}, {number})"
            number += 1
        used.add(name)
        names[entry.line] = name
    return names


def _with_roster(download: Download, entries: Sequence[Enrolled]) -> tuple[Download, Matched]:
    """The download with the members of groups that the roster knows, and who is who."""
    people = [member.person for student in download.students for member in student.people]
    matched = match(entries, people)
    absent = {entry.line: entry for entry in matched.absent}
    known = [
        *(s.owner.key for s in download.students),
        *(m.person.key for s in download.students for m in s.members),
    ]
    taken = _taken(download)
    students: list[Student] = []
    named = dict(matched.entries)
    strangers = list(matched.strangers)
    for student in download.students:
        names = {name.casefold() for name in (student.owner.name, student.owner.key) if name}
        group = [e for e in absent.values() if e.group and e.group.casefold() in names]
        if student.members or student.owner.key in matched.entries or not group:
            students.append(student)
            continue
        keys = _keys(group, taken)
        slugs = slugs_of([*known, *keys.values()])
        known += keys.values()
        taken |= set(keys.values())
        members = [
            Member(name := keys[e.line], slugs[name], Person(name, e.name, token=f"{student.name}: {name}"))
            for e in group
        ]
        students.append(replace(student, members=tuple(members)))
        named |= {keys[e.line]: e for e in group}
        strangers.remove(student.name)
        for entry in group:
            del absent[entry.line]
    matched = replace(matched, entries=named, absent=tuple(absent.values()), strangers=tuple(strangers))
    return replace(download, students=tuple(students)), matched


def _whose_clock(due: datetime) -> str:
    return "" if due.tzinfo else ", by the platform's clock"


def first_lines(intake: Intake, unreadable: int | None = None) -> list[str]:
    """What was recognised, in sentences; ``unreadable`` is told where it was counted.

    Parameters
    ----------
    intake
        As `taken_in` gives it.
    unreadable
        How many students' work cannot be read; None where nobody looked.
    """
    download = intake.download
    people = sum(len(student.people) for student in download.students)
    groups = sum(bool(student.members) for student in download.students)
    late = sum(intake.told(student).late for student in download.students)
    facts = [
        f"{download.layout.title}: {people} student{'s' * (people != 1)}, "
        f"{download.files} file{'s' * (download.files != 1)}"
    ]
    facts += [f"{groups} group{'s' * (groups != 1)}"] if groups else []
    facts += [f"{late} late"] if late else []
    facts += [f"{unreadable} unreadable"] if unreadable else []
    several = sum(len(student.times) > 1 for student in download.students)
    facts += [f"{several} with several attempts, of which the {intake.policy} counts"] if several else []
    lines = ["; ".join(facts)]
    if intake.entries or intake.absent:
        count = len(intake.absent)
        on = len({entry.line for entry in intake.entries.values()})
        lines.append(
            f"Roster: {on} of {on + count} handed in"
            + (f"; nothing from {listed(intake.absent, _SHOWN)}" * (count > 0))
        )
    if intake.deadline:
        lines.append(f"Due until {shown_until(intake.deadline.due)}{_whose_clock(intake.deadline.due)}")
    if download.aside:
        names = [f"{name} ({reason.rstrip('.')})" for name, reason in download.aside]
        lines.append(f"Left out: {listed(names, 3)}")
    return lines + [f"Note: {note}" for note in intake.notes]
