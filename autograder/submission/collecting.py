"""A folder or a zip becomes a list of students, each with what may be the homework, read one by one."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from autograder.printable import printable
from autograder.report import HandedIn
from autograder.submission import layouts, opening, tarball, zips
from autograder.submission.archive import Archive
from autograder.submission.choosing import functions_in
from autograder.submission.errors import AskedError, SubmissionError
from autograder.submission.handing import MAX_FILES, Handed, HandIn, read_hand_in
from autograder.submission.lateness import Deadline
from autograder.submission.layouts import Attempt, Layout, Owner, Policy, Recognised
from autograder.submission.listing import Listing, listing
from autograder.submission.opening import File, Folder, Parts, RefusedError
from autograder.submission.reading import Submission, read
from autograder.submission.slugs import slugs_of
from autograder.submission.students import Candidates, Student, by_owner
from autograder.submission.wanted import Wanted, named, stem

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Download:
    """A download as it was recognised; its files are read by `read`, a student at a time.

    Parameters
    ----------
    place
        Where it lies.
    layout
        The platform's.
    students
        Sorted by name.
    aside
        Files that are nobody's work, each with the reason.
    notes
        Sentences for those who grade.
    """

    place: Path
    layout: Layout
    wanted: Wanted
    students: tuple[Student, ...]
    aside: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    store: Folder | Archive

    @property
    def files(self) -> int:
        """How many files the students handed in."""
        return sum(bool(each.path[-1]) for s in self.students for time in s.times for each in time.files)

    def read(self, policy: Policy | None = None, deadline: Deadline | None = None) -> Iterator[Candidates]:
        """What each student handed in, in the students' order.

        Parameters
        ----------
        policy
            Which attempt counts; the layout's own where nobody says.
        deadline
            When it was due.

        Raises
        ------
        SubmissionError
            When the download changed since it was listed.
        """
        for student in self.students:
            candidates = self.read_one(student, policy or self.layout.attempts, deadline)
            self._insist_on_the_same()
            yield candidates

    def read_one(self, student: Student, policy: Policy, deadline: Deadline | None = None) -> Candidates:
        """What one of them handed in.

        Parameters
        ----------
        student
            One of `students`.
        policy, deadline
            As for `read`.
        """
        times = list(enumerate(student.times, start=1))
        chosen = times if policy == "best" else times[:1] if policy == "first" else times[-1:]
        submissions: list[Submission] = []
        handed_in: list[HandedIn] = []
        problems: list[Submission] = []
        read: frozenset[Parts] = frozenset()
        unread: dict[Parts, str] = {}
        for number, time in chosen[-MAX_FILES:]:
            first = next((each.file.parts for each in time.files), ())
            depth = len(first) - len(time.files[0].path) if time.files else 0
            place = first[depth - 1] if depth else (first[:1] or (student.name,))[0]
            told = self._told(student, number, time.attempt, deadline)
            hand_in = read_hand_in(student.name, time.files, self.wanted, printable(place), student.troubles)
            read |= hand_in.read
            unread |= hand_in.unread
            for each in hand_in.submissions:
                if each.problem is not None:
                    problems.append(each)
                else:
                    submissions.append(each)
                    handed_in.append(told)
        if not submissions:
            submissions = problems[-1:]
            handed_in = [self._told(student, chosen[-1][0], chosen[-1][1].attempt, deadline)]
        return Candidates(
            student.name, student.slug, tuple(submissions), tuple(handed_in), student.members, read, unread
        )

    def handed_in(self, student: Student, policy: Policy, deadline: Deadline | None = None) -> HandedIn:
        """When the attempt of a student that counts came; of several the latest.

        Parameters
        ----------
        student
            One of `students`.
        policy, deadline
            As for `read`.
        """
        number = 1 if policy == "first" else len(student.times)
        return self._told(student, number, student.times[number - 1].attempt, deadline)

    def _told(self, student: Student, number: int, attempt: Attempt, deadline: Deadline | None) -> HandedIn:
        several = len(student.times) > 1
        late = deadline.seconds_late(attempt.when, student.people) if deadline else None
        return HandedIn(
            layout=self.layout.name,
            name=printable(student.owner.name),
            ids=[printable(each) for each in student.owner.ids],
            attempt=number if several else 0,
            attempts=len(student.times) if several else 0,
            when=attempt.when.isoformat() if attempt.when else "",
            late=bool(late) if late is not None else attempt.late,
            late_seconds=late,
        )

    def _insist_on_the_same(self) -> None:
        if isinstance(self.store, Archive) and self.store.changed():
            raise SubmissionError(
                f"{self.place} was written to while it was read: run the command again when it is whole. "
                "What was graded before that is not complete."
            )


@contextmanager
def opened(
    submissions: Path, wanted: Wanted, layout: str = "auto", inside: str = "", anyway: bool = False
) -> Iterator[Download]:
    """Recognise a download, and keep it open to be read.

    Parameters
    ----------
    submissions
        A folder, a zip or a tar archive of a class, as a platform hands it over or as people name files; or
        one student's file.
    wanted
        The homework.
    layout, inside, anyway
        See `autograder.submission.layouts.decide`.

    Raises
    ------
    SubmissionError
        When there is no such place, it cannot be read, it is empty, or it may be several layouts.
    """
    store, only = _open(submissions)
    try:
        yield recognised(store, submissions, wanted, layout, inside, only, anyway)
    finally:
        store.close()


def recognised(
    store: Folder | Archive,
    place: Path,
    wanted: Wanted,
    layout: str = "auto",
    inside: str = "",
    only: str = "",
    anyway: bool = False,
) -> Download:
    """What a folder or an archive at some place is; ``only`` names the one file in it that is meant.

    Parameters
    ----------
    store, place
        The opened folder or archive, and its path, for messages and names.
    wanted, layout, inside, anyway
        As for `opened`.
    only
        Its name at the top of the folder; empty where all files are meant.

    Raises
    ------
    SubmissionError
        As `opened` does.
    """
    try:
        whole = listing(store, wanted)
    except RefusedError as error:
        raise SubmissionError(f"{place}: {error} Check its rights.") from error
    if only:
        whole = replace(whole, files=tuple(file for file in whole.files if file.parts == (only,)))
    given = [] if only or inside else _as_handed_out(whole)
    whole = replace(whole, files=tuple(file for file in whole.files if file not in given))
    chosen = layouts.decide(whole, place, layout, inside, anyway)
    students, notes = by_owner(chosen.found.claims, chosen.listing)
    if not only and not isinstance(store, Folder):
        students = _named_after(place, students, chosen, wanted)
    notes = notes if only else (*notes, *_of_whoever(students, chosen, wanted))
    if not students and store.notes:
        raise SubmissionError(f"{place} holds no submission that can be read: {' '.join(store.notes[:3])}")
    if not students:
        raise SubmissionError(
            f"{place} holds no submission: put one <student>.py or <student>.ipynb a student "
            f"there, or one folder a student with {wanted.name}.py or {wanted.name}.ipynb in it."
        )
    listed = set(map(id, chosen.listing.files))
    beside = [(file, "It lies beside the class.") for file in whole.files if id(file) not in listed]
    beside += [(file, "It is the kit's, as it was handed out.") for file in given]
    aside = tuple((printable("/".join(file.parts)), why) for file, why in (*chosen.found.aside, *beside))
    told = (*store.notes, *map(printable, chosen.found.notes), *notes)
    return Download(place, chosen.layout, wanted, students, aside, told, store)


def _named_after(
    place: Path, students: tuple[Student, ...], chosen: Recognised, wanted: Wanted
) -> tuple[Student, ...]:
    """One student's archive, in which the homework alone has a name: it is called like the archive."""
    if chosen.layout is not layouts.plain.LAYOUT or len(students) != 1:
        return students
    student = students[0]
    name = layouts.plain.stem_of(place.name)
    if stem(student.owner.key) != wanted.folded or chosen.listing.is_around(name):
        return students
    return (replace(student, owner=Owner(name, name, (name,)), slug=slugs_of([name])[name]),)


