"""Students as a download has them: whose hand-in it is, when it came, which files are in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from unicodedata import normalize

from autograder.printable import folded, printable
from autograder.report import HandedIn
from autograder.submission.handing import Handed
from autograder.submission.lateness import in_order
from autograder.submission.layouts import Attempt, Claim, Owner, Person
from autograder.submission.listing import Listing
from autograder.submission.opening import File, Parts
from autograder.submission.reading import Submission
from autograder.submission.slugs import slugs_of

# A student's files by the number and the date of the attempt; by nothing, where a folder is empty.
_ByTime = dict[tuple[object, ...], list[tuple[Attempt, Handed]]]


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a hand-in: a name fit to be printed, and a name for files."""

    student: str
    slug: str
    person: Person


@dataclass(frozen=True)
class Candidates:
    """All of one hand-in that may count; each submission is graded and the best counts.

    Parameters
    ----------
    student
        The name of the file or folder, fit to be printed.
    slug
        A name for files on any system, unique among the students whatever the case of its letters.
    submissions
        At least one: those that could be read, or one whose ``problem`` says why none could.
    handed_in
        When each of them came, in the same order; empty where nothing is known of it.
    members
        Whose it is, where it is not the student's alone.
    read, unread
        The files that are graded; and others that could not be used, each with the reason.
    """

    student: str
    slug: str
    submissions: tuple[Submission, ...]
    handed_in: tuple[HandedIn, ...] = ()
    members: tuple[Member, ...] = ()
    read: frozenset[Parts] = frozenset()
    unread: Mapping[Parts, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Time:
    """One time that a student handed something in, with all files of it."""

    attempt: Attempt
    files: tuple[Handed, ...]


@dataclass(frozen=True, slots=True)
class Student:
    """Who handed something in, and when: nothing of it is read yet.

    ``times`` go from the first to the latest; ``troubles`` are sentences on what was not looked at.
    """

    owner: Owner
    slug: str
    times: tuple[Time, ...]
    members: tuple[Member, ...] = ()
    troubles: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Fit to be printed."""
        return printable(self.owner.key)

    @property
    def people(self) -> tuple[Member, ...]:
        """Who gets a mark for it."""
        return self.members or (Member(self.name, self.slug, self.owner),)


def by_owner(
    claims: Collection[tuple[File, Claim]], listed: Listing
) -> tuple[tuple[Student, ...], tuple[str, ...]]:
    """The students of all claims, sorted by name; and what is to be told about them.

    Parameters
    ----------
    claims
        Files with their owners, as a layout found them.
    listed
        The listing that they are of: its troubles are told.
    """
    owners: dict[str, Owner] = {}
    files: dict[str, _ByTime] = {}
    apart = _Apart(owners)
    for file, claim in claims:
        key = apart.key_of(claim.owner)
        is_known = claim.path != ("",) or claim.attempt != Attempt()
        time = (claim.attempt.number, claim.attempt.when) if is_known else ()
        handed = Handed(file, claim.path, claim.given_name)
        files.setdefault(key, {}).setdefault(time, []).append((claim.attempt, handed))
    ordered = sorted(owners, key=lambda key: (key.casefold(), key))
    people = {key: owners[key].members for key in ordered}
    slugs = slugs_of([*ordered, *(member.key for key in ordered for member in people[key])])
    troubles: dict[Parts, dict[str, None]] = {}
    for place, note in listed.troubles:
        troubles.setdefault(place, {})[printable(note)] = None
    where = printable("/".join(listed.around) or "The download")
    of_all = [f"{where}: {note}" for note in troubles.get((), {})]
    students = tuple(
        Student(
            owners[key],
            slugs[key],
            _times(files[key]),
            tuple(Member(printable(each.key), slugs[each.key], each) for each in people[key]),
            _troubles(files[key], troubles),
        )
        for key in ordered
    )
    return students, (*apart.told, *_alike(ordered), *of_all)


class _Apart:
    """Different people whose hand-ins would have one name: somebody may be called what another's name with a
    number is."""

    def __init__(self, owners: dict[str, Owner]) -> None:
        self._owners, self._keys = owners, dict[tuple[object, ...], str]()
        self.told: list[str] = []

    def key_of(self, owner: Owner) -> str:
        """What a hand-in of this owner is called."""
        who = (owner.key, owner.name, owner.ids, owner.guesses, owner.members)
        if who not in self._keys:
            key, number = owner.key, 2
            while key in self._owners:
                key, number = f"{owner.key} ({number})", number + 1
            self._keys[who] = key
            self._owners[key] = owner
            if key != owner.key:
                self._owners[key] = replace(owner, key=key, token=owner.token or owner.key)
                self.told.append(
                    f"{printable(owner.key)} and {printable(key)} have one name in the download, and are "
                    "different people: they are kept apart."
                )
        return self._keys[who]


def _times(found: _ByTime) -> tuple[Time, ...]:
    """The files by when they came; a folder without any belongs to the first time there is."""
    empty = [handed for _, handed in found.get((), [])]
    times = in_order(
        Time(replace(pairs[0][0], late=any(attempt.late for attempt, _ in pairs)), tuple(h for _, h in pairs))
        for key, pairs in found.items()
        if key
    )
    first, *others = times or [Time(Attempt(), ())]
    return (replace(first, files=(*first.files, *empty)), *others)


def _troubles(found: _ByTime, troubles: dict[Parts, dict[str, None]]) -> tuple[str, ...]:
    """What was not looked at in the folders of a student."""
    if not troubles:
        return ()
    places = {
        handed.file.parts[:size]: None
        for pairs in found.values()
        for _, handed in pairs
        for size in range(1, len(handed.file.parts) + 1)
    }
    return tuple(dict.fromkeys(note for place in places for note in troubles.get(place, ())))


def _alike(keys: Collection[str]) -> list[str]:
    """That names look alike: they differ in the case of their letters alone, or in how accents are stored."""
    alike: dict[str, list[str]] = {}
    for key in keys:
        alike.setdefault(folded(key), []).append(key)
    notes = []
    for several in alike.values():
        if len(several) > 1:
            shown = " and ".join(map(printable, several))
            in_accents = len({normalize("NFC", key) for key in several}) < len(several)
            what = (
                "look alike, and differ in how their accents are stored"
                if in_accents
                else "differ only in capitals"
            )
            notes.append(f"{shown} {what}: they are kept apart.")
    return notes