def _of_whoever(students: tuple[Student, ...], chosen: Recognised, wanted: Wanted) -> Iterator[str]:
    """That a file beside others is called like the homework, and not like a student."""
    if chosen.layout is not layouts.plain.LAYOUT or len(students) == 1:
        return
    for student in students:
        file = student.times[0].files[0].file
        if stem(student.owner.key) == wanted.folded and student.times[0].files[0].given_name:
            yield (
                f"{printable(file.parts[-1])} is called like the homework, and nothing tells whose it is. "
                "If all of it is one student's, put it into a folder of the student's name."
            )


def _as_handed_out(whole: Listing) -> list[File]:
    """Files of the homework's name beside the class, of which nobody changed a function."""
    wanted = whole.wanted
    given = []
    for file in whole.files:
        if len(file.parts) > 1 or file.kind != "file" or stem(file.parts[0]) != wanted.folded:
            continue
        try:
            functions = functions_in(read(file.read(), file.parts[0], ""), wanted)
        except RefusedError:
            continue
        if functions and functions.keys() == wanted.functions and wanted.released >= set(functions.values()):
            given.append(file)
    return (
        given if any(file not in given and not whole.is_company(file.parts) for file in whole.files) else []
    )


def collect(
    submissions: Path,
    homework: str | Wanted,
    data: Collection[str] = (),
    layout: str = "auto",
    policy: Policy | None = None,
) -> list[Candidates]:
    """Find and read what every student handed in, all at once; `opened` reads one after another.

    Parameters
    ----------
    submissions, layout
        See `opened`.
    homework
        The homework, or its name alone.
    data
        Files that the homework hands out beside the notebook, where only its name is given.
    policy
        Which attempt counts.

    Raises
    ------
    SubmissionError
        As `opened` does.
    """
    wanted = homework if isinstance(homework, Wanted) else named(homework, data)
    with opened(submissions, wanted, layout) as download:
        for note in download.notes:  # of the download, and nobody's fault in particular
            _LOG.warning("%s: %s", submissions, note)
        return list(download.read(policy))


def collect_one(folder: Path, homework: str | Wanted, data: Collection[str] = ()) -> Candidates:
    """Find and read what one student handed in, whose name the folder above `folder` has.

    That is how nbgrader stores submissions: ``submitted/<student>/<homework>``.

    Parameters
    ----------
    folder
        Where the files lie; one that is missing or cannot be read is told as the submission's problem.
    homework, data
        As for `collect`.

    Raises
    ------
    SubmissionError
        When the folder above it is not there, or cannot be opened.
    """
    wanted = homework if isinstance(homework, Wanted) else named(homework, data)
    student = folder.parent.name
    name = printable(student)
    store, _ = _open(folder.parent)
    try:
        tree = store.walk((folder.name,)) if isinstance(store, Folder) else opening.Tree((), ())
        files = [Handed(file, file.parts[1:]) for file in tree.files]
        hand_in = read_hand_in(name, files, wanted, printable(folder.name), map(printable, tree.notes))
    except RefusedError as refusal:
        hand_in = HandIn((Submission(name, (), printable(folder.name), (), str(refusal)),))
    finally:
        store.close()
    return Candidates(name, slugs_of([student])[student], hand_in.submissions)


def _open(submissions: Path) -> tuple[Folder | Archive, str]:
    """The place that holds the submissions, and the name of the one file in it that is meant, if one is."""
    if not opening.can_open_safely():
        raise SubmissionError(
            "Files of strangers cannot be opened safely on this system: use Linux, WSL or macOS."
        )
    try:
        if (opener := _opener(submissions)) is not None:
            return _opened_with(opener, submissions), ""
        if submissions.is_file():
            return _beside(submissions), submissions.name
        return Folder(submissions), ""
    except RefusedError as refusal:
        raise SubmissionError(f"{submissions}: {refusal}") from None
    except FileNotFoundError as error:
        raise AskedError(
            f"There is no folder {submissions}: name the folder or zip that holds the submissions."
        ) from error
    except NotADirectoryError as error:
        raise AskedError(
            f"{submissions} is not a folder: name the folder or zip that the submissions are in."
        ) from error
    except OSError as error:
        raise SubmissionError(
            f"{submissions} cannot be opened ({error.strerror}): check its rights."
        ) from error


def _opener(submissions: Path) -> Callable[[BinaryIO], Archive] | None:
    """What opens a class's archive, by its name."""
    name = submissions.name.lower()
    if not submissions.is_file():
        return None
    if name.endswith(".zip"):
        return zips.opened
    return tarball.opened if name.endswith(tarball.SUFFIXES) else None


def _opened_with(opener: Callable[[BinaryIO], Archive], path: Path) -> Archive:
    file = path.open("rb")
    try:
        return opener(file)
    except BaseException:
        file.close()
        raise


def _beside(file: Path) -> Folder:
    """The folder of one student's file."""
    if not file.name.lower().endswith((".py", ".ipynb")):
        raise AskedError(
            f"{file} is not a folder, and no .py or .ipynb file either: name the folder or zip that holds "
            "the submissions, or one student's file."
        )
    return Folder(file.parent)
